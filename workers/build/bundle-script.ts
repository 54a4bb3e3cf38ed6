import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a small program as one plain script, without imports and exports. `entry` is relative to the project;
 * `define` are constants, as JSON. `target`: the oldest language version that has to run it.
 */
export async function bundleScript(
  entry: string,
  { define = {}, target = 'es2022' }: { define?: Record<string, string>; target?: string } = {},
): Promise<string> {
  const made = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: {
      write: false,
      target,
      minify: true,
      lib: { entry, formats: ['iife'], name: 'unused' },
    },
  });
  const [bundle] = Array.isArray(made) ? made : [made];
  if (bundle === undefined || !('output' in bundle)) throw new Error(`${entry} was not built`);
  return bundle.output[0].code.trim();
}
