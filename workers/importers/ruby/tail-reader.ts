import type { FlagsReader } from './flags-reader.ts';
import { Field, type RecordFields } from './record-fields.ts';
import { IRREGULAR, type ValueReader } from './value-reader.ts';
import { wordOf } from './word-table.ts';

// What stands between the values of a record's tail, as the words that are compared.
const LINE = [wordOf(', "l'), wordOf('ine"')] as const;
const METHOD = [wordOf(', "m'), wordOf('etho'), wordOf('d":"')] as const;
const GENERATION = [wordOf(', "g'), wordOf('ener'), wordOf('atio'), wordOf('on":')] as const;
const MEMSIZE = [wordOf(', "m'), wordOf('emsi'), wordOf('ze":')] as const;
const FLAGS = [wordOf(', "f'), wordOf('lags'), wordOf('gs":')] as const;
const COLON = 0x3a;

/**
 * Reads the end of a record in the one order in which Ruby writes it: file, line, method, generation, memsize,
 * flags. These are half of a traced record's bytes; not asking for each key what it is saves a third of the time.
 * Where the order is another, it stops, and the general reader goes on from there.
 */
export class TailReader {
  readonly #reader: ValueReader;
  readonly #flags: FlagsReader;
  readonly #fields: RecordFields;
  /** Objects that were allocated together often lie together. */
  #lastFile = 0;

  constructor(reader: ValueReader, flags: FlagsReader, fields: RecordFields) {
    this.#reader = reader;
    this.#flags = flags;
    this.#fields = fields;
  }

  /** From the value of `file` on; the position behind the last value read, or {@link IRREGULAR}. */
  fromFile(p: number): number {
    const reader = this.#reader;
    const { bytes, view } = reader;
    const { values } = this.#fields;
    p = reader.textLike(p, this.#lastFile);
    if (p < 0) return IRREGULAR;
    this.#lastFile = reader.number;
    values[Field.file] = this.#lastFile;
    if (
      view.getInt32(p, true) === LINE[0] &&
      view.getInt32(p + 4, true) === LINE[1] &&
      bytes[p + 8] === COLON
    ) {
      p = reader.integer(p + 9);
      if (p < 0) return IRREGULAR;
      values[Field.line] = reader.number;
    }
    if (
      view.getInt32(p, true) === METHOD[0] &&
      view.getInt32(p + 4, true) === METHOD[1] &&
      view.getInt32(p + 8, true) === METHOD[2]
    ) {
      p = reader.text(p + 11);
      if (p < 0) return IRREGULAR;
      values[Field.method] = reader.number;
    }
    if (
      view.getInt32(p, true) === GENERATION[0] &&
      view.getInt32(p + 4, true) === GENERATION[1] &&
      view.getInt32(p + 8, true) === GENERATION[2] &&
      view.getInt32(p + 11, true) === GENERATION[3]
    ) {
      p = reader.integer(p + 15);
      if (p < 0) return IRREGULAR;
      values[Field.generation] = reader.number + 1;
    }
    if (
      view.getInt32(p, true) === MEMSIZE[0] &&
      view.getInt32(p + 4, true) === MEMSIZE[1] &&
      view.getInt32(p + 8, true) === MEMSIZE[2]
    ) {
      return this.fromMemsize(p + 12);
    }
    return p;
  }

  /** From the value of `memsize` on. */
  fromMemsize(p: number): number {
    const reader = this.#reader;
    const { view } = reader;
    p = reader.integer(p);
    if (p < 0) return IRREGULAR;
    this.#fields.memsize = reader.number;
    if (
      view.getInt32(p, true) !== FLAGS[0] ||
      view.getInt32(p + 4, true) !== FLAGS[1] ||
      view.getInt32(p + 6, true) !== FLAGS[2]
    ) {
      return p;
    }
    p = this.#flags.read(p + 10);
    this.#fields.values[Field.flags]! |= this.#flags.flags;
    return p;
  }
}
