/**
 * Regenerates the dumps of e2e/fixtures: `npm run fixtures [-- NAME…]`.
 *
 * Ruby scripts, mostly fixtures/every-kind.rb, run in this machine's Ruby (for the versions marked native) and in CRuby
 * built for WebAssembly, from npm. Those builds are large, so they are not dependencies: they are installed in an exact
 * version into a temporary folder. Addresses and the counts of Ruby's own objects differ from run to run; the objects
 * that the scripts create do not.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OUT = fileURLToPath(new URL('../../e2e/fixtures/', import.meta.url));
const WASM_PACKAGES = '2.10.1';
const LARGEST_FILE_BYTES = 600 * 1024;

interface Run {
  /** `native`, or the version in the name of the package with the WebAssembly build. */
  ruby: string;
  version: string;
  /** Default: `every-kind.rb`. */
  script?: string;
  options: string[];
  /** File that the script writes → name of the fixture. */
  files: Record<string, string>;
}

const RUNS: Run[] = [
  {
    ruby: 'native',
    version: '3.1',
    options: ['since', 'full'],
    files: { heap: 'ruby-3.1', since: 'ruby-3.1-since', full: 'ruby-3.1-full' },
  },
  { ruby: 'native', version: '3.1', options: ['untraced'], files: { heap: 'ruby-3.1-untraced' } },
  {
    ruby: 'native',
    version: '3.1',
    script: 'ractors.rb',
    options: [],
    files: { heap: 'ruby-3.1-ractors' },
  },
  { ruby: '3.2', version: '3.2', options: [], files: { heap: 'ruby-3.2-wasm' } },
  { ruby: '3.3', version: '3.3', options: [], files: { heap: 'ruby-3.3-wasm' } },
  {
    ruby: '3.4',
    version: '3.4',
    options: ['since', 'full'],
    files: { heap: 'ruby-3.4-wasm', since: 'ruby-3.4-wasm-since', full: 'ruby-3.4-wasm-full' },
  },
  { ruby: '4.0', version: '4.0', options: [], files: { heap: 'ruby-4.0-wasm' } },
  { ruby: 'head', version: '4.1', options: [], files: { heap: 'ruby-4.1-wasm' } },
];

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'zoo-'));
try {
  for (const run of RUNS) {
    if (wanted.length > 0 && !Object.values(run.files).some(name => wanted.includes(name))) continue;
    const script = run.script ?? 'every-kind.rb';
    const out = join(folder, [run.ruby, script, ...run.options].join('-'));
    mkdirSync(out);
    copyFileSync(join(HERE, 'fixtures', script), join(folder, script));
    if (run.ruby === 'native') runNative(run, script, out);
    else runWasm(run, script, out);
    for (const [file, name] of Object.entries(run.files)) keep(join(out, `${file}.json`), name);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runNative({ version, options }: Run, script: string, out: string): void {
  const found = spawnSync('ruby', ['-e', 'print RUBY_VERSION'], { encoding: 'utf8' }).stdout ?? '';
  if (!found.startsWith(version)) {
    throw new Error(`these fixtures need Ruby ${version}, the one on the PATH is ${found || 'missing'}`);
  }
  command('ruby', ['--disable-gems', script, out, ...options]);
}

function runWasm({ ruby, options }: Run, script: string, out: string): void {
  const packages = ['@ruby/wasm-wasi', `@ruby/${ruby}-wasm-wasi`].map(name => `${name}@${WASM_PACKAGES}`);
  command('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, ...packages]);
  copyFileSync(join(HERE, 'fixtures/run-wasm-ruby.mjs'), join(folder, 'run-wasm-ruby.mjs'));
  command(process.execPath, ['--no-warnings', 'run-wasm-ruby.mjs', ruby, script, out, ...options]);
}

function command(program: string, args: string[]): void {
  const { status, error } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`);
}

/** Replaces the name of the temporary folder with one of the same length, so that all sizes stay true. */
function keep(file: string, name: string): void {
  const neutral = `/srv/zoo${'-'.repeat(Math.max(0, folder.length - '/srv/zoo'.length))}`.slice(
    0,
    folder.length,
  );
  const text = readFileSync(file, 'latin1').replaceAll(folder, neutral);
  const packed = gzipSync(Buffer.from(text, 'latin1'), { level: 9 });
  if (packed.length > LARGEST_FILE_BYTES)
    throw new Error(`${name} has ${packed.length} bytes: too large for a fixture`);
  writeFileSync(join(OUT, `${name}.json.gz`), packed);
  process.stdout.write(`${name}.json.gz: ${text.split('\n').length - 1} lines, ${packed.length} bytes\n`);
}
