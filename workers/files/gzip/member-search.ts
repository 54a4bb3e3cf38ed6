import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { mayBeHeader, SHORTEST_HEADER_BYTES } from './gzip-header.ts';
import { GzipReader, type NextMember } from './gzip-reader.ts';
import { readAll } from './stored-part.ts';
import { READ_BYTES } from './stored-reads.ts';

/** Stored bytes that unsuccessful attempts may read, in addition to the length of the file. */
const SPARE_TRIAL_BYTES = 64 << 20;

/**
 * Finds where a gzip file can be read again after damage: at the next complete member. Each candidate is read to its
 * end, where its checksum must match. All failed trials together are limited to about the length of the file, so that
 * a file full of false starts does not take forever.
 */
export class MemberSearch implements NextMember {
  readonly #stored: StoredBytes;
  #trialBytes: Bytes = 0;
  #reader: GzipReader | null = null;

  constructor(stored: StoredBytes) {
    this.#stored = stored;
    this.begin();
  }

  /** Begins a new pass over the file, and resets the limit of attempts. */
  begin(): void {
    this.#trialBytes = this.#stored.length + SPARE_TRIAL_BYTES;
  }

  /**
   * Where the next complete member starts, at `from` or after it; null if there is none. The bytes up to `reached`,
   * which were read in vain, count as a trial. O(rest of the file).
   */
  async next(from: ByteOffset, reached: ByteOffset): Promise<ByteOffset | null> {
    const next = await this.#find(from);
    if (next !== null) this.#trialBytes -= Math.max(0, reached - next);
    return next;
  }

  async #find(from: ByteOffset): Promise<ByteOffset | null> {
    for (let at = from; this.#trialBytes > 0 && at < this.#stored.length; ) {
      const bytes = await readAll(this.#stored, at, READ_BYTES);
      if (bytes.length < SHORTEST_HEADER_BYTES) return null;
      for (let i = bytes.indexOf(0x1f); i >= 0; i = bytes.indexOf(0x1f, i + 1)) {
        if (bytes[i + 1] !== 0x8b || !mayBeHeader(bytes.subarray(i))) continue;
        if (await this.#isWhole(at + i)) return at + i;
        if (this.#trialBytes <= 0) return null;
      }
      // A header may extend beyond the bytes read so far.
      at += bytes.length - SHORTEST_HEADER_BYTES + 1;
    }
    return null;
  }

  async #isWhole(start: ByteOffset): Promise<boolean> {
    this.#reader ??= new GzipReader(this.#stored, null);
    const reader = this.#reader;
    reader.startAt(start);
    while (reader.wholeMembers === 0 && (await reader.next()) !== null);
    if (reader.wholeMembers > 0) return true;
    this.#trialBytes -= Math.max(READ_BYTES, reader.position - start);
    return false;
  }
}
