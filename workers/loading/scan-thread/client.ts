import { superseded } from '../../model/cooperation.ts';
import { type Problem, ProblemError } from '../../protocol/errors.ts';
import type { OnScanProgress, Scanned } from '../scan.ts';
import type { ScanMessage, ScanRequest } from './messages.ts';

/** A thread that scans: see `server.ts`. */
export interface ScanWorker {
  onmessage: ((event: MessageEvent<ScanMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ScanRequest): void;
}

/** Has files scanned by a thread of its own. One file at a time. */
export class ScanClient {
  readonly #worker: ScanWorker;
  #lastId = 0;
  /** What the thread failed of, perhaps before anything was asked of it; then it answers nothing any more. */
  #failure: string | null = null;
  #onFailure = nothing;
  /** Ends the scan that goes on. */
  #supersede = nothing;

  constructor(worker: ScanWorker) {
    this.#worker = worker;
    worker.onerror = ({ message }) => {
      this.#failure = message;
      this.#onFailure();
    };
  }

  /**
   * Scans a file. Where `onProgress` throws, the scan stops and its error is thrown here; where another is asked for
   * before it is over, it ends superseded.
   */
  scan(blob: Blob, name: string, onProgress: OnScanProgress): Promise<Scanned> {
    this.#supersede();
    const id = ++this.#lastId;
    const worker = this.#worker;
    return new Promise<Scanned>((resolve, reject) => {
      const giveUp = (error: unknown) => {
        worker.postMessage({ kind: 'stop', id });
        reject(error);
      };
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.kind === 'end') resolve(data.scanned);
        else if (data.kind === 'problem') reject(new ProblemError(data.problem));
        else if (data.kind === 'error') reject(asThrown(data.name, data.message));
        else Promise.resolve(data.progress).then(onProgress).catch(giveUp);
      };
      this.#supersede = () => reject(superseded());
      this.#onFailure = () => reject(new ProblemError(threadFailed(name, this.#failure ?? '')));
      if (this.#failure !== null) this.#onFailure();
      else worker.postMessage({ kind: 'start', id, blob, name });
    }).finally(() => {
      // The thread is another scan's already.
      if (id !== this.#lastId) return;
      worker.onmessage = null;
      this.#onFailure = nothing;
      this.#supersede = nothing;
    });
  }
}

/** A function of its own: one made within `scan` would keep all that a load had at hand, until the next load. */
function nothing(): void {}

/** Memory that is gone shows as a RangeError, in any thread. */
function asThrown(name: string, message: string): Error {
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}

function threadFailed(file: string, details: string): Problem {
  return {
    code: 'internal',
    file,
    message: 'The thread that reads files failed.',
    advice:
      'Reload the page and open the file again. The browser must know WebAssembly with SIMD: Chrome and Edge from 91 on, Firefox from 89, Safari from 16.4.',
    details,
  };
}
