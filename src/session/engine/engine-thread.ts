import type {
  PeerPorts,
  ThreadMessage,
  ThreadName,
  ThreadRequest,
} from '../../../workers/protocol/threads.ts';
import { Heartbeat } from './heartbeat.ts';

/** How a thread was lost. */
export interface ThreadLoss {
  /** It never started, ended with an error, or does not answer. */
  cause: 'not-started' | 'error' | 'silence';
  /** Technical details; empty for silence. */
  details: string;
}

/** Callbacks for the owner of a thread. */
export interface ThreadEvents {
  /** The thread was lost. Called once, after the worker was terminated. */
  onLost(loss: ThreadLoss): void;
  /** A message other than a heartbeat. */
  onMessage?(message: ThreadMessage): void;
}

/**
 * A worker of the engine, watched by a heartbeat.
 *
 * The page's content security policy is a `<meta>` element. It does not apply to a worker loaded from a URL, but it
 * does apply to one loaded from a `blob:` URL of the page, and to everything that this worker imports. So the worker is
 * a blob that imports the module; see {@link bootstrapOf}.
 */
export class EngineThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  readonly #heartbeat: Heartbeat;
  #isReady = false;
  /** Requests held until the worker listens: messages that arrive before its module has run are lost. */
  readonly #waiting: { request: ThreadRequest; ports: MessagePort[] }[] = [];

  /** Starts the thread. `moduleUrl`: URL of its module, relative to the page or absolute. */
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

  /** Whether the worker is listening. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Sends a request as soon as the worker is listening. Its ports are transferred. */
  send(request: ThreadRequest): void {
    const ports = request.kind === 'connect' ? portsOf(request.ports) : [];
    if (this.#isReady) this.#worker.postMessage(request, ports);
    else this.#waiting.push({ request, ports });
  }

  /** Terminates the worker at once, whatever it is doing. */
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
 * Globals that threads do not need, and that some browsers do not restrict by policy in workers: Firefox 140 loads
 * fonts from anywhere. A nested worker would have them again.
 */
const NOT_FOR_THREADS = ['FontFace', 'Worker', 'SharedWorker'];

/**
 * The script of a thread. The import is dynamic: a static one would need `'self'` in `worker-src`, and then a nested
 * worker could be loaded by URL, without the policy.
 */
function bootstrapOf(moduleUrl: string): string {
  // Browsers do not report a rejected promise in a worker to the page.
  return `
    for (const name of ${JSON.stringify(NOT_FOR_THREADS)}) delete globalThis[name];
    import(${JSON.stringify(moduleUrl)}).catch(error => setTimeout(() => { throw error; }));`;
}

function portsOf(ports: PeerPorts): MessagePort[] {
  return Object.values(ports).filter(port => port !== undefined);
}
