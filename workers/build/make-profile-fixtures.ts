/**
 * Regenerates the files in e2e/fixtures/formats that tools of a Debian system write: `npm run fixtures:profiles`. Needs
 * gcc, valgrind, heaptrack, zstd and ruby 3.1. A C program with known call sites runs in every tool of valgrind and in
 * heaptrack, and a script writes what Ruby itself reports. The totals that the tools print are stored in
 * native-totals.json, with which the tests compare.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const HERE = fileURLToPath(new URL('./fixtures/', import.meta.url));
const OUT = fileURLToPath(new URL('../../e2e/fixtures/formats/', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
mkdirSync(OUT, { recursive: true });
try {
  copyFileSync(join(HERE, 'leaky.c'), join(folder, 'leaky.c'));
  run('gcc', ['-g', '-O0', '-o', 'leaky', 'leaky.c']);
  const totals = { ...fromValgrind(), ...fromHeaptrack() };
  writeFileSync(join(OUT, 'native-totals.json'), `${JSON.stringify(totals, null, 2)}\n`);
  const ruby = join(folder, 'ruby');
  mkdirSync(ruby);
  run('ruby', ['--disable-gems', join(HERE, 'report-everything.rb'), ruby]);
  for (const file of readdirSync(ruby)) keep(readFileSync(join(ruby, file)), file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fromValgrind() {
  run('valgrind', ['--tool=massif', '--max-snapshots=20', '--massif-out-file=massif.out', './leaky']);
  keep(readFileSync(join(folder, 'massif.out')), 'massif.out');
  const leaks = ['--leak-check=full', '--show-leak-kinds=all'];
  const log = run('valgrind', [...leaks, './leaky']).stderr;
  keep(Buffer.from(log), 'memcheck.log');
  run('valgrind', [...leaks, '--xml=yes', '--xml-file=memcheck.xml', './leaky']);
  keep(readFileSync(join(folder, 'memcheck.xml')), 'memcheck.xml');
  run('valgrind', ['--xtree-memory=full', '--xtree-memory-file=xtree.kcg', './leaky']);
  keep(readFileSync(join(folder, 'xtree.kcg')), 'xtree.kcg');
  run('valgrind', [...leaks, '--xtree-leak=yes', '--xtree-leak-file=xtree-leak.kcg', './leaky']);
  keep(readFileSync(join(folder, 'xtree-leak.kcg')), 'xtree-leak.kcg');
  const dhat = run('valgrind', ['--tool=dhat', '--dhat-out-file=dhat.out', './leaky']).stderr;
  keep(readFileSync(join(folder, 'dhat.out')), 'dhat.out');
  return {
    dhat: {
      allocatedBytes: printed(dhat, /Total: +([\d,]+) bytes/),
      peakBytes: printed(dhat, /At t-gmax: +([\d,]+) bytes/),
      endBytes: printed(dhat, /At t-end: +([\d,]+) bytes/),
    },
    memcheck: {
      endBytes: printed(log, /in use at exit: ([\d,]+) bytes/),
      allocatedBytes: printed(log, /frees, ([\d,]+) bytes allocated/),
      definiteBytes: printed(log, /definitely lost: ([\d,]+) bytes/),
      indirectBytes: printed(log, /indirectly lost: ([\d,]+) bytes/),
      possibleBytes: printed(log, /possibly lost: ([\d,]+) bytes/),
      reachableBytes: printed(log, /still reachable: ([\d,]+) bytes/),
    },
  };
}

function fromHeaptrack() {
  run('heaptrack', ['-o', 'leaky', './leaky']);
  const packed = readdirSync(folder).find(file => /^leaky\.(zst|gz)$/.test(file))!;
  const text = packed.endsWith('.zst')
    ? run('zstd', ['-dc', packed]).stdout
    : run('gzip', ['-dc', packed]).stdout;
  keep(gzipSync(Buffer.from(neutral(text)), { level: 9 }), 'heaptrack.gz');
  // The same text compressed as heaptrack does it, for the tests of zstd.
  const input = neutral(text);
  const repacked = spawnSync('zstd', ['-q', '-19', '-c'], { cwd: folder, input });
  writeFileSync(join(OUT, '../heaptrack.zst'), repacked.stdout);
  const summary = run('heaptrack_print', [packed]).stdout;
  return {
    heaptrack: {
      allocations: printed(summary, /calls to allocation functions: (\d+)/),
      peakKilobytes: printed(summary, /peak heap memory consumption: ([\d.]+)K/),
      leakedKilobytes: printed(summary, /total memory leaked: ([\d.]+)K/),
    },
  };
}

function printed(text: string, pattern: RegExp): number {
  const match = pattern.exec(text);
  if (match === null) throw new Error(`no ${pattern} in:\n${text}`);
  return Number(match[1]!.replaceAll(',', ''));
}

function run(program: string, args: string[]): { stdout: string; stderr: string } {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return { stdout, stderr };
}

function neutral(text: string): string {
  const name = `/srv/f${'-'.repeat(folder.length)}`.slice(0, folder.length);
  return text.replaceAll(folder, name);
}

/** Replaces the name of the temporary folder with one of the same length, in text files. */
function keep(content: Buffer, name: string): void {
  const text = content[0] !== 0x1f ? Buffer.from(neutral(content.toString('latin1')), 'latin1') : content;
  writeFileSync(join(OUT, name), text);
  process.stdout.write(`${name}: ${text.length} bytes\n`);
}
