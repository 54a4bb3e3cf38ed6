import { fileURLToPath } from 'node:url';
import type { InlineConfig, LogLevel } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the command as `heapscape.js`: a single file for Node that contains everything except Node's own modules. */
export function commandBuild(outDir: string, logLevel: LogLevel): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel,
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'workers/heapscape.ts',
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: true,
      rollupOptions: { output: { codeSplitting: false } },
    },
  };
}
