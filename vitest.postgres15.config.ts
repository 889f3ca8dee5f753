import { configDefaults, defineConfig } from 'vitest/config'

process.env.RONGJIAN_TEST_POSTGRES = '15'

/** What speaks to the database, once more on the oldest PostgreSQL that a server of one's own may be. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/ledger/{sequencer,verify,epoch,reading,facts}.pure.test.ts'],
    // These say nothing about the database, or only repeat at length what the others ask of it.
    exclude: [
      ...configDefaults.exclude,
      'src/**/!(sequencer|verify|epoch|reading|facts).pure.test.ts',
      'src/{boundaries,fuzz,matrix,crossSite}.test.ts',
      'src/demo/**',
    ],
    globalSetup: './src/testing/template.ts',
    setupFiles: './src/testing/seed.ts',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
