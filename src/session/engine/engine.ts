import { wrap } from 'comlink';
import heapUrl from '../../../workers/heap.worker.ts?worker&url';
import type { HeapService } from '../../../workers/protocol/heap-service.ts';
import scanUrl from '../../../workers/scan.worker.ts?worker&url';
import sliceReaderUrl from '../../../workers/slice-reader.worker.ts?worker&url';
import { EngineThread, type ThreadLoss } from './engine-thread.ts';

/**
 * The threads of the engine: started and connected here, watched, and replaced when they are lost. The threads that
 * scan hold no heap and are replaced together, without a word: the scan that was under way fails with a problem of its
 * own. With the thread that holds the heaps all of them are lost.
 */
export class Engine {
  readonly #onHeapLost: (loss: ThreadLoss) => void;
  #heap: EngineThread;
  #scanners: readonly EngineThread[];
  #service: HeapService;

  /**
   * Starts the threads. `onHeapLost` is called when all open heaps are gone. A new thread exists by then, and
   * {@link service} is its service, unless the old one was never started: then it can only be tried by reloading.
   */
  constructor(onHeapLost: (loss: ThreadLoss) => void) {
    this.#onHeapLost = onHeapLost;
    [this.#heap, this.#service] = this.#startHeap();
    this.#scanners = this.#startScanners();
  }

  /** The service of the thread that holds the heaps now. Its promises never settle once that is lost. */
  get service(): HeapService {
    return this.#service;
  }

  #startHeap(): [EngineThread, HeapService] {
    const { port1, port2 } = new MessageChannel();
    const heap = new EngineThread('heap', heapUrl, {
      onLost: loss => this.#heapLost(loss),
      onMessage: ({ kind }) => {
        // While they are being loaded they cannot be stuck.
        if (kind === 'scan-stuck' && this.#scanners.every(thread => thread.isReady)) this.#replaceScanners();
      },
    });
    heap.send({ kind: 'connect', ports: { page: port2 } });
    // The type of a remote loses generic methods. Each method of the service returns a promise, so that it is the same.
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
      // They may be scanning for the old one.
      this.#replaceScanners();
    }
    this.#onHeapLost(loss);
  }
}
