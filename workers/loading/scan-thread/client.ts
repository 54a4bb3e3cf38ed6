import { superseded } from '../../model/cooperation.ts';
import type { DumpFile } from '../../protocol/dump-file.ts';
import { type Problem, ProblemError } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { OnScanProgress, Scanned } from '../scan.ts';
import type { ScanMessage, ScanRequest } from './messages.ts';

/** A thread that scans, or a port to it: see `server.ts`. */
export interface ScanWorker {
  onmessage: ((event: MessageEvent<ScanMessage>) => void) | null;
  postMessage(message: ScanRequest): void;
}

/** The scan that somebody waits for. */
interface Scan {
  id: number;
  file: DumpFile;
  name: string;
  availableBytes: Bytes;
  /** Whether the thread has begun: then it may be this file that it was lost by. */
  started: boolean;
  onProgress: OnScanProgress;
  resolve(scanned: Scanned): void;
  reject(error: unknown): void;
}

/** How long a scan may take to stop. It looks whether it should a hundred times a second. */
const STOP_MS = 2000;

/**
 * Has files scanned by a thread of its own, one at a time. The thread can be lost, or given up because it does not
 * stop: then {@link connect} is called with the next one.
 */
export class ScanClient {
  readonly #onStuck: () => void;
  #thread: ScanWorker | null = null;
  #lastId = 0;
  #scan: Scan | null = null;
  /** Why there is no thread and will be none; null while there is hope. */
  #failure: string | null = null;
  /** Scans that were told to stop and have not yet done so: the timer of each, by its id. */
  readonly #stopping = new Map<number, ReturnType<typeof setTimeout>>();

  /** `onStuck` is called where a scan was told to stop and has not done so after two seconds. */
  constructor(onStuck: () => void) {
    this.#onStuck = onStuck;
  }

  /** Takes a thread into use. A scan that the thread before it had begun fails; one that it had not begun starts here. */
  connect(thread: ScanWorker): void {
    if (this.#thread !== null) this.#thread.onmessage = null;
    for (const timer of this.#stopping.values()) clearTimeout(timer);
    this.#stopping.clear();
    this.#thread = thread;
    thread.onmessage = ({ data }) => this.#receive(data);
    const scan = this.#scan;
    if (scan?.started) scan.reject(new ProblemError(threadLost(scan.name)));
    else if (scan !== null) this.#start(scan);
  }

  /** There is no thread, and there will be none: all scans fail from now on. */
  fail(details: string): void {
    this.#failure = details;
    this.#scan?.reject(new ProblemError(noThread(this.#scan.name, details)));
  }

  /**
   * Scans a file. Where `onProgress` throws, the scan stops and its error is thrown here. It ends superseded as soon as
   * `signal` says so, or when another scan is asked for: whether or not the thread answers. `availableBytes`: what the
   * heap may take of memory.
   */
  scan(
    file: DumpFile,
    name: string,
    onProgress: OnScanProgress,
    signal?: AbortSignal,
    availableBytes = Number.POSITIVE_INFINITY,
  ): Promise<Scanned> {
    if (signal?.aborted) return Promise.reject(superseded());
    if (this.#failure !== null) return Promise.reject(new ProblemError(noThread(name, this.#failure)));
    this.#giveUp(this.#scan, superseded());
    const id = ++this.#lastId;
    return new Promise<Scanned>((resolve, reject) => {
      const scan: Scan = { id, file, name, availableBytes, started: false, onProgress, resolve, reject };
      this.#scan = scan;
      this.#start(scan);
      signal?.addEventListener('abort', () => this.#giveUp(scan, superseded()), { once: true });
    }).finally(() => {
      // Kept, it would hold all that a load had at hand until the next load.
      if (this.#scan?.id === id) this.#scan = null;
    });
  }

  #start({ id, file, name, availableBytes }: Scan): void {
    this.#thread?.postMessage({ kind: 'start', id, file, name, availableBytes });
  }

  /** Ends a scan with an error, and has the thread stop it. */
  #giveUp(scan: Scan | null, error: unknown): void {
    if (scan === null || scan !== this.#scan) return;
    this.#scan = null;
    this.#thread?.postMessage({ kind: 'stop', id: scan.id });
    this.#stopping.set(scan.id, setTimeout(this.#onStuck, STOP_MS));
    scan.reject(error);
  }

  #receive(message: ScanMessage): void {
    const isOver = message.kind !== 'started' && message.kind !== 'progress';
    if (isOver) {
      clearTimeout(this.#stopping.get(message.id));
      this.#stopping.delete(message.id);
    }
    const scan = this.#scan;
    if (scan === null || scan.id !== message.id) return;
    switch (message.kind) {
      case 'started':
        scan.started = true;
        break;
      case 'progress':
        Promise.resolve(message.progress)
          .then(scan.onProgress)
          .catch(error => this.#giveUp(scan, error));
        break;
      case 'end':
        scan.resolve(message.scanned);
        break;
      case 'stopped':
        scan.reject(superseded());
        break;
      case 'problem':
        scan.reject(new ProblemError(message.problem));
        break;
      case 'error':
        scan.reject(asThrown(message.name, message.message));
        break;
    }
  }
}

/** Memory that is gone shows as a RangeError, in any thread. */
function asThrown(name: string, message: string): Error {
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}

function threadLost(file: string): Problem {
  return {
    code: 'thread-lost',
    file,
    message: 'The thread that reads files stopped answering, or ended, while it read this file.',
    advice:
      'A new one was started; your open dumps are unchanged. Open the file again; if that fails too, it may need more memory than the browser gives this tab.',
  };
}

function noThread(file: string, details: string): Problem {
  return {
    code: 'internal',
    file,
    message: 'The thread that reads files could not be started.',
    advice:
      'Reload the page and open the file again. The browser must know WebAssembly with SIMD and workers that are modules: Chrome and Edge from 97 on, Firefox from 114, Safari from 16.4.',
    details,
  };
}
