import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A WebAssembly module written in AssemblyScript. Paths are relative to the project. */
interface WasmModule {
  /** The folder of its sources, with the entry `index.ts`. */
  folder: string;
  /** Other files that it is compiled from. */
  shared: readonly string[];
  /** The TypeScript module that contains the code, and the name of its constant. */
  output: string;
  constant: string;
  /** Initial memory, in pages of 64 KiB. */
  initialPages: number;
}

const MODULES: readonly WasmModule[] = [
  {
    folder: 'workers/importers/ruby/wasm/',
    shared: ['workers/importers/ruby/record-codes.ts', 'workers/model/object-flags.ts'],
    output: 'workers/importers/ruby/scanner-code.generated.ts',
    constant: 'SCANNER_CODE',
    // Most dumps never need to grow it.
    initialPages: 80,
  },
  {
    folder: 'workers/importers/ruby/redaction/wasm/',
    shared: [
      'workers/importers/ruby/redaction/redaction-codes.ts',
      'workers/importers/ruby/record-codes.ts',
      ...['memory', 'text', 'words'].map(name => `workers/importers/ruby/wasm/${name}.ts`),
    ],
    output: 'workers/importers/ruby/redaction/redactor-code.generated.ts',
    constant: 'REDACTOR_CODE',
    // Tables, output and window.
    initialPages: 36,
  },
  {
    folder: 'workers/importers/ruby/values/wasm/',
    shared: ['literals', 'text'].map(name => `workers/importers/ruby/wasm/${name}.ts`),
    output: 'workers/importers/ruby/values/finder-code.generated.ts',
    constant: 'FINDER_CODE',
    // It grows to the size of the pieces.
    initialPages: 1,
  },
  {
    folder: 'workers/files/gzip/wasm/',
    shared: ['workers/files/gzip/inflate-codes.ts'],
    output: 'workers/files/gzip/inflater-code.generated.ts',
    constant: 'INFLATER_CODE',
    initialPages: 1,
  },
  {
    folder: 'workers/files/zstd/wasm/',
    shared: [],
    output: 'workers/files/zstd/checksum-code.generated.ts',
    constant: 'CHECKSUM_CODE',
    initialPages: 2,
  },
];

const OPTIONS = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--use',
  'abort=',
];

/**
 * Compiles the modules, unless their sources have not changed. The code is stored as base64 in TypeScript modules,
 * which the page's bundle, Node and the tests can all import; git ignores these. Throws with the compiler's messages.
 */
export async function buildWasm(): Promise<void> {
  for (const module of MODULES) await buildModule(module);
}

async function buildModule({ folder, shared, output, constant, initialPages }: WasmModule): Promise<void> {
  const options = [...OPTIONS, '--initialMemory', String(initialPages)];
  const sources = readdirSync(`${ROOT}${folder}`)
    .sort()
    .map(name => `${folder}${name}`);
  const stamp = `// Made by npm run wasm from ${hashOf(options, [...sources, ...shared, 'package-lock.json'])}`;
  const path = `${ROOT}${output}`;
  if (existsSync(path) && readFileSync(path, 'utf8').startsWith(stamp)) return;
  const asc = await import('assemblyscript/asc');
  let code: Uint8Array | null = null;
  const { error, stderr } = await asc.main([`${folder}index.ts`, ...options, '--outFile', 'module.wasm'], {
    readFile: (name, base) => readIfThere(`${base}/${name}`),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) code = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || code === null) throw new Error(`${folder} does not compile:\n${stderr.toString()}`);
  const text = Buffer.from(code).toString('base64');
  writeFileSync(path, `${stamp}\nexport const ${constant} =\n  '${text}';\n`);
}

/** Compiles the modules before a page or test is built that needs them. */
export const wasmPlugin: Plugin = { name: 'wasm', buildStart: buildWasm };

function hashOf(options: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256').update(options.join(' '));
  for (const file of files) hash.update(readFileSync(`${ROOT}${file}`));
  return hash.digest('hex').slice(0, 16);
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
