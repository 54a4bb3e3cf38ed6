/**
 * The layout of an index file: a line of text with the format, its version, and the length and checksum of the header;
 * the header as JSON; and the parts. In the small form, each part is a gzip member of encoded columns, and the header
 * has a checksum of its bytes, so that parts can be unpacked separately, and damage is detected before that. In the
 * fast form, columns are as they are in memory, in two parts, and the header has a checksum of each column.
 */
export { INDEX_MAGIC as MAGIC } from '../protocol/index-magic.ts';

import type { IndexForm } from '../protocol/index-magic.ts';
import type { Bytes } from '../protocol/units.ts';

/** Version of layout and contents. Files of other versions are rejected: an index can be rebuilt from its dump. */
export const VERSION = 6;
/** Number of bytes by which an index file is recognized. */
export const MAGIC_BYTES = 32;
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** The extension of file names. */
export const INDEX_EXTENSION = '.heapscape';

export const COLUMN_TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
};
export type ColumnType = keyof typeof COLUMN_TYPES;
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The header of an index file. */
export interface IndexHeader {
  /** The dump's file name and size. */
  name: string;
  fileBytes: number;
  compressed: boolean;
  importerId: string;
  form: IndexForm;
  parts: IndexPart[];
}

/** A part of the file. */
export interface IndexPart {
  /** `checksum`: only in the fast form. */
  columns: { type: ColumnType; length: number; checksum?: number }[];
  /** Plain data; a column is `{"$column": position}`. */
  data: unknown;
  /** Length in the file. */
  bytes: Bytes;
  /** Checksum of its bytes in the file; only in the small form. */
  checksum?: number;
}

/** The type of a column; null for other typed arrays. */
export function columnTypeOf(column: ArrayBufferView): ColumnType | null {
  const types = Object.keys(COLUMN_TYPES) as ColumnType[];
  return types.find(type => column instanceof COLUMN_TYPES[type]) ?? null;
}

/** Replaces typed arrays in a value with references to a list, which contains each array once. */
export function withoutColumns(value: unknown): { data: unknown; columns: Column[] } {
  const columns: Column[] = [];
  const known = new Map<unknown, number>();
  const without = (each: unknown): unknown => {
    if (ArrayBuffer.isView(each)) {
      if (columnTypeOf(each) === null) throw new Error('a column is of a type that index files do not have');
      let at = known.get(each);
      if (at === undefined) {
        at = columns.push(each as Column) - 1;
        known.set(each, at);
      }
      return { $column: at };
    }
    if (Array.isArray(each)) return each.map(without);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, without(inner)]));
  };
  return { data: without(value), columns };
}

/** Replaces the references with the columns again. */
export function withColumns(data: unknown, columns: readonly Column[]): unknown {
  if (Array.isArray(data)) return data.map(each => withColumns(each, columns));
  if (typeof data !== 'object' || data === null) return data;
  const { $column: at } = data as { $column?: unknown };
  if (typeof at === 'number') return columns[at];
  return Object.fromEntries(Object.entries(data).map(([key, inner]) => [key, withColumns(inner, columns)]));
}

/** Checksum of a column, as {@link ColumnChecksum} defines it. O(length). */
export function columnChecksum({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const checksum = new ColumnChecksum(byteOffset % 4 === 0 ? bytes : bytes.slice());
  checksum.add(byteLength);
  return checksum.result();
}

/**
 * Checksum of a column that is being filled: FNV-1a over words of 32 bits, in four interleaved lanes, so that the
 * processor does not have to wait for one product before it starts the next; then over the four results and the
 * remaining bytes. Adding bytes soon after they were written is three times as fast as a pass over the whole column,
 * because they are still in the processor's cache.
 */
export class ColumnChecksum {
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  #added = 0;
  #lanes: [number, number, number, number] = [FNV_BASIS | 0, FNV_BASIS | 0, FNV_BASIS | 0, FNV_BASIS | 0];

  /** The bytes of the whole column, aligned to words. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  }

  /** Adds the bytes up to the first `filled` ones; each is added once. */
  add(filled: Bytes): void {
    const words = this.#words;
    const end = Math.floor(filled / 16) * 4;
    let [a, b, c, d] = this.#lanes;
    for (let at = this.#added; at < end; at += 4) {
      a = Math.imul(a ^ words[at]!, FNV_PRIME);
      b = Math.imul(b ^ words[at + 1]!, FNV_PRIME);
      c = Math.imul(c ^ words[at + 2]!, FNV_PRIME);
      d = Math.imul(d ^ words[at + 3]!, FNV_PRIME);
    }
    this.#lanes = [a, b, c, d];
    this.#added = end;
  }

  /** Of all bytes, which must have been added. */
  result(): number {
    let hash = FNV_BASIS | 0;
    for (const lane of this.#lanes) hash = Math.imul(hash ^ lane, FNV_PRIME);
    for (const byte of this.#bytes.subarray(this.#added * 4)) hash = Math.imul(hash ^ byte, FNV_PRIME);
    return hash >>> 0;
  }
}

/** Checksum of a header or a part: FNV-1a, 32 bits. */
export function checksumOf(bytes: Uint8Array): number {
  let hash = FNV_BASIS;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash >>> 0;
}
