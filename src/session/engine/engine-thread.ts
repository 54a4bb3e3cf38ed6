import type {
  PeerPorts,
  ThreadMessage,
  ThreadName,
  ThreadRequest,
} from '../../../workers/protocol/threads.ts';
import { Heartbeat } from './heartbeat.ts';

/** How a thread was lost. */
export interface ThreadLoss {
  /** It never began, it ended by an error of its own, or it does not answer. */
  cause: 'not-started' | 'error' | 'silence';
  /** In technical words; empty for silence. */
  details: string;
}

/** Callbacks for the owner of a thread. */
export interface ThreadEvents {
  /** The thread was lost. Called once, after it was ended. */
  onLost(loss: ThreadLoss): void;
  /** Anything that the thread says besides its signs of life. */
  onMessage?(message: ThreadMessage): void;
}

/**
 * A worker of the engine, watched by a heartbeat.
 *
 * The page's content security policy comes as a `<meta>` element. It does not bind a worker that is loaded from a URL,
 * but it does bind one that is loaded from a `blob:` URL of the page, and everything that this one imports. So the
 * worker is a blob that imports the module; see {@link bootstrapOf}.
 */
export class EngineThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  readonly #heartbeat: Heartbeat;
  #isReady = false;
  /** Requests for when it listens: what comes before its module has run is lost. */
  readonly #waiting: { request: ThreadRequest; ports: MessagePort[] }[] = [];

  /** Starts the thread. `moduleUrl`: of its module, relative to the page or absolute. */
  constructor(name: ThreadName, moduleUrl: string, events: ThreadEvents) {
    this.#events = events;
    const bootstrap = bootstrapOf(new URL(moduleUrl, document.baseURI).href);
    const bootstrapUrl = URL.createObjectURL(new Blob([bootstrap], { type: 'text/javascript' }));
    this.#worker = new Worker(bootstrapUrl, { type: 'module', name });
    this.#heartbeat = new Heartbeat(
      () => this.#worker.postMessage({ kind: 'ping' } satisfies ThreadRequest),
      () => this.#lose({ cause: 'silence', details: '' }),
    );
    this.#worker.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
      if (data.kind === 'ready') {
        URL.revokeObjectURL(bootstrapUrl);
        this.#begin();
      } else if (data.kind === 'alive') this.#heartbeat.answered();
      else this.#events.onMessage?.(data);
    };
    this.#worker.onerror = ({ message }) =>
      this.#lose({
        cause: this.#isReady ? 'error' : 'not-started',
        details: message || 'its files could not be loaded',
      });
  }

  /** Whether the thread listens. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Sends a request, as soon as the thread listens. Its ports are handed over. */
  send(request: ThreadRequest): void {
    const ports = request.kind === 'connect' ? portsOf(request.ports) : [];
    if (this.#isReady) this.#worker.postMessage(request, ports);
    else this.#waiting.push({ request, ports });
  }

  /** Ends the thread at once, whatever it does. */
  end(): void {
    this.#heartbeat.stop();
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
  }

  #begin(): void {
    this.#isReady = true;
    for (const { request, ports } of this.#waiting.splice(0)) this.#worker.postMessage(request, ports);
    this.#heartbeat.start();
  }

  #lose(loss: ThreadLoss): void {
    this.end();
    this.#events.onLost(loss);
  }
}

/**
 * What the policy does not bind in the workers of some browsers, and a thread has no use for: Firefox 140 loads fonts
 * from anywhere. A worker within the worker would have it again.
 */
const NOT_FOR_THREADS = ['FontFace', 'Worker', 'SharedWorker'];

/**
 * The script of a thread. The import is dynamic: a static one would need `'self'` in `worker-src`, and then a nested
 * worker could be loaded by URL, without the policy.
 */
function bootstrapOf(moduleUrl: string): string {
  // An error in a promise would not be told to the page.
  return `
    for (const name of ${JSON.stringify(NOT_FOR_THREADS)}) delete globalThis[name];
    import(${JSON.stringify(moduleUrl)}).catch(error => setTimeout(() => { throw error; }));`;
}

function portsOf(ports: PeerPorts): MessagePort[] {
  return Object.values(ports).filter(port => port !== undefined);
}
