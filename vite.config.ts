import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the page into dist/page, with a manifest from which the size of each first load is measured. */
export default defineConfig(({ command }) => {
  // A build begun from a test would otherwise carry React's development half.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: 'src/web',
    base: '/',
    plugins: [react()],
    build: {
      outDir: '../../dist/page',
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
      chunkSizeWarningLimit: 1500,
      assetsInlineLimit: 0,
    },
  }
})
