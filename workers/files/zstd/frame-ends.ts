const MAGIC = 0xfd2fb528;
/** The sixteen magic numbers of skippable frames differ only in their last four bits. */
const SKIPPABLE = 0x184d2a50;

/** A part of a zstd frame, within the bytes that were passed. */
export interface FramePart {
  /** Where the part ends. */
  end: number;
  /** Whether it belongs to a frame with text, rather than to a skippable one. */
  hasText: boolean;
  /** Whether it is the last part of the frame. */
  isLast: boolean;
  /** The checksum of the frame's text, at the end of a frame that has one. */
  checksum: number | null;
}

type State = 'magic' | 'skip length' | 'skipped' | 'flags' | 'header' | 'block' | 'content' | 'checksum';

/** Bytes that a state needs completely before it can continue; the other states take theirs as they come. */
const NEEDED: Partial<Record<State, number>> = {
  magic: 4,
  'skip length': 4,
  flags: 1,
  block: 3,
  checksum: 4,
};

/**
 * Finds where the frames of a zstd file end, without decompressing them (RFC 8878): headers of frames and blocks
 * contain their lengths.
 */
export class FrameEnds {
  #state: State = 'magic';
  readonly #gathered: number[] = [];
  /** Remaining bytes of a header or a block. */
  #ahead = 0;
  #hasChecksum = false;
  #isLastBlock = false;

  /** Whether the bytes so far end with a frame. */
  get isBetweenFrames(): boolean {
    return this.#state === 'magic' && this.#gathered.length === 0;
  }

  /**
   * The part of a frame that begins at `from`, up to the end of the frame or of the bytes. Throws if the bytes are
   * not a zstd frame.
   */
  next(bytes: Uint8Array, from: number): FramePart {
    let at = from;
    // The magic number may be in the previous bytes.
    let hasText = this.#state !== 'skip length' && this.#state !== 'skipped';
    while (at < bytes.length) {
      const needed = NEEDED[this.#state];
      if (needed === undefined) {
        const taken = Math.min(this.#ahead, bytes.length - at);
        at += taken;
        this.#ahead -= taken;
        if (this.#ahead > 0) break;
      } else {
        this.#gathered.push(bytes[at++]!);
        if (this.#gathered.length < needed) continue;
      }
      const value = this.#gathered.reduce((sum, byte, place) => sum + byte * 2 ** (8 * place), 0);
      this.#gathered.length = 0;
      const ends = this.#go(value);
      if (this.#state === 'skip length') hasText = false;
      if (ends !== null) return { end: at, hasText, isLast: true, checksum: ends.checksum };
    }
    return { end: at, hasText, isLast: false, checksum: null };
  }

  /** Continues when a state has the bytes it needs. Returns a value where a frame ends. */
  #go(value: number): { checksum: number | null } | null {
    switch (this.#state) {
      case 'magic':
        if (value === MAGIC) this.#state = 'flags';
        else if (value - (value % 16) === SKIPPABLE) this.#state = 'skip length';
        else throw new Error('no frame begins here');
        return null;
      case 'skip length':
        return this.#expect('skipped', value);
      case 'flags':
        this.#hasChecksum = (value & 4) !== 0;
        return this.#expect('header', headerBytes(value));
      case 'header':
        this.#state = 'block';
        return null;
      case 'block': {
        this.#isLastBlock = (value & 1) !== 0;
        const type = (value >> 1) & 3;
        if (type === 3) throw new Error('a block of no known type');
        // A block of type 1 is one byte, repeated.
        return this.#expect('content', type === 1 ? 1 : value >> 3);
      }
      case 'content':
        if (!this.#isLastBlock) this.#state = 'block';
        else if (this.#hasChecksum) this.#state = 'checksum';
        else return this.#end(null);
        return null;
      case 'checksum':
        return this.#end(value);
      case 'skipped':
        return this.#end(null);
    }
  }

  #expect(state: State, bytes: number): { checksum: number | null } | null {
    this.#state = state;
    this.#ahead = bytes;
    return bytes === 0 ? this.#go(0) : null;
  }

  #end(checksum: number | null): { checksum: number | null } {
    this.#state = 'magic';
    return { checksum };
  }
}

/** Length of a frame's header after the flags: window, dictionary, length of the text. */
function headerBytes(flags: number): number {
  const isSingle = (flags >> 5) & 1;
  const dictionary = [0, 1, 2, 4][flags & 3]!;
  const content = [isSingle, 2, 4, 8][flags >> 6]!;
  return 1 - isSingle + dictionary + content;
}
