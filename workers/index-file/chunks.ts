import {
  COLUMN_TYPES,
  type Column,
  ColumnChecksum,
  type ColumnType,
  columnTypeOf,
  type IndexPart,
} from './format.ts';

/** Elements that are transformed at a time: their bytes stay in the processor's cache. */
const CHUNK = 1 << 15;

/**
 * A column as bytes that gzip compresses well. 32-bit columns are written as differences: first the lowest bytes of all
 * differences, then the next bytes, and so on. Neighbours are similar, so most bytes are zero. O(length).
 */
export function* chunksOf(column: Column): Generator<Uint8Array<ArrayBuffer>> {
  const type = columnTypeOf(column);
  for (let start = 0; start < column.length; start += CHUNK) {
    const piece = column.subarray(start, start + CHUNK);
    if (type === 'u32' || type === 'i32') {
      yield planesOf(piece as Uint32Array, start === 0 ? 0 : column[start - 1]!);
    } else yield new Uint8Array(piece.buffer as ArrayBuffer, piece.byteOffset, piece.byteLength).slice();
  }
}

function planesOf(values: Uint32Array | Int32Array, before: number): Uint8Array<ArrayBuffer> {
  const { length } = values;
  const bytes = new Uint8Array(length * 4);
  let last = before | 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]! | 0;
    const difference = (value - last) | 0;
    // Zigzag coding: small negative numbers become small positive ones.
    const folded = (difference << 1) ^ (difference >> 31);
    bytes[i] = folded;
    bytes[length + i] = folded >>> 8;
    bytes[2 * length + i] = folded >>> 16;
    bytes[3 * length + i] = folded >>> 24;
    last = value;
  }
  return bytes;
}

/** How columns are stored in a file: as in memory, or as {@link chunksOf} writes them. */
export type ColumnBytes = 'raw' | 'split';

/** Fills columns, one after the other, from bytes in pieces of any size. */
export class ColumnsFiller {
  readonly #fillers: readonly ColumnFiller[];
  #at = 0;

  constructor(columns: IndexPart['columns'], as: ColumnBytes) {
    this.#fillers = columns.map(({ type, length }) => {
      if (!Object.hasOwn(COLUMN_TYPES, type)) throw new TypeError(`there is no column ${type}`);
      return new ColumnFiller(type, length, as);
    });
  }

  /** Adds the next bytes. Throws if there are more than the columns have room for. */
  take(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      while (this.#fillers[this.#at]?.isFull) this.#at++;
      const filler = this.#fillers[this.#at];
      if (filler === undefined) throw new TypeError('it has more than its columns');
      from += filler.take(bytes.subarray(from));
    }
  }

  /** The columns. Throws if bytes are missing. */
  columns(): Column[] {
    if (this.#fillers.some(filler => !filler.isFull)) throw new TypeError('its columns are cut');
    return this.#fillers.map(filler => filler.column);
  }

  /** The checksums of the columns, which must be full; for raw columns only. */
  checksums(): number[] {
    return this.#fillers.map(filler => filler.checksum.result());
  }
}

/** Fills a column from bytes in pieces of any size. */
class ColumnFiller {
  readonly column: Column;
  /** Of a raw column. */
  readonly checksum: ColumnChecksum;
  readonly #isSplit: boolean;
  readonly #bytes: Uint8Array;
  /** Number of bytes received for the column, or for its current chunk. */
  #filled = 0;
  /** Number of elements in complete chunks. */
  #done = 0;
  readonly #chunk: Uint8Array;

  constructor(type: ColumnType, length: number, as: ColumnBytes) {
    this.column = new COLUMN_TYPES[type](length);
    this.#isSplit = as === 'split' && (type === 'u32' || type === 'i32');
    this.#bytes = new Uint8Array(this.column.buffer);
    this.checksum = new ColumnChecksum(this.#bytes);
    this.#chunk = new Uint8Array(this.#isSplit ? Math.min(CHUNK, length) * 4 : 0);
  }

  get isFull(): boolean {
    return this.#isSplit ? this.#done === this.column.length : this.#filled === this.#bytes.length;
  }

  /** Takes as many bytes as the column has room for, and returns their number. */
  take(bytes: Uint8Array): number {
    if (!this.#isSplit) {
      const taken = bytes.subarray(0, this.#bytes.length - this.#filled);
      this.#bytes.set(taken, this.#filled);
      this.#filled += taken.length;
      this.checksum.add(this.#filled);
      return taken.length;
    }
    const size = Math.min(CHUNK, this.column.length - this.#done) * 4;
    const taken = bytes.subarray(0, size - this.#filled);
    this.#chunk.set(taken, this.#filled);
    this.#filled += taken.length;
    if (this.#filled === size) this.#join(size / 4);
    return taken.length;
  }

  #join(length: number): void {
    const bytes = this.#chunk;
    const column = this.column as Uint32Array | Int32Array;
    let last = this.#done === 0 ? 0 : column[this.#done - 1]! | 0;
    for (let i = 0; i < length; i++) {
      const folded =
        bytes[i]! |
        (bytes[length + i]! << 8) |
        (bytes[2 * length + i]! << 16) |
        (bytes[3 * length + i]! << 24);
      last = (last + ((folded >>> 1) ^ -(folded & 1))) | 0;
      column[this.#done + i] = last;
    }
    this.#done += length;
    this.#filled = 0;
  }
}
