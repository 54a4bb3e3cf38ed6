import { proxy, type Remote, wrap } from 'comlink';
import { Engine } from '../../../src/session/engine/engine.ts';
import type { HeapService } from '../../../workers/protocol/heap-service.ts';
import type { LoadProgress, LoadStage } from '../../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import type { CancelFigures, LoadFigures } from './figures.ts';
import { measureLatencies } from './latencies.ts';
import type { PlainWorker } from './plain.worker.ts';

/** Created on first use: a worker that is busy while the other is measured would disturb the measurement. */
const workers: { engine?: Engine; plain?: Remote<PlainWorker> } = {};

function heapWorker(): HeapService {
  workers.engine ??= new Engine(({ cause, details }) => {
    throw new Error(`the thread of the heap was lost: ${cause} ${details}`);
  });
  return workers.engine.service;
}

function plainWorker(): Remote<PlainWorker> {
  workers.plain ??= wrap<PlainWorker>(
    new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' }),
  );
  return workers.plain;
}

function chosenFile(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (file === undefined) throw new Error('no file is chosen');
  return file;
}

/** Opens the chosen file; `onProgress` also receives the milliseconds since the call. */
async function open(loadId: number, onProgress: (progress: LoadProgress, ms: number) => void) {
  const file = chosenFile();
  const start = performance.now();
  const outcome = await heapWorker().open(
    file,
    { loadId, name: file.name, ignoreMemoryLimit: true },
    proxy((progress: LoadProgress) => onProgress(progress, performance.now() - start)),
  );
  return { outcome, ms: performance.now() - start };
}

async function load(): Promise<{ figures: LoadFigures; info: SnapshotInfo }> {
  const began: Partial<Record<LoadStage, number>> = {};
  let previewMs: number | null = null;
  const { outcome, ms } = await open(1, (progress, at) => {
    began[progress.stage] ??= at;
    if (progress.preview !== null) previewMs ??= at;
  });
  if (!outcome.ok) throw new Error(`${outcome.problem.message} ${outcome.problem.details ?? ''}`);
  const info = outcome.value;
  const { references } = await heapWorker().ask('overview', {
    snapshot: info.id,
    set: { kind: 'all' },
    top: 1,
  });
  const linkingMs = began.linking ?? ms;
  const dominatorsMs = began.dominators ?? ms;
  const retainedMs = began.retained ?? ms;
  const figures = { linkingMs, dominatorsMs, retainedMs, previewMs: previewMs ?? ms, totalMs: ms };
  return { figures: { ...figures, info, references }, info };
}

async function cancel(stage: LoadStage): Promise<CancelFigures> {
  const loadId = 2;
  let cancelledAt: number | null = null;
  const { outcome, ms } = await open(loadId, (progress, at) => {
    const now = stage === 'reading' ? progress.objects > 0 : progress.stage === stage;
    if (!now || cancelledAt !== null) return;
    cancelledAt = at;
    void heapWorker().cancelOpen(loadId);
  });
  if (outcome.ok) {
    await heapWorker().close(outcome.value.id);
    return { stage, ms: null };
  }
  return { stage, ms: cancelledAt === null ? null : ms - cancelledAt };
}

let loaded: SnapshotInfo | null = null;
window.bench = {
  async ready(worker) {
    await (worker === 'heap' ? heapWorker().cancelOpen(0) : plainWorker().ping());
  },
  floor: () => plainWorker().floor(chosenFile()),
  baseline: () => plainWorker().baseline(chosenFile()),
  async load() {
    const { figures, info } = await load();
    loaded = info;
    return figures;
  },
  async latencies() {
    if (loaded === null) throw new Error('nothing is loaded');
    return measureLatencies(heapWorker(), loaded);
  },
  cancel,
};
