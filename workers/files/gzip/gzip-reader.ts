import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { type StoredBytes, unreadable } from '../stored-bytes.ts';
import { hasRightChecksum, headerBytes, readTrailer, TRAILER_BYTES } from './gzip-header.ts';
import { Status } from './inflate-codes.ts';
import { Inflater } from './inflater.ts';
import type { RestartPoint, RestartPoints } from './restart-points.ts';

/** Stored bytes that are read at a time: all that there is room for in the inflater. */
const READ_BYTES = 256 << 10;
/**
 * Reads that are under way while what came before is inflated. One read takes the browser longer than it takes to
 * inflate what it brings.
 */
const READS_AHEAD = 4;

/**
 * The text of a gzip file, in pieces, from its start or from a restart point on. A file may have several members, one
 * behind the other, and zeros behind the last (RFC 1952, 2.2). Where it is cut short or damaged the text ends, and
 * `damage` says so.
 */
export class GzipReader {
  /** Where the next piece starts in the text. */
  textOffset: ByteOffset = 0;
  /** Stored bytes up to which were read. */
  position: ByteOffset = 0;
  /** Why there is no more text, although there should be; one sentence. */
  damage: string | null = null;
  /** What was odd and did no harm to the text; one sentence each. */
  readonly notes: string[] = [];
  readonly #stored: StoredBytes;
  readonly #points: RestartPoints | null;
  readonly #inflater = new Inflater();
  /** Stored bytes that are being read, or were; in order. */
  #ahead: { offset: ByteOffset; bytes: Promise<Uint8Array> }[] = [];
  /** A deflate stream goes on. */
  #inMember = false;
  /** Where the text of this member starts; null if it was not read from its start, so that it cannot be checked. */
  #memberOffset: ByteOffset | null = null;
  #ended = false;

  /** `points`: where restart points are noted on the way. */
  constructor(stored: StoredBytes, points: RestartPoints | null) {
    this.#stored = stored;
    this.#points = points;
  }

  /** Goes to a restart point, or to the start of the file. */
  async restart(point: RestartPoint | null): Promise<void> {
    const bit = point?.storedBit ?? 0;
    this.textOffset = point?.textOffset ?? 0;
    this.position = Math.floor(bit / 8);
    this.damage = null;
    this.#ended = false;
    this.#ahead = [];
    this.#memberOffset = null;
    this.#inMember = point !== null && point.window !== null;
    this.#inflater.clearInput();
    if (!this.#inMember) return;
    await this.#fill();
    this.#inflater.begin(bit % 8, point!.window);
  }

  /** The next piece of the text, which is gone with the one after it; null at the end. */
  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      if (!this.#inMember) await this.#beginMember();
      else {
        const piece = await this.#inflate();
        if (piece.length > 0) return piece;
      }
    }
    return null;
  }

  async #inflate(): Promise<Uint8Array> {
    const inflater = this.#inflater;
    const status = inflater.run(this.#points?.wants(this.textOffset) ?? false);
    const { text } = inflater;
    this.textOffset += text.length;
    if (status === Status.blockEnded) {
      const storedBit = this.#unusedOffset() * 8 - inflater.bitsTaken;
      this.#points?.add({ textOffset: this.textOffset, storedBit, window: inflater.window() });
    } else if (status === Status.needsInput) await this.#fill();
    else if (status === Status.ended) await this.#endMember();
    else if (status === Status.cut) this.#end(this.#cutShort());
    else if (status === Status.damaged) {
      this.#end(`The gzip stream is damaged at byte ${withThousands(this.#unusedOffset())}.`);
    }
    return text;
  }

