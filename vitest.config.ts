import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { wasmPlugin } from './workers/build/wasm-build.ts';

export default defineConfig({
  plugins: [react(), wasmPlugin],
  test: {
    include: ['workers/**/*.test.ts', 'src/**/*.test.{ts,tsx}', 'e2e/bench/**/*.test.ts'],
    // Only a test that hangs takes so long, even on a small machine that does something else at the same time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // No module has mutable state, so test files of one process can share the modules that are loaded and compiled.
    isolate: false,
    maxWorkers: '100%',
  },
});
