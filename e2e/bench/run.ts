/**
 * `npm run bench -- [variants or files …]`: measures the engine in a real Chromium, together with its lower bounds, and
 * prints every target with its figure. See README.md. The exit status reports failures, not missed targets.
 */
import { closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServers } from './bench-tab.ts';
import { generated } from './generate.ts';
import { VARIANTS } from './heaps/variants.ts';
import { machineFacts } from './machine.ts';
import { measureFile, type Peer } from './measure-file.ts';
import type { MeasuredFile } from './measured-file.ts';
import type { BenchResults } from './results.ts';
import { machineText, markdown, plainTable, resultTables } from './tables.ts';

const DEFAULT_VARIANTS = ['1m', '5m', 'poor'];
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
const USAGE = `usage: npm run bench -- [VARIANT or FILE …] [options]
  --runs N                      rounds a file, each in fresh browsers (5)
  --peer "NAME=COMMAND {file}"  a program to compare with; may be given several times
  --json FILE                   where the figures go (e2e/bench/results/DATE.json)
  --markdown                    print the table of the README as well
  --generate                    write the dumps and measure nothing
  --list                        the variants there are
Without names: ${DEFAULT_VARIANTS.join(', ')}.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      peer: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      generate: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  });
  if (values.list) {
    for (const { name, description } of VARIANTS) process.stdout.write(`${name.padEnd(18)} ${description}\n`);
    return 0;
  }
  const runs = Number(values.runs);
  const peers = values.peer.map(peerOf);
  if (!Number.isInteger(runs) || runs < 1 || peers.includes(null)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const log = (text: string) => process.stderr.write(`${text}\n`);
  const names = positionals.length === 0 ? DEFAULT_VARIANTS : positionals;
  const files = names.map(name => fileOf(name, log));
  if (values.generate) return 0;

  const results: BenchResults = { machine: await machineFacts(), runs, files: [] };
  const servers = await startServers();
  const json = values.json ?? join(RESULTS, `${results.machine.date.replaceAll(':', '.')}.json`);
  mkdirSync(dirname(resolve(json)), { recursive: true });
  try {
    for (const file of files) {
      const options = { runs, peers: peers.filter(peer => peer !== null), log };
      results.files.push(await measureFile(file, servers, options));
      writeFileSync(json, `${JSON.stringify(results, null, 1)}\n`); // Saved after each file, so that a later failure loses nothing.
    }
  } finally {
    servers.close();
  }
  process.stdout.write(`\n${machineText(results.machine)}\ncommit ${results.machine.commit}, ${runs} runs\n`);
  for (const { title, table } of resultTables(results)) {
    process.stdout.write(`\n${title}\n${plainTable(table)}\n`);
  }
  if (values.markdown) process.stdout.write(`\n${markdown(results)}`);
  log(`\nfigures: ${json}`);
  return 0;
}

/** `NAME=COMMAND {file}`; null for other text. */
function peerOf(text: string): Peer | null {
  const at = text.indexOf('=');
  return at > 0 && text.includes('{file}') ? { name: text.slice(0, at), command: text.slice(at + 1) } : null;
}

/** A variant by its name, generated if needed; otherwise a file. */
function fileOf(name: string, log: (text: string) => void): MeasuredFile {
  const variant = VARIANTS.find(one => one.name === name);
  if (variant === undefined) {
    const path = resolve(name);
    const description = basename(path);
    return { name: description, description, path, fileBytes: statSync(path).size, compressed: isGzip(path) };
  }
  log(`${name}: writing, unless it is there`);
  const { path, fileBytes } = generated(variant);
  return { name, description: variant.description, path, fileBytes, compressed: false };
}

function isGzip(path: string): boolean {
  const head = Buffer.alloc(2);
  const file = openSync(path, 'r');
  readSync(file, head, 0, 2, 0);
  closeSync(file);
  return head[0] === 0x1f && head[1] === 0x8b;
}

process.exitCode = await main();
