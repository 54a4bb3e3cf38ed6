import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { dominatorText } from '../analysis/report.ts';
import { openFile } from '../files/node-byte-source.ts';
import { IMPORTERS } from '../importers/registry.ts';
import { retainedBytesOf } from '../indexes/retention.ts';
import { loadSnapshot } from '../loading/load.ts';
import { scanHere } from '../loading/scan.ts';
import { shallowBytesOf } from '../model/heap-snapshot.ts';
import type { Report } from '../protocol/report.ts';
import { HeapSession } from '../service/heap-session.ts';
import { OpenSnapshot } from '../service/open-snapshot.ts';
import { Questions } from '../service/questions.ts';

/**
 * `npm run reference -- FOLDER`: compares every dump in FOLDER with the reference numbers in FOLDER/oracles, and prints
 * every difference. If damaged records were rescued, there may rightly be more objects than in the reference; such
 * differences are printed too, with the number of rescued records. Exit status 1 if a dump without rescued records
 * differs.
 */

interface Oracle {
  objects: number;
  bytes: number;
  roots: Record<string, number>;
  malformed: number;
  dangling: number;
  noneSlots: number;
  reachable: number;
  unreachable: { objects: number; bytes: number };
  byType: Record<string, { count: number; bytes: number }>;
  byClass: Record<string, { count: number; bytes: number }>;
  byGeneration: Record<string, { count: number; bytes: number }>;
  duplicateStrings: { groups: number; count: number; bytes: number };
  topRetained: { address: string; label: string; shallow: number; retained: number; idom: string }[];
}

/** Names in the reference → Heapscape's name of the same pseudo-root. */
const PSEUDO_ROOTS: Readonly<Record<string, string>> = { '(no roots)': 'outside this dump' };

async function main(): Promise<number> {
  const folder = process.argv[2];
  if (folder === undefined || !existsSync(join(folder, 'oracles'))) {
    process.stderr.write(
      'usage: npm run reference -- FOLDER   (a folder of dumps with a folder "oracles")\n',
    );
    return 2;
  }
  let unexplained = 0;
  for (const path of oracleFiles(join(folder, 'oracles'))) {
    const name = relative(join(folder, 'oracles'), path).replace(/\.json$/, '');
    const referencesOnly = name.endsWith('.references-only');
    const dump = join(folder, `${name.replace(/\.references-only$/, '')}.json.gz`);
    if (!existsSync(dump)) continue;
    const oracle = JSON.parse(readFileSync(path, 'utf8')) as Oracle;
    const { report, rescued } = await reportOf(dump, referencesOnly);
    const differences = compare(report, oracle);
    const objects = path.replace(/\.json$/, '.tsv.gz');
    if (existsSync(objects)) differences.push(...(await compareObjects(dump, objects, referencesOnly)));
    const verdict = differences.length === 0 ? 'equal' : `${differences.length} differences`;
    process.stdout.write(
      `${name}: ${verdict}${rescued > 0 ? ` (${rescued} damaged records rescued)` : ''}\n`,
    );
    for (const difference of differences) process.stdout.write(`  ${difference}\n`);
    if (rescued === 0) unexplained += differences.length;
  }
  return unexplained === 0 ? 0 : 1;
}

function oracleFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.json'))
    .sort()
    .map(path => join(folder, path));
}

async function reportOf(dump: string, referencesOnly: boolean): Promise<{ report: Report; rescued: number }> {
  const session = new HeapSession();
  const options = { loadId: 1, name: dump, referencesOnly };
  const file = await openFile(dump);
  const outcome = await session.openSource(file.source, options, () => undefined);
  if (!outcome.ok) throw new Error(`${dump}: ${outcome.problem.message} ${outcome.problem.details ?? ''}`);
  const id = outcome.value.id;
  const overview = await session.ask('overview', { snapshot: id, set: { kind: 'all' }, top: 1 });
  const report = await session.ask('report', { snapshot: id, ...{ top: Number.POSITIVE_INFINITY } });
  await file.close();
  return { report, rescued: overview.import.rescuedRecords };
}

