import { configDefaults, defineConfig } from 'vitest/config'

process.env.RONGJIAN_TEST_POSTGRES = '15'

/**
 * What rests on the database, once more on the oldest PostgreSQL that a server of one's own may be: every statement that the other
 * tests sent is understood, the ledger holds, and the modules that all others rest on do their work.
 */
export default defineConfig({
  test: {
    include: ['src/**/*.oldest.ts', 'src/**/*.test.ts', 'src/ledger/{sequencer,verify,epoch,reading,facts}.pure.test.ts'],
    // These say nothing about the database, or only repeat at length what the others ask of it.
    exclude: [
      ...configDefaults.exclude,
      'src/**/!(sequencer|verify|epoch|reading|facts).pure.test.ts',
      'src/*.test.ts',
      'src/{attacks,demo,testing}/**/*.test.ts',
      'src/kernel/{once,everyDay}.test.ts',
      'src/modules/!(organisation|members|meetings|duties|evaluation|search)/**',
    ],
    globalSetup: './src/testing/template.ts',
    setupFiles: './src/testing/seed.ts',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
