import { defineConfig } from 'vitest/config'

/** The journeys of people through a real browser, two files at a time. */
export default defineConfig({
  test: {
    include: ['src/**/*.browser.ts'],
    globalSetup: ['./src/testing/browser/built.ts', './src/testing/template.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