  /** Where the first unused byte is in the file as stored. */
  #unusedOffset(): ByteOffset {
    return this.position - this.#inflater.unused.length;
  }

  /** Passes over the header of the next member, if there is one. */
  async #beginMember(): Promise<void> {
    const isFirst = this.#unusedOffset() === 0;
    if (!isFirst && !(await this.#passZeros())) {
      this.#end(null);
      return;
    }
    const at = this.#unusedOffset();
    let bytes = headerBytes(this.#inflater.unused);
    while (bytes === null && (await this.#fill())) bytes = headerBytes(this.#inflater.unused);
    if (bytes === null || Number.isNaN(bytes)) {
      this.#end(
        bytes === null ? this.#cutShort() : `What is at byte ${withThousands(at)} is no gzip header.`,
      );
      return;
    }
    if (!isFirst && this.#points?.wants(this.textOffset)) {
      this.#points.add({ textOffset: this.textOffset, storedBit: at * 8, window: null });
    }
    if (!hasRightChecksum(this.#inflater.unused.subarray(0, bytes))) {
      this.notes.push(
        `The gzip header at byte ${withThousands(at)} does not have the checksum it should have. The text has one of its own.`,
      );
    }
    this.#inflater.skipInput(bytes);
    this.#inflater.begin(0, null);
    this.#inMember = true;
    this.#memberOffset = this.textOffset;
  }

  /** Passes over the zeros that may be behind a member; false if the file ends with them. */
  async #passZeros(): Promise<boolean> {
    for (;;) {
      const { unused } = this.#inflater;
      const other = unused.findIndex(byte => byte !== 0);
      this.#inflater.skipInput(other < 0 ? unused.length : other);
      if (other >= 0) return true;
      if (!(await this.#fill())) return false;
    }
  }

  /** Checks what a member says of its text, where all of that was read. */
  async #endMember(): Promise<void> {
    this.#inMember = false;
    const { checksum } = this.#inflater;
    while (this.#inflater.unused.length < TRAILER_BYTES && (await this.#fill()));
    if (this.#inflater.unused.length < TRAILER_BYTES) {
      this.#end(this.#cutShort());
      return;
    }
    const trailer = readTrailer(this.#inflater.unused);
    this.#inflater.skipInput(TRAILER_BYTES);
    if (this.#memberOffset === null) return;
    const length = (this.textOffset - this.#memberOffset) % 2 ** 32;
    if (trailer.checksum === checksum && trailer.length === length) return;
    this.#end(
      `The gzip stream that ends at byte ${withThousands(this.#unusedOffset())} does not have the checksum it should have: some of its text is not what was written.`,
    );
  }

  #cutShort(): string {
    return `The gzip file is cut short: it ends at byte ${withThousands(this.#stored.length)}, in the middle of the stream.`;
  }

  #end(damage: string | null): void {
    this.damage = damage;
    this.#ended = true;
  }

  /** Gives more stored bytes to the inflater; false if there are none, or no room for them. */
  async #fill(): Promise<boolean> {
    const { length } = this.#stored;
    if (this.position === length) return false;
    const room = this.#inflater.roomForInput();
    if (room === 0) return false;
    // A read may bring less than was asked for: then the ones behind it are of no use.
    if (this.#ahead[0]?.offset !== this.position) this.#ahead = [];
    this.#readAhead();
    const read = await this.#ahead.shift()!.bytes;
    const bytes = read.subarray(0, room);
    this.position += bytes.length;
    this.#inflater.addInput(bytes, this.position === length);
    if (bytes.length < read.length) {
      this.#ahead.unshift({ offset: this.position, bytes: Promise.resolve(read.subarray(room)) });
    }
    return true;
  }

  /** Asks for what comes behind `position`, or behind what was asked for already. */
  #readAhead(): void {
    const ahead = this.#ahead;
    const { length } = this.#stored;
    const last = ahead.at(-1);
    let offset = last === undefined ? this.position : endOfRead(last.offset);
    while (ahead.length < READS_AHEAD && offset < length) {
      const end = Math.min(length, endOfRead(offset));
      const bytes = this.#read(offset, end - offset);
      bytes.catch(() => undefined); // Thrown when it is waited for; a reader that stopped early does not.
      ahead.push({ offset, bytes });
      offset = end;
    }
  }

  async #read(offset: ByteOffset, bytes: Bytes): Promise<Uint8Array> {
    const read = await this.#stored.read(offset, bytes);
    // A file that shrinks while it is read must not be waited for.
    if (read.length === 0) throw unreadable(this.#stored.name, `it has no byte ${offset} any more`);
    return read;
  }
}

/** Reads end at multiples of their size: so what is left of one, too, tells where the next one starts. */
function endOfRead(offset: ByteOffset): ByteOffset {
  return (Math.floor(offset / READ_BYTES) + 1) * READ_BYTES;
}
