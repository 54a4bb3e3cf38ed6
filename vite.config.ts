import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { withBootScript } from './workers/build/boot-script.ts';
import { dumpOrigins, withDumpOrigins } from './workers/build/dump-origins.ts';
import { licencesPlugin } from './workers/build/licences.ts';
import { wasmPlugin } from './workers/build/wasm-build.ts';

/** The development server injects inline scripts and styles, which the page's own policy forbids. */
const withoutPolicyInDevelopment: Plugin = {
  name: 'without-policy-in-development',
  apply: 'serve',
  transformIndexHtml: html => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

const licences = licencesPlugin();

// A relative base lets the build be served under any path of any static host.
export default defineConfig({
  base: './',
  plugins: [react(), withBootScript, withDumpOrigins, withoutPolicyInDevelopment, wasmPlugin, licences.page],
  define: { 'import.meta.env.HEAPSCAPE_DUMP_ORIGINS': JSON.stringify(dumpOrigins().join(' ')) },
  build: {
    target: 'es2023',
    sourcemap: true,
    // Plugin timings are of no use to someone who only starts the program.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  worker: { format: 'es', plugins: licences.worker },
});
