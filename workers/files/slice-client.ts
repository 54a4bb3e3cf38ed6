import type { DumpFile } from '../protocol/dump-file.ts';
import type { Bytes } from '../protocol/units.ts';
import type { TextFindings } from './byte-source.ts';
import type { SliceMessage, SliceRequest } from './slice-messages.ts';
import { errorOf, type Failure, type ThreadEnd } from './thread-messages.ts';

/** The thread that reads, see `slice-server.ts`. */
export type SliceWorker = ThreadEnd<SliceMessage, SliceRequest>;

/** Receives information about a file besides its slices. */
export interface SliceListener {
  /** Called before each slice, with the position in the stored file at which the slice ends. */
  onPosition(position: Bytes): void;
  /** Called at the end. */
  onEnd(findings: TextFindings): void;
}

/** Reads a file's slices in another thread, which reads ahead. One file at a time. */
export class SliceClient {
  readonly #worker: SliceWorker;
  #lastId = 0;

  constructor(worker: SliceWorker) {
    this.#worker = worker;
  }

  /** The slices of a file, in order. */
  async *slices(file: DumpFile, name: string, listener: SliceListener): AsyncIterableIterator<Uint8Array> {
    const id = ++this.#lastId;
    const waiting: Exclude<SliceMessage, { kind: 'failed' }>[] = [];
    let failure: Failure | null = null;
    let wake: (() => void) | null = null;
    const worker = this.#worker;
    worker.onmessage = ({ data }) => {
      if (data.id !== id) return;
      if (data.kind === 'failed') failure = data.failure;
      else waiting.push(data);
      wake?.();
    };
    worker.postMessage({ kind: 'start', id, file, name }, []);
    try {
      for (;;) {
        const next = waiting.shift();
        if (next === undefined) {
          if (failure !== null) throw errorOf(failure);
          await new Promise<void>(resolve => {
            wake = resolve;
          });
        } else if (next.kind === 'end') {
          listener.onEnd(next.findings);
          return;
        } else {
          listener.onPosition(next.position);
          yield next.slice;
          // The consumer no longer uses it.
          const buffer = next.slice.buffer as ArrayBuffer;
          worker.postMessage({ kind: 'used', id, buffer }, [buffer]);
        }
      }
    } finally {
      worker.postMessage({ kind: 'stop', id }, []);
      worker.onmessage = null;
    }
  }
}
