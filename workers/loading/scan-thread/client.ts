import { errorOf, type ThreadEnd } from '../../files/thread-messages.ts';
import { superseded } from '../../model/cooperation.ts';
import type { DumpFile } from '../../protocol/dump-file.ts';
import { type Problem, ProblemError } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { OnScanProgress, Scanned } from '../scan.ts';
import type { ScanMessage, ScanRequest } from './messages.ts';
import { Tasks } from './tasks.ts';

/** The thread that scans, see `server.ts`. */
export type ScanWorker = ThreadEnd<ScanMessage, ScanRequest>;

/** A scan whose caller is waiting. */
interface Scan {
  id: number;
  file: DumpFile;
  name: string;
  availableBytes: Bytes;
  /** Whether the thread has started on the file. If the thread is lost after that, the file may be the reason. */
  started: boolean;
  onProgress: OnScanProgress;
  resolve(scanned: Scanned): void;
  reject(error: unknown): void;
}

/** How long a scan may take to stop. The thread checks for requests about every 40 ms. */
const STOP_MS = 2000;

/**
 * Scans files in another thread, one at a time. If the thread is lost, or does not stop in time, {@link connect} is
 * called with a new one.
 */
export class ScanClient {
  readonly #onStuck: () => void;
  #thread: ScanWorker | null = null;
  #lastId = 0;
  #scan: Scan | null = null;
  /** Why no thread could be started; null unless that has failed. */
  #failure: string | null = null;
  readonly #tasks = new Tasks();
  /** Timers of scans that were asked to stop and have not stopped yet, by id. */
  readonly #stopping = new Map<number, ReturnType<typeof setTimeout>>();

  /** `onStuck` is called when a scan has not stopped two seconds after it was asked to. */
  constructor(onStuck: () => void) {
    this.#onStuck = onStuck;
  }

  /**
   * Uses a thread from now on. A scan that the previous thread had started fails; one that it had not started starts
   * here.
   */
  connect(thread: ScanWorker): void {
    if (this.#thread !== null) this.#thread.onmessage = null;
    for (const timer of this.#stopping.values()) clearTimeout(timer);
    this.#stopping.clear();
    this.#tasks.lose();
    this.#thread = thread;
    thread.onmessage = ({ data }) => this.#receive(data);
    const scan = this.#scan;
    if (scan?.started) scan.reject(new ProblemError(threadLost(scan.name)));
    else if (scan !== null) this.#start(scan);
  }

  /**
   * Runs another task in the thread. `task` is copied. Rejects if the thread is lost, or if there is none; then the
   * caller can run the task itself.
   */
  task(task: unknown): Promise<unknown> {
    if (this.#thread === null) return Promise.reject(new Error('there is no scanning thread'));
    const id = ++this.#lastId;
    const result = this.#tasks.result(id);
    this.#thread.postMessage({ kind: 'task', id, task }, []);
    return result;
  }

  /** Fails the current scan and all later ones, because no thread could be started. */
  fail(details: string): void {
    this.#failure = details;
    this.#tasks.lose();
    this.#scan?.reject(new ProblemError(noThread(this.#scan.name, details)));
  }

  /**
   * Scans a file. If `onProgress` throws, the scan stops and its error is thrown here. It ends as superseded when
   * `signal` aborts or another scan is requested, whether or not the thread answers. `availableBytes`: the memory
   * that the heap may use.
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
    this.#abortScan(this.#scan, superseded());
    const id = ++this.#lastId;
    return new Promise<Scanned>((resolve, reject) => {
      const scan: Scan = { id, file, name, availableBytes, started: false, onProgress, resolve, reject };
      this.#scan = scan;
      this.#start(scan);
      signal?.addEventListener('abort', () => this.#abortScan(scan, superseded()), { once: true });
    }).finally(() => {
      // It holds everything that the load used.
      if (this.#scan?.id === id) this.#scan = null;
    });
  }

  #start({ id, file, name, availableBytes }: Scan): void {
    this.#thread?.postMessage({ kind: 'start', id, file, name, availableBytes }, []);
  }

  /** Rejects a scan, and asks the thread to stop it. */
  #abortScan(scan: Scan | null, error: unknown): void {
    if (scan === null || scan !== this.#scan) return;
    this.#scan = null;
    this.#thread?.postMessage({ kind: 'stop', id: scan.id }, []);
    this.#stopping.set(scan.id, setTimeout(this.#onStuck, STOP_MS));
    scan.reject(error);
  }

  #receive(message: ScanMessage): void {
    if (message.kind === 'task-end' || message.kind === 'task-failed') {
      this.#tasks.receive(message);
      return;
    }
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
          .catch(error => this.#abortScan(scan, error));
        break;
      case 'end':
        scan.resolve(message.scanned);
        break;
      case 'failed':
        scan.reject(errorOf(message.failure));
        break;
    }
  }
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
      'Reload the page and open the file again. The browser must support WebAssembly SIMD and module workers: Chrome or Edge 97, Firefox 114, Safari 16.4, or newer.',
    details,
  };
}