function compare(report: Report, oracle: Oracle): string[] {
  const differences: string[] = [];
  const check = (what: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs) differences.push(`${what}: ${ours}, reference ${theirs}`);
  };
  check('objects', report.objects, oracle.objects);
  check('shallow bytes', report.shallowBytes, oracle.bytes);
  check('free slots', report.freeSlots, oracle.noneSlots);
  check('dangling references', report.danglingReferences, oracle.dangling);
  check('reachable objects', report.reachable.objects, oracle.reachable);
  check('unreachable objects', report.unreachable.objects, oracle.unreachable.objects);
  for (const key of ['groups', 'count', 'bytes'] as const) {
    check(`duplicate strings: ${key}`, report.duplicateStrings?.[key], oracle.duplicateStrings[key]);
  }
  check('unreachable bytes', report.unreachable.shallowBytes, oracle.unreachable.bytes);
  const roots = Object.entries(oracle.roots).map(([name, count]): [string, number] => [
    rootName(name),
    count,
  ]);
  checkTable(
    check,
    'root',
    report.roots.map(({ name, references }) => [name, references]),
    roots,
  );
  const flat = (table: Oracle['byType']) =>
    Object.entries(table).map(([key, { count, bytes }]): [string, string] => [key, `${count} / ${bytes}`]);
  const tally = (row: { objects: number; shallowBytes: number }) => `${row.objects} / ${row.shallowBytes}`;
  checkTable(
    check,
    'type',
    report.types.map(row => [row.type, tally(row)]),
    flat(oracle.byType),
  );
  checkTable(
    check,
    'class',
    report.classes.map(row => [row.label, tally(row)]),
    flat(oracle.byClass),
  );
  checkTable(
    check,
    'generation',
    report.generations.map(row => [String(row.generation), tally(row)]),
    flat(oracle.byGeneration),
  );
  oracle.topRetained.forEach((theirs, place) => {
    const ours = report.topRetained[place];
    check(
      `top retained ${place + 1}`,
      ours && `${ours.address} ${ours.label} ${ours.shallowBytes} ${ours.retainedBytes} ${ours.dominator}`,
      `${theirs.address} ${theirs.label} ${theirs.shallow} ${theirs.retained} ${rootName(theirs.idom)}`,
    );
  });
  return differences;
}

function rootName(idom: string): string {
  return PSEUDO_ROOTS[idom] ?? idom;
}

function checkTable(
  check: (what: string, ours: unknown, theirs: unknown) => void,
  what: string,
  ours: [string, unknown][],
  theirs: [string, unknown][],
): void {
  const own = new Map(ours);
  for (const [key, value] of theirs) check(`${what} ${key}`, own.get(key), value);
  const known = new Set(theirs.map(([key]) => key));
  for (const [key, value] of ours) if (!known.has(key)) check(`${what} ${key}`, value, undefined);
}

/** Compares the dominator and the retained size of every object. */
async function compareObjects(dump: string, tsv: string, referencesOnly: boolean): Promise<string[]> {
  const rules = { referencesOnly, availableBytes: Number.POSITIVE_INFINITY, importers: IMPORTERS };
  const { source, close } = await openFile(dump);
  const input = { source, scan: scanHere.bind(null, source) };
  const loaded = await loadSnapshot(input, rules, { cancelled: false }, () => undefined);
  await close();
  const { snapshot, retention } = new OpenSnapshot(1, dump, 0, loaded, new Questions());
  const differences: string[] = [];
  let compared = 0;
  const lines = createInterface({ input: createReadStream(tsv).pipe(createGunzip()) });
  for await (const line of lines) {
    const [address, idom, shallow, retained] = line.split('\t');
    if (address === 'address') continue;
    compared++;
    const object = snapshot.pages.objectAtText(address);
    const ours =
      object < 0
        ? 'missing'
        : `${dominatorText(snapshot, retention, object)} ${shallowBytesOf(snapshot, object)} ${retainedBytesOf(snapshot, retention, object)}`;
    const theirs = `${rootName(idom!)} ${shallow} ${retained}`;
    if (ours !== theirs) differences.push(`${address}: ${ours}, reference ${theirs}`);
  }
  process.stdout.write(`  ${compared} objects compared one by one, ${differences.length} differ\n`);
  return differences;
}

process.exitCode = await main();
