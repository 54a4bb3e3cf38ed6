import type { ByteSource } from '../files/byte-source.ts';
import type { AddressList, Importer, RecordDetails, TakeValue } from '../importers/importer.ts';
import { addressOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Fraction, ObjectIndex } from '../protocol/units.ts';

const MIB = 2 ** 20;
/** Bytes of text that are read at a time. In Chromium, reading in pieces of 4 MiB takes twice as long. */
const RUN_BYTES = 16 * MIB;
/** The same for a compressed file. The file is read in order, so that it is inflated only once. */
const PACKED_RUN_BYTES = 4 * MIB;
/** Bytes of text between which messages are handled. */
const STEP_BYTES = 4 * MIB;
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

  /** Whether there is a text; otherwise all records are missing. */
  get hasText(): boolean {
    return this.#source.hasText !== false;
  }

  /**
   * The records of some objects, in the requested order; null if they are no longer in the file. Reads about 8 KiB for
   * each, or the record if that is larger. For gzip, inflates from the previous restart point.
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
   * Passes the texts of many strings, as stored in the file, to `take`, one after the other; null if a text is no
   * longer in the file. `objects` must ascend. Each text is valid until the next one. `advance` reports progress,
   * processes messages, and can stop the reading by throwing. O(text between the first and the last of them).
   */
  async readValues(
    objects: Uint32Array,
    take: TakeValue,
    advance: (fraction: Fraction) => Promise<void>,
  ): Promise<void> {
    const finder = this.#importer.texts?.finder();
    if (finder === undefined) return;
    for await (const { text, offset, blocks } of this.#runs(objects)) {
      let handled = offset;
      for (const block of blocks) {
        if (block.offset - handled > STEP_BYTES) {
          await advance(block.from / objects.length);
          handled = block.offset;
        }
        const addresses = new Addresses(this.#snapshot, objects, block.from, block.to);
        finder.find(text, block.offset - offset, block.end - offset, addresses, (at, bytes, start, end) =>
          take(block.from + at, bytes, start, end),
        );
      }
      await advance(blocks.at(-1)!.to / objects.length);
    }
  }

  /** Like {@link readValues}, but with readable texts, without escapes. */
  async readTexts(
    objects: Uint32Array,
    take: (at: number, text: string | null) => void,
    advance: (fraction: Fraction) => Promise<void>,
  ): Promise<void> {
    const { texts } = this.#importer;
    if (texts === undefined) return;
    const readable: TakeValue = (at, bytes, start, end) =>
      take(at, bytes && texts.unescaped(bytes.subarray(start, end)));
    await this.readValues(objects, readable, advance);
  }

  /** The runs of ascending objects, with their text. While one is processed, the next one is read. */
  async *#runs(objects: Uint32Array): AsyncGenerator<Run & { text: Uint8Array }> {
    let run = this.#runFrom(objects, 0);
    let reading = run && this.#readRun(run);
    while (run !== null && reading !== null) {
      const text = await reading;
      const next = this.#runFrom(objects, run.blocks.at(-1)!.to);
      reading = next && this.#readRun(next);
      // An error is thrown where the run is awaited, unless the caller stops before that.
      reading?.catch(() => undefined);
      yield { ...run, text };
      run = next;
    }
  }

  async #readRun({ offset, end }: Run): Promise<Uint8Array> {
    const [text] = await this.#source.read([{ offset, length: end - offset }]);
    return text!;
  }

  /** The blocks to read at once, for the objects from a position of the list on; null at the end of the list. */
  #runFrom(objects: Uint32Array, start: number): Run | null {
    if (start === objects.length) return null;
    const starts = this.#snapshot.blocks.object;
    const runBytes = this.#source.compressed ? PACKED_RUN_BYTES : RUN_BYTES;
    const blocks: Run['blocks'] = [];
    for (let at = start; at < objects.length; ) {
      const block = this.#blockOf(objects[at]!);
      const { offset, length } = this.#rangeOf(block);
      const end = offset + length;
      const last = blocks.at(-1);
      const isApart = last !== undefined && offset - last.end > MAX_GAP_BYTES;
      if (isApart || (last !== undefined && end - blocks[0]!.offset > runBytes)) break;
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
