import { defineConfig } from 'vitest/config'

/** The pure tests need nothing; the platform tests share one embedded PostgreSQL that the global setup starts and migrates once. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: './src/testing/seed.ts',
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
