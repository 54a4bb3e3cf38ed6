import type { DumpFile } from '../protocol/dump-file.ts';
import { type Problem, ProblemError } from '../protocol/errors.ts';
import type { Bytes } from '../protocol/units.ts';
import type { TextFindings } from './byte-source.ts';
import type { SliceMessage, SliceRequest } from './slice-messages.ts';

/** A thread that reads, or a port to it: see `slice-server.ts`. */
export interface SliceWorker {
  onmessage: ((event: MessageEvent<SliceMessage>) => void) | null;
  postMessage(message: SliceRequest, transfer: Transferable[]): void;
}

/** Whoever wants to know more of a file than its slices. */
export interface SliceListener {
  /** Told how far in the file as stored the next slice goes. */
  onPosition(position: Bytes): void;
  /** Told at the end. */
  onEnd(findings: TextFindings): void;
}

/** Gets a file's slices from a thread of its own, which reads ahead. One file at a time. */
export class SliceClient {
  readonly #worker: SliceWorker;
  #lastId = 0;

  constructor(worker: SliceWorker) {
    this.#worker = worker;
  }

  /** The slices of a file, in order. */
  async *slices(file: DumpFile, name: string, listener: SliceListener): AsyncIterableIterator<Uint8Array> {
    const id = ++this.#lastId;
    const waiting: Exclude<SliceMessage, { kind: 'problem' }>[] = [];
    let problem: Problem | null = null;
    let wake: (() => void) | null = null;
    const worker = this.#worker;
    worker.onmessage = ({ data }) => {
      if (data.id !== id) return;
      if (data.kind === 'problem') problem = data.problem;
      else waiting.push(data);
      wake?.();
    };
    worker.postMessage({ kind: 'start', id, file, name }, []);
    try {
      for (;;) {
        const next = waiting.shift();
        if (next === undefined) {
          if (problem !== null) throw new ProblemError(problem);
          await new Promise<void>(resolve => {
            wake = resolve;
          });
        } else if (next.kind === 'end') {
          listener.onEnd(next.findings);
          return;
        } else {
          listener.onPosition(next.position);
          yield next.slice;
          // Whoever got it is done with it.
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
