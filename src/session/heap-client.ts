import { proxy, type Remote, wrap } from 'comlink';
import type { Outcome } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { SnapshotInfo } from '../../workers/protocol/rows.ts';
import type { IdleSignal } from './idle.ts';

/**
 * Starts the worker that owns the heap. The page has one, for as long as it lives. `onFailure` is called where the
 * worker cannot be loaded or ends by an error of its own: its answers then never come.
 */
export function startHeapWorker(onFailure: (message: string) => void): Remote<HeapService> {
  const worker = new Worker(new URL('../../workers/heap.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', event => onFailure(event.message || 'it could not be loaded'));
  return wrap<HeapService>(worker);
}

/** The service as the page uses it: every question asked of the worker counts as work under way. */
export function createHeapClient(remote: Remote<HeapService>, idle: IdleSignal): HeapService {
  const counted = async <T>(answer: Promise<T>): Promise<T> => {
    const end = idle.begin();
    try {
      return await answer;
    } finally {
      end();
    }
  };
  return {
    open: (file, options, onProgress) => {
      const outcome: Promise<Outcome<SnapshotInfo>> = remote.open(file, options, proxy(onProgress));
      return counted(outcome);
    },
    cancelOpen: loadId => counted(remote.cancelOpen(loadId)),
    close: snapshot => counted(remote.close(snapshot)),
    setReferencesOnly: (snapshot, referencesOnly) =>
      counted(remote.setReferencesOnly(snapshot, referencesOnly)),
    overview: query => counted(remote.overview(query)),
    setSize: query => counted(remote.setSize(query)),
    groups: query => counted(remote.groups(query)),
    objects: query => counted(remote.objects(query)),
    dominatorTree: query => counted(remote.dominatorTree(query)),
    dominators: query => counted(remote.dominators(query)),
    groupTree: query => counted(remote.groupTree(query)),
    generations: query => counted(remote.generations(query)),
    object: query => counted(remote.object(query)),
    find: query => counted(remote.find(query)),
    rows: query => counted(remote.rows(query)),
    neighbours: query => counted(remote.neighbours(query)),
    excerpts: query => counted(remote.excerpts(query)),
    retainerPath: query => counted(remote.retainerPath(query)),
    // Asked while others are under way, and no reason to be busy themselves.
    questionProgress: () => remote.questionProgress(),
    cancelQuestions: () => remote.cancelQuestions(),
    report: (snapshot, options) => counted(remote.report(snapshot, options)),
  };
}
