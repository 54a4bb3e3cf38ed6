import type { LoadStage } from '../../workers/protocol/progress.ts';
import { type BenchServers, type BenchTab, inFreshTab } from './bench-tab.ts';
import { measureApp } from './measure-app.ts';
import { measureProgram, measureSeries, nodeBaselineCommand, nodeReportCommand } from './measure-programs.ts';
import { type MeasuredFile, TAB_AGE_MS } from './measured-file.ts';
import type { LoadFigures, MeasuredWorker } from './page/figures.ts';
import { repeatIfSuspended } from './repeat-if-suspended.ts';
import type { CancelledLoad, FileFigures, MemoryFigures, Round } from './results.ts';

/** A program to compare with: its command, with `{file}` for the path. */
export interface Peer {
  name: string;
  command: string;
}

export interface MeasureOptions {
  runs: number;
  peers: readonly Peer[];
  log: (text: string) => void;
}

const STAGES: readonly LoadStage[] = ['reading', 'linking', 'dominators', 'retained'];
/** Maximum number of runs of the app, Node and peers: they matter less and take longer. */
const FEWER_RUNS = 3;

/** Runs all measurements on one file. Compared programs take turns, so that a slow minute affects all of them. */
export async function measureFile(
  file: MeasuredFile,
  servers: BenchServers,
  { runs, peers, log }: MeasureOptions,
): Promise<FileFigures> {
  const figures: FileFigures = {
    ...emptyFigures(file),
    peers: peers.map(({ name }) => ({ name, ms: [], failure: null })),
  };
  const alone = <Measured>(what: string, measure: () => Promise<Measured>) => {
    log(`  ${what}`);
    return repeatIfSuspended(measure, log);
  };
  const idleBytes = await alone('a tab without a heap', () =>
    onFile({ file, servers, worker: 'heap' }, (_, tab) => tab.settledBytes('wholly')),
  );
  for (let run = 0; run < runs; run++) {
    log(`${file.name}: run ${run + 1} of ${runs}`);
    const last = run === runs - 1;
    const at = { file, servers };
    const floor = await alone('reading alone', () =>
      onFile({ ...at, worker: 'plain' }, page => page.evaluate(() => window.bench.floor())),
    );
    const baseline = await alone('JSON.parse of every line', () =>
      onFile({ ...at, worker: 'plain' }, page => page.evaluate(() => window.bench.baseline())),
    );
    const atOnce = await alone('load, dropped at once', () =>
      onFile({ ...at, worker: 'heap', waitMs: 0 }, page => page.evaluate(() => window.bench.load())),
    );
    const { round, latencies } = await alone(last ? 'load, and questions' : 'load', () =>
      measureLoad(file, servers, idleBytes, last),
    );
    figures.rounds.push({ floor, baseline, atOnce, ...round });
    figures.latencies = latencies;
    if (run >= FEWER_RUNS) continue;
    figures.app.push(await alone('load in the app', () => measureApp(file, servers.appUrl)));
    await measureProgram(figures.nodeReport, nodeReportCommand(file.path), log);
    figures.series.push(...(await measureSeries(file.path, log)));
    await measureProgram(figures.nodeBaseline, nodeBaselineCommand(file.path), log);
    for (const [at, { command }] of peers.entries()) {
      await measureProgram(figures.peers[at]!, command.replaceAll('{file}', `'${file.path}'`), log);
    }
  }
  figures.cancels = await alone('cancelling', () => measureCancels(file, servers));
  return figures;
}

/** Cancels a load at each stage, and measures the memory that is still in use. */
function measureCancels(file: MeasuredFile, servers: BenchServers): Promise<CancelledLoad[]> {
  return onFile({ file, servers, worker: 'heap' }, async (page, tab) => {
    const before = await tab.settledBytes('soon');
    const cancels: CancelledLoad[] = [];
    for (const stage of STAGES) {
      const cancelled = await page.evaluate(at => window.bench.cancel(at), stage);
      const after = await tab.settledBytes('soon');
      cancels.push({ ...cancelled, keptBytes: after === null || before === null ? null : after - before });
    }
    return cancels;
  });
}

function emptyFigures({ name, description, fileBytes, compressed }: MeasuredFile): FileFigures {
  return {
    name,
    description,
    fileBytes,
    compressed,
    rounds: [],
    app: [],
    latencies: [],
    cancels: [],
    nodeReport: { name: 'report under Node', ms: [], failure: null },
    nodeBaseline: { name: 'JSON.parse loop under Node', ms: [], failure: null },
    peers: [],
    series: [],
  };
}

interface Place {
  file: MeasuredFile;
  servers: BenchServers;
  worker: MeasuredWorker;
  /** How long the tab is open before the measurement. */
  waitMs?: number;
}

/** Chooses the file in a new tab once the worker has answered, and runs the measurement. */
function onFile<Figures>(
  { file, servers, worker, waitMs = TAB_AGE_MS }: Place,
  measure: (page: BenchTab['page'], tab: BenchTab) => Promise<Figures>,
): Promise<Figures> {
  return inFreshTab(servers.benchUrl, async tab => {
    await tab.page.evaluate(which => window.bench.ready(which), worker);
    await tab.page.setInputFiles('input', file.path);
    await tab.page.waitForTimeout(waitMs);
    return measure(tab.page, tab);
  });
}

/**
 * Measures a load and its memory and, if `asking`, the questions after it. `idleBytes`: settled memory of a tab without
 * a heap.
 */
function measureLoad(file: MeasuredFile, servers: BenchServers, idleBytes: number | null, asking: boolean) {
  return onFile({ file, servers, worker: 'heap' }, async (page, tab) => {
    const before = await tab.settledBytes('soon'); // Collecting more than once would also discard compiled code.
    tab.memory?.resetPeak();
    const load: LoadFigures = await page.evaluate(() => window.bench.load());
    const peak = tab.memory?.peak() ?? null;
    const settled = await tab.settledBytes('wholly');
    const memory: MemoryFigures = {
      peakBytes: peak === null || before === null ? null : peak - before,
      settledBytes: settled === null || idleBytes === null ? null : settled - idleBytes,
    };
    const latencies = asking ? await page.evaluate(() => window.bench.latencies()) : [];
    const round: Pick<Round, 'load' | 'memory'> = { load, memory };
    return { round, latencies };
  });
}
