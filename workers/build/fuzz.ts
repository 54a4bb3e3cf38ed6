import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FuzzSummary } from '../testing/fuzz/summary.ts';
import type { FuzzMessage } from './fuzz-rounds.ts';

/** A round takes a few milliseconds. One that takes this long counts as hanging. */
const HANGS_MS = 60_000;
const PRINT_MS = 30_000;
const USAGE = 'usage: npm run fuzz -- [--minutes N] [--rounds N] [--seed N] [--save FOLDER]\n';

/**
 * `npm run fuzz`: reads mutated dumps and other fuzzed inputs, for as long as requested. The rounds run in a child
 * process, so a round that hangs or crashes it is reported like any other failure, and the next one continues.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      save: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? Number.POSITIVE_INFINITY);
  const minutes = Number(values.minutes ?? (values.rounds === undefined ? 5 : Number.POSITIVE_INFINITY));
  // Without a seed, every run is different.
  const first = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!(rounds > 0 && minutes > 0 && first >= 0)) {
    process.stderr.write(USAGE);
    return 2;
  }
  process.stdout.write(`from seed ${first} on\n`);
  const summary = new FuzzSummary(text => process.stdout.write(`${text}\n`));
  const endMs = performance.now() + minutes * 60_000;
  let seed = first;
  while (seed < first + rounds && performance.now() < endMs) {
    seed = await runRounds(seed, first + rounds, endMs, summary, values.save ?? null);
  }
  summary.print(seed - first);
  return summary.failures === 0 ? 0 : 1;
}

/** Runs rounds in a child process until it ends or is killed. Returns the seed to continue with. */
function runRounds(
  from: number,
  end: number,
  endMs: number,
  summary: FuzzSummary,
  folder: string | null,
): Promise<number> {
  const script = fileURLToPath(new URL('./fuzz-rounds.ts', import.meta.url));
  const child = fork(script, [String(from), String(end), String(Math.max(0, endMs - performance.now()))]);
  let seed = from;
  let target = 'start';
  let printedMs = performance.now();
  let lastMessageMs = printedMs;
  const watch = setInterval(() => {
    if (performance.now() - lastMessageMs > HANGS_MS) child.kill('SIGKILL');
  }, 1000);
  child.on('message', (message: FuzzMessage) => {
    lastMessageMs = performance.now();
    if (message.kind === 'round') ({ seed, target } = message);
    else if (message.kind === 'failed') {
      summary.failed(message);
      if (folder !== null && message.input !== null) save(folder, message, message.input);
    }
    if (lastMessageMs - printedMs < PRINT_MS) return;
    printedMs = lastMessageMs;
    process.stdout.write(`${seed - from} rounds, ${summary.failures} failures\n`);
  });
  return ended(child).then(how => {
    clearInterval(watch);
    if (how === null) return seed + 1;
    const text = `seed ${seed}, ${target}: the process ended (${how})`;
    summary.failed({ seed, target, failures: [{ check: 'process', message: how }], text });
    return seed + 1;
  });
}

/** How a process ended, or null if it succeeded. */
function ended(child: ChildProcess): Promise<string | null> {
  return new Promise(resolve => {
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === 'SIGKILL' ? `no answer for ${HANGS_MS / 1000} s` : `status ${code ?? signal}`);
    });
  });
}

function save(folder: string, { seed, target }: { seed: number; target: string }, base64: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${target.replaceAll(' ', '-')}-${seed}`);
  writeFileSync(file, Buffer.from(base64, 'base64'));
  process.stdout.write(`  kept as ${file}\n`);
}

process.exitCode = await main();
