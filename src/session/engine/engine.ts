import { wrap } from 'comlink';
import heapUrl from '../../../workers/heap.worker.ts?worker&url';
import type { HeapService } from '../../../workers/protocol/heap-service.ts';
import scanUrl from '../../../workers/scan.worker.ts?worker&url';
import sliceReaderUrl from '../../../workers/slice-reader.worker.ts?worker&url';
import { EngineThread, type ThreadLoss } from './engine-thread.ts';

/**
 * The threads of the engine: started, connected and watched here, and replaced when they are lost. The threads that
 * scan hold no heap and are replaced together without a notice: the running scan fails with its own problem. If the
 * thread that holds the heaps is lost, all heaps are lost with it.
 */
export class Engine {
  readonly #onHeapLost: (loss: ThreadLoss) => void;
  #heap: EngineThread;
  #scanners: readonly EngineThread[];
  #service: HeapService;

  /**
   * Starts the threads. `onHeapLost` is called when all open heaps are lost. By then a new thread exists, and {@link
   * service} is its service, unless the old one never started: then only reloading the page can help.
   */
  constructor(onHeapLost: (loss: ThreadLoss) => void) {
    this.#onHeapLost = onHeapLost;
    [this.#heap, this.#service] = this.#startHeap();
    this.#scanners = this.#startScanners();
  }

  /** The service of the current thread that holds the heaps. If that thread is lost, its promises never settle. */
  get service(): HeapService {
    return this.#service;
  }

  #startHeap(): [EngineThread, HeapService] {
    const { port1, port2 } = new MessageChannel();
    const heap = new EngineThread('heap', heapUrl, {
      onLost: loss => this.#heapLost(loss),
      onMessage: ({ kind }) => {
        // Threads that are still loading cannot be stuck.
        if (kind === 'scan-stuck' && this.#scanners.every(thread => thread.isReady)) this.#replaceScanners();
      },
    });
    heap.send({ kind: 'connect', ports: { page: port2 } });
    // The type of a remote loses generic methods. Every method of the service returns a promise, so the types match.
    return [heap, wrap<HeapService>(port1) as unknown as HeapService];
  }

  #startScanners(): EngineThread[] {
    const onLost = (loss: ThreadLoss) => {
      if (loss.cause === 'not-started') this.#heap.send({ kind: 'scan-unavailable', details: loss.details });
      else this.#replaceScanners();
    };
    const scan = new EngineThread('scan', scanUrl, { onLost });
    const sliceReader = new EngineThread('slice-reader', sliceReaderUrl, { onLost });
    const toHeap = new MessageChannel();
    const toReader = new MessageChannel();
    scan.send({ kind: 'connect', ports: { heap: toHeap.port1, 'slice-reader': toReader.port1 } });
    sliceReader.send({ kind: 'connect', ports: { scan: toReader.port2 } });
    this.#heap.send({ kind: 'connect', ports: { scan: toHeap.port2 } });
    return [scan, sliceReader];
  }

  #replaceScanners(): void {
    for (const thread of this.#scanners) thread.end();
    this.#scanners = this.#startScanners();
  }

  #heapLost(loss: ThreadLoss): void {
    if (loss.cause !== 'not-started') {
      [this.#heap, this.#service] = this.#startHeap();
      // They may still be scanning for the old thread.
      this.#replaceScanners();
    }
    this.#onHeapLost(loss);
  }
}
