import type { BenchResults, FileFigures, MachineFacts, Round } from './results.ts';
import { median, percentile, range } from './statistics.ts';
import {
  graphNsPerReference,
  holds,
  medianOf,
  objectsOf,
  referencesOf,
  type Target,
  targetsOf,
} from './targets.ts';

const MIB = 1024 * 1024;
/** Rows of cells; the first row is the header, and the first column is left-aligned. */
export type Table = string[][];

/** All tables of a run, in printing order. */
export function resultTables(results: BenchResults): { title: string; table: Table }[] {
  return [
    { title: 'Time and memory (medians, least to most)', table: figuresTable(results) },
    ...results.files.map(file => ({ title: `Questions to ${file.name}, ms`, table: latencyTable(file) })),
    { title: 'Targets', table: targetsTable(targetsOf(results)) },
  ];
}

/** The table in the README. */
export function markdown(results: BenchResults): string {
  const note = `Measured ${results.machine.date.slice(0, 10)} at ${results.machine.commit}: ${machineText(results.machine)}; ${results.runs} runs, each in a fresh browser; medians.`;
  return `${markdownTable(summaryTable(results))}\n\n${note}\n`;
}

export function machineText({ cpu, cpus, memoryBytes, system, browser, node }: MachineFacts): string {
  return `${cpus} × ${cpu}, ${Math.round(memoryBytes / MIB / 1024)} GiB, ${system}, ${browser}, Node ${node}`;
}

/** Columns padded to their widest cell. */
export function plainTable(table: Table): string {
  const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  return table.map(line).join('\n');
}

function markdownTable([heading, ...rows]: Table): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = heading!.map((_, column) => (column === 0 ? '---' : '--:'));
  return [line(heading!), line(rule), ...rows.map(line)].join('\n');
}

function summaryTable({ files }: BenchResults): Table {
  const peers = [...new Set(files.flatMap(file => file.peers.map(({ name }) => name)))];
  return [
    [
      'heap',
      'objects',
      'file',
      'reading alone',
      'JSON.parse loop',
      'every retained size',
      'peak memory',
      'settled',
      ...peers,
    ],
    ...files.map(file => [
      file.description,
      count(objectsOf(file)),
      mebibytes(file.fileBytes),
      seconds(medianOf(file, ({ floor }) => floor.ms)),
      seconds(medianOf(file, ({ baseline }) => baseline.ms)),
      seconds(medianOf(file, ({ load }) => load.totalMs)),
      mebibytes(medianOf(file, peakBytes)),
      mebibytes(medianOf(file, settledBytes)),
      ...peers.map(peer => programText(file, peer)),
    ]),
  ];
}

