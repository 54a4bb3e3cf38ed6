import { proxy } from 'comlink';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { ThreadLoss } from './engine/engine-thread.ts';
import type { IdleSignal } from './idle.ts';

/** Rejects requests to a thread that was lost. */
export class HeapLostError extends Error {
  readonly loss: ThreadLoss;
  constructor(loss: ThreadLoss) {
    super(describeLoss(loss));
    this.name = 'HeapLostError';
    this.loss = loss;
  }
}

/** Describes the loss in one sentence. */
function describeLoss({ cause, details }: ThreadLoss): string {
  switch (cause) {
    case 'not-started':
      return `The thread that reads dumps could not be started: ${details}.`;
    case 'error':
      return `The thread that holds the dumps stopped with an error: ${details}.`;
    case 'silence':
      return 'The thread that holds the dumps stopped, or did not respond for ten seconds.';
  }
}

/** The service as the page uses it. */
export interface HeapClient {
  service: HeapService;
  /** To be called when the thread is lost: rejects all pending requests with a {@link HeapLostError}. */
  lost(loss: ThreadLoss): HeapLostError;
}

/**
 * The service as the page uses it: every request counts as work in progress, and settles even if the thread is lost.
 * `engine.service` is read for each request, since it changes when the thread is replaced.
 */
export function createHeapClient(engine: { readonly service: HeapService }, idle: IdleSignal): HeapClient {
  const inFlight = new Set<(error: HeapLostError) => void>();
  /** Why there is no thread, if it can never be started. */
  let gone: HeapLostError | null = null;

  const settled = <T>(ask: (service: HeapService) => Promise<T>): Promise<T> => {
    if (gone !== null) return Promise.reject(gone);
    const answer = ask(engine.service);
    return new Promise<T>((resolve, reject) => {
      inFlight.add(reject);
      answer.then(resolve, reject).finally(() => inFlight.delete(reject));
    });
  };
  const counted = <T>(ask: (service: HeapService) => Promise<T>): Promise<T> =>
    settled(ask).finally(idle.begin());
  /** For requests that the loss of the thread fulfils. */
  const unlessLost = <T>(answer: Promise<T>, otherwise: T): Promise<T> =>
    answer.catch((error: unknown) => {
      if (error instanceof HeapLostError) return otherwise;
      throw error;
    });

  return {
    service: {
      open: (file, options, onProgress) => counted(service => service.open(file, options, proxy(onProgress))),
      openProfile: (file, options, onProgress) =>
        counted(service => service.openProfile(file, options, proxy(onProgress))),
      cancelOpen: loadId =>
        unlessLost(
          counted(service => service.cancelOpen(loadId)),
          undefined,
        ),
      close: snapshot =>
        unlessLost(
          counted(service => service.close(snapshot)),
          undefined,
        ),
      setReferencesOnly: (snapshot, referencesOnly) =>
        counted(service => service.setReferencesOnly(snapshot, referencesOnly)),
      reduce: snapshot => counted(service => service.reduce(snapshot)),
      setSeries: (snapshots, order) => counted(service => service.setSeries(snapshots, order)),
      setApplicationRoot: (snapshot, directory) =>
        counted(service => service.setApplicationRoot(snapshot, directory)),
      reducedDumps: () =>
        unlessLost(
          counted(service => service.reducedDumps()),
          [],
        ),
      document: (snapshot, options) => counted(service => service.document(snapshot, options)),
      index: (snapshot, form) => counted(service => service.index(snapshot, form)),
      redact: (snapshot, rules, isCompressed) =>
        counted(service => service.redact(snapshot, rules, isCompressed)),
      ask: (name, query) => counted(service => service.ask(name, query)),
      askProfile: (profile, name, params) => counted(service => service.askProfile(profile, name, params)),
      // Polled while other requests run, so these do not count as work themselves.
      questionProgress: () =>
        unlessLost(
          settled(service => service.questionProgress()),
          null,
        ),
      cancelQuestions: () =>
        unlessLost(
          settled(service => service.cancelQuestions()),
          undefined,
        ),
    },
    lost(loss) {
      const error = new HeapLostError(loss);
      if (loss.cause === 'not-started') gone = error;
      for (const reject of inFlight) reject(error);
      inFlight.clear();
      return error;
    },
  };
}
