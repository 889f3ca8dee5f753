import { defineConfig } from 'vitest/config'

/** The journeys of people through a real browser, one file at a time. */
export default defineConfig({
  test: {
    include: ['src/**/*.browser.ts'],
    globalSetup: './src/testing/template.ts',
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