/** One column per file. */
function figuresTable({ files }: BenchResults): Table {
  const row = (name: string, cell: (file: FileFigures) => string) => [name, ...files.map(cell)];
  const timed = (name: string, figure: (round: Round) => number) =>
    row(name, file => spread(file.rounds.map(figure), seconds));
  const sized = (name: string, figure: (round: Round) => number) =>
    row(name, file => spread(file.rounds.map(figure), mebibytes));
  const peers = [...new Set(files.flatMap(file => file.peers.map(({ name }) => name)))];
  return [
    row('', ({ name }) => name),
    row('objects', file => count(objectsOf(file))),
    row('references', file => count(referencesOf(file))),
    row('file', ({ fileBytes }) => mebibytes(fileBytes)),
    timed('reading alone', ({ floor }) => floor.ms),
    timed('JSON.parse loop', ({ baseline }) => baseline.ms),
    timed('first preview', ({ load }) => load.previewMs),
    timed('end of the scan', ({ load }) => load.linkingMs),
    timed('linked', ({ load }) => load.dominatorsMs),
    timed('dominators', ({ load }) => load.retainedMs),
    timed('every retained size', ({ load }) => load.totalMs),
    timed('the same, dropped at once', ({ atOnce }) => atOnce.totalMs),
    row('every retained size / reading alone', file =>
      times(file.rounds, ({ load, floor }) => load.totalMs / floor.ms),
    ),
    row('the same, dropped at once', file =>
      times(file.rounds, ({ atOnce, floor }) => atOnce.totalMs / floor.ms),
    ),
    row('graph stages, ns a reference', file => graphNsPerReference(file).toFixed(0)),
    sized('peak memory of the tab', peakBytes),
    sized('settled memory of the tab', settledBytes),
    sized('columns and indexes', ({ load }) => load.info.memoryBytes),
    row('settled, bytes an object', file => perObject(file, medianOf(file, settledBytes))),
    row('columns, bytes an object', file =>
      perObject(
        file,
        medianOf(file, ({ load }) => load.info.memoryBytes),
      ),
    ),
    row('app: first overview', file =>
      spread(
        file.app.map(({ firstOverviewMs }) => firstOverviewMs),
        seconds,
      ),
    ),
    row('app: overview of all', file =>
      spread(
        file.app.map(({ overviewMs }) => overviewMs),
        seconds,
      ),
    ),
    row('app: with all findings', file =>
      spread(
        file.app.map(({ completeMs }) => completeMs),
        seconds,
      ),
    ),
    row('app: longest task, ms', file =>
      spread(
        file.app.map(({ longestTaskMs }) => longestTaskMs),
        ms,
      ),
    ),
    row('report under Node', ({ nodeReport }) => nodeReport.failure ?? spread(nodeReport.ms, seconds)),
    row(
      'JSON.parse loop under Node',
      ({ nodeBaseline }) => nodeBaseline.failure ?? spread(nodeBaseline.ms, seconds),
    ),
    row('series of two: scanning one', ({ series }) =>
      spread(
        series.map(({ scanMs }) => scanMs),
        seconds,
      ),
    ),
    row('series of two: matching them', ({ series }) =>
      spread(
        series.map(({ matchMs }) => matchMs),
        seconds,
      ),
    ),
    row('series of two: the whole comparison', ({ series }) =>
      spread(
        series.map(({ compareMs }) => compareMs),
        seconds,
      ),
    ),
    ...peers.map(peer => row(peer, file => programText(file, peer))),
  ];
}

function latencyTable({ latencies, cancels }: FileFigures): Table {
  return [
    ['question', 'calls', 'p50', 'p95', 'slowest'],
    ...latencies.map(({ question, ms: taken }) => [
      question,
      String(taken.length),
      ms(percentile(taken, 0.5)),
      ms(percentile(taken, 0.95)),
      ms(percentile(taken, 1)),
    ]),
    ...cancels.map(({ stage, ms: taken, keptBytes }) => {
      const text = taken === null ? 'over before' : ms(taken);
      const kept = keptBytes === null ? '' : `, ${mebibytes(keptBytes)} kept`;
      return [`cancelled while ${stage}${kept}`, '1', text, text, text];
    }),
  ];
}

function targetsTable(targets: Target[]): Table {
  return [
    ['target', 'file', 'figure', 'limit', ''],
    ...targets.map(target => {
      const { file, what, figure, unit, bound, limit } = target;
      const text = (value: number) => (unit === 'x' ? `${value.toFixed(2)} x` : `${ms(value)} ms`);
      const held = holds(target);
      const sign = bound === 'most' ? '≤' : '≥';
      return [what, file, text(figure), `${sign} ${text(limit)}`, verdict(held)];
    }),
  ];
}

function verdict(held: boolean | null): string {
  if (held === null) return 'not measured';
  return held ? 'holds' : 'MISSES';
}

function peakBytes({ memory }: Round): number {
  return memory.peakBytes ?? Number.NaN;
}

function settledBytes({ memory }: Round): number {
  return memory.settledBytes ?? Number.NaN;
}

function programText(file: FileFigures, peer: string): string {
  const figures = file.peers.find(({ name }) => name === peer);
  if (figures === undefined) return '';
  return figures.failure === null ? seconds(median(figures.ms)) : 'failed';
}

function spread(values: readonly number[], text: (value: number) => string): string {
  if (values.length === 0 || values.some(Number.isNaN)) return 'not measured';
  const { least, most } = range(values);
  return values.length === 1 ? text(least) : `${text(median(values))} (${text(least)}–${text(most)})`;
}

function times(rounds: readonly Round[], ratio: (round: Round) => number): string {
  return spread(rounds.map(ratio), value => `${value.toFixed(2)} x`);
}

function perObject(file: FileFigures, bytes: number): string {
  return (bytes / objectsOf(file)).toFixed(1);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

function mebibytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(0)} MiB`;
}
