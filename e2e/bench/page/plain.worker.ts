import { expose } from 'comlink';
import type { PlainFigures } from './figures.ts';
import { LineParser } from './parse-lines.ts';
import { textSlices } from './text-slices.ts';

/** The minimum that any program needs for the same file: in a worker, like the engine. */
const plainWorker = {
  async floor(file: File): Promise<PlainFigures> {
    const start = performance.now();
    let textBytes = 0;
    for await (const slice of textSlices(file)) textBytes += slice.length;
    return { ms: performance.now() - start, textBytes, records: 0 };
  },

  async baseline(file: File): Promise<PlainFigures> {
    const start = performance.now();
    const parser = new LineParser();
    let textBytes = 0;
    for await (const slice of textSlices(file)) {
      textBytes += slice.length;
      parser.take(slice);
    }
    parser.end();
    return { ms: performance.now() - start, textBytes, records: parser.records };
  },

  async ping(): Promise<void> {},
};

export type PlainWorker = typeof plainWorker;

expose(plainWorker);
