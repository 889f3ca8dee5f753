import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Half a minute and more each: begun last they would run alone at the end. */
const LONG = /\/(stories|commands\.pure|crash\.pure|once|fuzz|fixtures\.pure|postgres\.pure|backup\.pure|versions)\.test\.ts$/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter((f) => LONG.test(f.moduleId)), ...sorted.filter((f) => !LONG.test(f.moduleId))]
  }
}

/** The pure tests need nothing; the platform tests share one embedded PostgreSQL that the global setup starts and migrates once. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // A worker loads the platform once for all its files; what a test sets up it takes down.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: './src/testing/seed.ts',
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'boundaries', include: ['src/boundaries.test.ts'] } },
      { extends: true, test: { name: 'pure', include: ['src/**/*.pure.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['src/**/*.test.ts'],
          exclude: ['src/boundaries.test.ts', 'src/**/*.pure.test.ts'],
          globalSetup: './src/testing/template.ts',
        },
      },
    ],
  },
})
