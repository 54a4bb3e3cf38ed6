import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes, Count } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { GzipDamage } from './gzip-damage.ts';
import { hasRightChecksum, headerBytes, readTrailer, TRAILER_BYTES } from './gzip-header.ts';
import { Status } from './inflate-codes.ts';
import { Inflater } from './inflater.ts';
import type { RestartPoint, RestartPoints } from './restart-points.ts';
import { StoredReads } from './stored-reads.ts';

/** Finds where to continue after damage. */
export interface NextMember {
  /** Called when reading starts again. */
  begin(): void;
  /**
   * Start of the next whole member, at or after `from`; null if there is none. `reached`: how far the file was read.
   */
  next(from: ByteOffset, reached: ByteOffset): Promise<ByteOffset | null>;
}

/** Converts an offset in what is read to an offset in the user's file. */
export type PlaceOf = (offset: ByteOffset) => ByteOffset | Promise<ByteOffset>;

/** Inserted at a damaged place, so that no record continues as another. */
const LINE_END = Uint8Array.of(0x0a);

/**
 * The text of a gzip file, in pieces, from its start or from a restart point on. A file may have several members, one
 * after the other, and zeros after the last (RFC 1952, 2.2). At damage, the text continues at the next complete
 * member, if the reader can find one; otherwise, and if the file is truncated, the text ends. `damage` reports it.
 */
export class GzipReader {
  /** Where the next piece starts in the text. */
  textOffset: ByteOffset = 0;
  /** Members that were read from start to end and match their checksum. */
  wholeMembers: Count = 0;
  readonly #stored: StoredBytes;
  readonly #points: RestartPoints | null;
  readonly #search: NextMember | null;
  readonly #placeOf: PlaceOf;
  readonly #reads: StoredReads;
  readonly #inflater = new Inflater();
  #damage = new GzipDamage();
  #firstWrongHeader: ByteOffset | null = null;
  /** Length of text after the last member, such as a message of the program that copied the file. */
  #trailingText: Bytes = 0;
  /** Whether a deflate stream continues. */
  #inMember = false;
  /** Where the header of the last member starts, and where its text starts in the text of the file. */
  #memberStart: ByteOffset = 0;
  #memberOffset: ByteOffset = 0;
  /** From where on members are searched for: whole members contain no others. */
  #searchFrom: ByteOffset = 0;
  /** Whether the text continues after a damaged place. */
  #isBroken = false;
  #ended = false;

  /**
   * `points`: where restart points are noted on the way. `search`: how to continue after damage; by default the text
   * ends there. `placeOf`: the offsets that messages name, where `stored` is not all of the file as it is.
   */
  constructor(
    stored: StoredBytes,
    points: RestartPoints | null,
    search: NextMember | null = null,
    placeOf: PlaceOf = offset => offset,
  ) {
    this.#stored = stored;
    this.#points = points;
    this.#search = search;
    this.#placeOf = placeOf;
    this.#reads = new StoredReads(stored);
  }

  /** The offset up to which stored bytes were read. */
  get position(): ByteOffset {
    return this.#reads.position;
  }

  /** Why text is missing or cannot be trusted; null if there is no damage so far. */
  get damage(): string | null {
    return this.#damage.text;
  }

  /** Irregularities that did not affect the text; one sentence each. */
  get notes(): string[] {
    const notes: string[] = [];
    if (this.#firstWrongHeader !== null) {
      notes.push(
        `The gzip header at byte ${withThousands(this.#firstWrongHeader)} does not have the checksum it should have. The text has a checksum of its own.`,
      );
    }
    if (this.#trailingText > 0) {
      notes.push(`${withThousands(this.#trailingText)} bytes of text after the gzip stream were left out.`);
    }
    return notes;
  }

  /** Goes to the start of a member. Text offsets count from there. */
  startAt(start: ByteOffset): void {
    this.textOffset = 0;
    this.wholeMembers = 0;
    this.#damage = new GzipDamage();
    this.#trailingText = 0;
    this.#isBroken = false;
    this.#ended = false;
    this.#search?.begin();
    this.#goTo(start);
  }

  /** Goes to a restart point, or to the start of the file. */
  async restart(point: RestartPoint | null): Promise<void> {
    const bit = point?.storedBit ?? 0;
    this.startAt(Math.floor(bit / 8));
    if (point === null) return;
    this.textOffset = point.textOffset;
    if (point.window === null) return;
    this.#inMember = true;
    this.#memberStart = point.memberStart;
    this.#memberOffset = point.memberOffset;
    await this.#fill();
    this.#inflater.resume(bit % 8, point.window, point.checksum);
  }

