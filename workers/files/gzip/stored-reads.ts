import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { type StoredBytes, unreadable } from '../stored-bytes.ts';

/** Bytes that are read at a time: as much as fits into the inflater. */
export const READ_BYTES = 256 << 10;
/**
 * Reads ahead while earlier bytes are inflated. In browsers one read takes longer than inflating its bytes.
 */
const READS_AHEAD = 4;

/** Reads a file piece by piece from any byte on, a few reads ahead. */
export class StoredReads {
  /** Where the next piece starts. */
  position: ByteOffset = 0;
  readonly #stored: StoredBytes;
  /** Reads in progress or done, in order. */
  #ahead: { offset: ByteOffset; bytes: Promise<Uint8Array> }[] = [];

  constructor(stored: StoredBytes) {
    this.#stored = stored;
  }

  /** Whether the end of the file is reached. */
  get atEnd(): boolean {
    return this.position === this.#stored.length;
  }

  seek(position: ByteOffset): void {
    this.position = position;
    this.#ahead = [];
  }

  /** The next piece, at least one byte and at most the given number. Must not be called at the end. */
  async next(most: Bytes): Promise<Uint8Array> {
    // A read may return less than was requested: then the following ones do not fit.
    if (this.#ahead[0]?.offset !== this.position) this.#ahead = [];
    this.#readAhead();
    const read = await this.#ahead.shift()!.bytes;
    const bytes = read.subarray(0, most);
    this.position += bytes.length;
    if (bytes.length < read.length) {
      this.#ahead.unshift({ offset: this.position, bytes: Promise.resolve(read.subarray(most)) });
    }
    return bytes;
  }

  /** Requests the bytes after `position`, or after what was requested before. */
  #readAhead(): void {
    const ahead = this.#ahead;
    const { length } = this.#stored;
    const last = ahead.at(-1);
    let offset = last === undefined ? this.position : endOfRead(last.offset);
    while (ahead.length < READS_AHEAD && offset < length) {
      const end = Math.min(length, endOfRead(offset));
      const bytes = this.#read(offset, end - offset);
      bytes.catch(() => undefined); // Thrown when it is awaited; a reader that stopped early does not await it.
      ahead.push({ offset, bytes });
      offset = end;
    }
  }

  async #read(offset: ByteOffset, bytes: Bytes): Promise<Uint8Array> {
    const read = await this.#stored.read(offset, bytes);
    // If the file shrinks while it is read, do not wait for bytes that never come.
    if (read.length === 0) throw unreadable(this.#stored.name, `it has no byte ${offset} any more`);
    return read;
  }
}

/** Reads end at multiples of their size, so the rest of a shorter one also determines where the next one starts. */
function endOfRead(offset: ByteOffset): ByteOffset {
  return (Math.floor(offset / READ_BYTES) + 1) * READ_BYTES;
}
