import type { ByteSource } from '../files/byte-source.ts';
import type { AddressList, Importer, RecordDetails } from '../importers/importer.ts';
import { addressOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Fraction, ObjectIndex } from '../protocol/units.ts';

/** Bytes of text that are read at a time. Reading in order means that a compressed file is inflated once. */
const RUN_BYTES = 4 * 2 ** 20;
/** The largest gap between two blocks that is read rather than skipped. */
const MAX_GAP_BYTES = 256 * 1024;

/** A record, and its offset in the text. */
export interface FoundRecord extends RecordDetails {
  offset: number;
}

/** Neighbouring blocks, each with the positions of a list of objects that are in it. */
interface Run {
  offset: number;
  end: number;
  blocks: { offset: number; end: number; from: number; to: number }[];
}

/** Reads records of a snapshot from its file again, since their text is not kept. */
export class RecordStore {
  readonly #source: ByteSource;
  readonly #importer: Importer;
  readonly #snapshot: HeapSnapshot;

  constructor(source: ByteSource, importer: Importer, snapshot: HeapSnapshot) {
    this.#source = source;
    this.#importer = importer;
    this.#snapshot = snapshot;
  }

  /** Whether there is a text to read from; otherwise all records are missing. */
  get hasText(): boolean {
    return this.#source.hasText !== false;
  }

  /**
   * The records of some objects, in the order asked; null if they are no longer in the file. Reads
   * about 8 KiB for each, or the record if that is larger; for gzip inflates from the restart point before it.
   */
  async read(objects: readonly ObjectIndex[]): Promise<(FoundRecord | null)[]> {
    const blocks = new Map<number, { offset: number; length: number }>();
    for (const object of objects) {
      const block = this.#blockOf(object);
      if (!blocks.has(block)) blocks.set(block, this.#rangeOf(block));
    }
    const ranges = [...blocks.values()];
    const texts = this.hasText ? await this.#source.read(ranges) : ranges.map(() => new Uint8Array(0));
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

  /**
   * The texts of many strings as they are in the file, one after the other; null if one is no longer in the file.
   * `objects` ascend. Each text is valid until the next one. `advance` reports progress, processes messages, and can
   * end the reading. O(text between the first and the last of them).
   */
  async readValues(
    objects: Uint32Array,
    take: (at: number, value: Uint8Array | null) => void,
    advance: (fraction: Fraction) => Promise<void>,
  ): Promise<void> {
    await this.#readBlocks(objects, advance, (block, addresses, from) =>
      this.#importer.texts?.values(block, addresses, (which, value) => take(from + which, value)),
    );
  }

  /** The same without escapes, as readable text. */
  async readTexts(
    objects: Uint32Array,
    take: (at: number, text: string | null) => void,
    advance: (fraction: Fraction) => Promise<void>,
  ): Promise<void> {
    const { texts } = this.#importer;
    if (texts === undefined) return;
    await this.readValues(objects, (at, value) => take(at, value && texts.unescaped(value)), advance);
  }

  /**
   * The blocks of some objects, which ascend, one after the other, with the addresses of those in each. While one run
   * is handled, the next one is read.
   */
  async #readBlocks(
    objects: Uint32Array,
    advance: (fraction: Fraction) => Promise<void>,
    handle: (block: Uint8Array, addresses: AddressList, from: number) => void,
  ): Promise<void> {
    let run = this.#runFrom(objects, 0);
    let reading = run && this.#readRun(run);
    while (run !== null && reading !== null) {
      const text = await reading;
      const at = run.blocks.at(-1)!.to;
      const next = this.#runFrom(objects, at);
      reading = next && this.#readRun(next);
      // The error is thrown where the run is awaited, unless handling this one ends the loop first.
      reading?.catch(() => undefined);
      for (const { offset, end, from, to } of run.blocks) {
        const block = text.subarray(offset - run.offset, end - run.offset);
        handle(block, new Addresses(this.#snapshot, objects, from, to), from);
      }
      run = next;
      await advance(at / objects.length);
    }
  }

  async #readRun({ offset, end }: Run): Promise<Uint8Array> {
    const [text] = await this.#source.read([{ offset, length: end - offset }]);
    return text!;
  }

  /** The blocks of the objects from a position of the list on that are read at once; null at the end of the list. */
  #runFrom(objects: Uint32Array, start: number): Run | null {
    if (start === objects.length) return null;
    const starts = this.#snapshot.blocks.object;
    const blocks: Run['blocks'] = [];
    for (let at = start; at < objects.length; ) {
      const block = this.#blockOf(objects[at]!);
      const { offset, length } = this.#rangeOf(block);
      const end = offset + length;
      const last = blocks.at(-1);
      const isApart = last !== undefined && offset - last.end > MAX_GAP_BYTES;
      if (isApart || (last !== undefined && end - blocks[0]!.offset > RUN_BYTES)) break;
      const next = starts[block + 1] ?? this.#snapshot.objects;
      let to = at;
      while (to < objects.length && objects[to]! < next) to++;
      blocks.push({ offset, end, from: at, to });
      at = to;
    }
    return { offset: blocks[0]!.offset, end: blocks.at(-1)!.end, blocks };
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

/** The addresses of a range of objects in a list. */
class Addresses implements AddressList {
  readonly #snapshot: HeapSnapshot;
  readonly #objects: Uint32Array;
  readonly #from: number;
  readonly length: number;

  constructor(snapshot: HeapSnapshot, objects: Uint32Array, from: number, to: number) {
    this.#snapshot = snapshot;
    this.#objects = objects;
    this.#from = from;
    this.length = to - from;
  }

  number(at: number): number {
    const { pages, keys } = this.#snapshot;
    return pages.addressNumber(keys[this.#objects[this.#from + at]!]!);
  }

  text(at: number): string {
    return addressOf(this.#snapshot, this.#objects[this.#from + at]!);
  }
}
