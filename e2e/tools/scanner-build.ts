import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const IMPORTER = `${ROOT}workers/importers/ruby/`;
const ENTRY = 'workers/importers/ruby/wasm/index.ts';
const OUTPUT = `${IMPORTER}scanner-code.generated.ts`;
/** What the scanner is made from, besides its own folder. */
const SHARED = [
  `${IMPORTER}record-codes.ts`,
  `${ROOT}workers/model/object-flags.ts`,
  `${ROOT}package-lock.json`,
];
/** Memory that is there from the start, in pages of 64 KiB: most dumps never need to grow it. */
const INITIAL_PAGES = 80;
const OPTIONS = [
  ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
  ...['--initialMemory', String(INITIAL_PAGES)],
];

/**
 * Compiles the scanner unless that was done from the same sources before. It is kept as base64 in a TypeScript
 * module, which the page's bundle, Node and the tests all can import; git ignores it. Throws with the compiler's
 * messages.
 */
export async function buildScanner(): Promise<void> {
  const stamp = `// Made by npm run scanner from ${sourceHash()}`;
  if (existsSync(OUTPUT) && readFileSync(OUTPUT, 'utf8').startsWith(stamp)) return;
  const asc = await import('assemblyscript/asc');
  let code: Uint8Array | null = null;
  const { error, stderr } = await asc.main([ENTRY, ...OPTIONS, '--outFile', 'scanner.wasm'], {
    readFile: (name, folder) => readIfThere(`${folder}/${name}`),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) code = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || code === null) throw new Error(`the scanner does not compile:\n${stderr.toString()}`);
  const text = Buffer.from(code).toString('base64');
  writeFileSync(OUTPUT, `${stamp}\nexport const SCANNER_CODE =\n  '${text}';\n`);
}

/** Has the scanner compiled before a page or a test that needs it. */
export const scannerPlugin: Plugin = { name: 'scanner', buildStart: buildScanner };

function sourceHash(): string {
  const folder = `${IMPORTER}wasm/`;
  const files = readdirSync(folder)
    .sort()
    .map(name => `${folder}${name}`);
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  for (const file of [...files, ...SHARED]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