  /** The next piece of the text, valid until the next call; null at the end. */
  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      if (this.#isBroken) {
        this.#isBroken = false;
        if (this.textOffset === 0) continue;
        this.textOffset++;
        return LINE_END;
      }
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
      this.#points?.add({
        textOffset: this.textOffset,
        storedBit: this.#unusedOffset() * 8 - inflater.bitsTaken,
        window: inflater.window(),
        memberStart: this.#memberStart,
        memberOffset: this.#memberOffset,
        checksum: inflater.checksum,
      });
    } else if (status === Status.needsInput) {
      if (!(await this.#fill())) await this.#endWithinMember();
    } else if (status === Status.ended) await this.#endMember();
    else if (status === Status.cut) await this.#endWithinMember();
    else if (status === Status.damaged) {
      const at = this.#unusedOffset();
      this.#damage.stream(await this.#placeOf(at), await this.#goOn(this.#memberStart + 1, at));
    }
    return text;
  }

  /** Offset of the first unused byte in what is stored. */
  #unusedOffset(): ByteOffset {
    return this.position - this.#inflater.unused.length;
  }

  /** Skips the header of the next member, if there is one. */
  async #beginMember(): Promise<void> {
    const isFirst = this.#unusedOffset() === 0;
    if (!isFirst && !(await this.#passZeros())) {
      this.#ended = true;
      return;
    }
    const at = this.#unusedOffset();
    let bytes = headerBytes(this.#inflater.unused);
    while (bytes === null && (await this.#fill())) bytes = headerBytes(this.#inflater.unused);
    if (bytes === null && this.#reads.atEnd) {
      await this.#cutShort();
      return;
    }
    // A header that does not fit into the inflater is not a header: names are not that long.
    if (bytes === null || Number.isNaN(bytes)) {
      const isText =
        this.wholeMembers > 0 && this.#damage.text === null && isPlainText(this.#inflater.unused);
      const next = await this.#goOn(Math.min(at, this.#searchFrom), at);
      if (isText && next === null) this.#trailingText = this.#stored.length - at;
      else this.#damage.noHeader(await this.#placeOf(at), next);
      return;
    }
    if (!isFirst && this.#points?.wants(this.textOffset)) {
      const { textOffset } = this;
      const state = { memberStart: at, memberOffset: textOffset, checksum: 0 };
      this.#points.add({ textOffset, storedBit: at * 8, window: null, ...state });
    }
    if (!hasRightChecksum(this.#inflater.unused.subarray(0, bytes))) {
      this.#firstWrongHeader ??= await this.#placeOf(at);
    }
    this.#inflater.skipInput(bytes);
    this.#inflater.begin();
    this.#inMember = true;
    this.#memberStart = at;
    this.#memberOffset = this.textOffset;
  }

  /** Skips the zeros that may follow a member. False if the file ends with them. */
  async #passZeros(): Promise<boolean> {
    for (;;) {
      const { unused } = this.#inflater;
      const other = unused.findIndex(byte => byte !== 0);
      this.#inflater.skipInput(other < 0 ? unused.length : other);
      if (other >= 0) return true;
      if (!(await this.#fill())) return false;
    }
  }

  /** Checks the trailer of a member whose text was read completely. */
  async #endMember(): Promise<void> {
    this.#inMember = false;
    const { checksum } = this.#inflater;
    while (this.#inflater.unused.length < TRAILER_BYTES && (await this.#fill()));
    if (this.#inflater.unused.length < TRAILER_BYTES) {
      await this.#endWithinMember();
      return;
    }
    const trailer = readTrailer(this.#inflater.unused);
    this.#inflater.skipInput(TRAILER_BYTES);
    const length = (this.textOffset - this.#memberOffset) % 2 ** 32;
    if (trailer.checksum === checksum && trailer.length === length) {
      this.wholeMembers++;
      this.#searchFrom = this.#unusedOffset();
      return;
    }
    this.#searchFrom = this.#memberStart + 1;
    this.#damage.wrongChecksum(await this.#placeOf(this.#unusedOffset()));
    if (this.#search === null) this.#ended = true;
  }

  /** The file ends within a member, or the member is damaged and seemed to continue through those after it. */
  async #endWithinMember(): Promise<void> {
    const start = this.#memberStart;
    const { length } = this.#stored;
    // Not for the first member: searching a large file of one truncated member would find nothing.
    const next = start === 0 ? null : await this.#goOn(start + 1, length);
    if (next === null) await this.#cutShort();
    else this.#damage.wholeStream(await this.#placeOf(start), next);
  }

  async #cutShort(): Promise<void> {
    this.#damage.cutShort(await this.#placeOf(this.#stored.length));
    this.#ended = true;
  }

  /**
   * Continues at the next whole member at a stored byte or after it, and tells where in the file that is. A damaged
   * member may have been read beyond its end, up to `reached`, so the search begins at its start.
   */
  async #goOn(from: ByteOffset, reached: ByteOffset): Promise<ByteOffset | null> {
    const next = (await this.#search?.next(from, reached)) ?? null;
    if (next === null) {
      this.#ended = true;
      return null;
    }
    this.#goTo(next);
    this.#isBroken = true;
    return this.#placeOf(next);
  }

  /** Continues at a stored byte that is not within a deflate stream. */
  #goTo(at: ByteOffset): void {
    this.#reads.seek(at);
    this.#inflater.clearInput();
    this.#inMember = false;
    this.#searchFrom = at;
  }

  /** Gives more stored bytes to the inflater. False if there are none, or no room for them. */
  async #fill(): Promise<boolean> {
    if (this.#reads.atEnd) return false;
    const room = this.#inflater.roomForInput();
    if (room === 0) return false;
    const bytes = await this.#reads.next(room);
    this.#inflater.addInput(bytes, this.#reads.atEnd);
    return true;
  }
}

/** Control characters in texts: tab, line feed, carriage return, and the escape of terminal colours. */
const CONTROLS_OF_TEXT = [0x09, 0x0a, 0x0d, 0x1b];

/** Whether bytes begin like text. Damaged compressed data has other bytes among the first 256. */
function isPlainText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 256);
  const isPrintable = head.every(byte => byte >= 0x20 || CONTROLS_OF_TEXT.includes(byte));
  // A character may be cut at the end of the head: `stream` allows that.
  return isPrintable && !new TextDecoder().decode(head, { stream: true }).includes('\uFFFD');
}
