import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A relative base lets the build be served under any path of any static host.
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { target: 'es2023', sourcemap: true },
  worker: { format: 'es' },
});
