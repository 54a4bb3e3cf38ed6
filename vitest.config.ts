import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { scannerPlugin } from './e2e/tools/scanner-build.ts';

export default defineConfig({
  plugins: [react(), scannerPlugin],
  test: {
    include: ['workers/**/*.test.ts', 'src/**/*.test.{ts,tsx}', 'e2e/{tools,bench}/**/*.test.ts'],
    // Reading a whole dump twice, once the slow way, takes a while on a small machine.
    testTimeout: 60_000,
  },
});
