import { proxy, wrap } from 'comlink';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { IdleSignal } from './idle.ts';

/**
 * Starts the worker that owns the heap. The page has one, for as long as it lives. `onFailure` is called where the
 * worker cannot be loaded or ends by an error of its own: its answers then never come.
 */
export function startHeapWorker(onFailure: (message: string) => void): HeapService {
  const worker = new Worker(new URL('../../workers/heap.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', event => onFailure(event.message || 'it could not be loaded'));
  // The type of a remote loses generic methods. Each method of the service returns a promise, so that it is the same.
  return wrap<HeapService>(worker) as unknown as HeapService;
}

/** The service as the page uses it: every question asked of the worker counts as work under way. */
export function createHeapClient(remote: HeapService, idle: IdleSignal): HeapService {
  const counted = async <T>(answer: Promise<T>): Promise<T> => {
    const end = idle.begin();
    try {
      return await answer;
    } finally {
      end();
    }
  };
  return {
    open: (file, options, onProgress) => counted(remote.open(file, options, proxy(onProgress))),
    cancelOpen: loadId => counted(remote.cancelOpen(loadId)),
    close: snapshot => counted(remote.close(snapshot)),
    setReferencesOnly: (snapshot, referencesOnly) =>
      counted(remote.setReferencesOnly(snapshot, referencesOnly)),
    ask: (name, query) => counted(remote.ask(name, query)),
    // Asked while others are under way, and no reason to be busy themselves.
    questionProgress: () => remote.questionProgress(),
    cancelQuestions: () => remote.cancelQuestions(),
  };
}
