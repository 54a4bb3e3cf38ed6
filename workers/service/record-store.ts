import type { ByteSource } from '../files/byte-source.ts';
import type { Importer, RecordDetails } from '../importers/importer.ts';
import { addressOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectIndex } from '../protocol/units.ts';

/** A record, and where it is in the text. */
export interface FoundRecord extends RecordDetails {
  offset: number;
}

/** Re-reads records of a snapshot from its file: their text is not kept. */
export class RecordStore {
  readonly #source: ByteSource;
  readonly #importer: Importer;
  readonly #snapshot: HeapSnapshot;

  constructor(source: ByteSource, importer: Importer, snapshot: HeapSnapshot) {
    this.#source = source;
    this.#importer = importer;
    this.#snapshot = snapshot;
  }

  /**
   * The records of some objects, in the order asked; null where the file does not have them any more. Reads
   * about 8 KiB for each, or the record if that is larger; for gzip inflates from the restart point before it.
   */
  async read(objects: readonly ObjectIndex[]): Promise<(FoundRecord | null)[]> {
    const blocks = new Map<number, { offset: number; length: number }>();
    for (const object of objects) {
      const block = this.#blockOf(object);
      if (!blocks.has(block)) blocks.set(block, this.#rangeOf(block));
    }
    const ranges = [...blocks.values()];
    const texts = await this.#source.read(ranges);
    const textOf = new Map([...blocks.keys()].map((block, i) => [block, texts[i]!]));
    return objects.map(object => {
      const block = this.#blockOf(object);
      const details = this.#importer.details(textOf.get(block)!, {
        address: addressOf(this.#snapshot, object),
        object,
        firstOfBlock: this.#snapshot.blocks.object[block]!,
      });
      return details && { ...details, offset: blocks.get(block)!.offset + details.offsetInBlock };
    });
  }

  /** The last block that starts at or before an object. O(log blocks). */
  #blockOf(object: ObjectIndex): number {
    const starts = this.#snapshot.blocks.object;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= object) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #rangeOf(block: number): { offset: number; length: number } {
    const { offset } = this.#snapshot.blocks;
    const start = offset[block]!;
    const end = offset[block + 1];
    if (end !== undefined) return { offset: start, length: end - start };
    return { offset: start, length: this.#snapshot.facts.textBytes - start };
  }
}
