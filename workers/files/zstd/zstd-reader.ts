import { ProblemError } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { FrameEnds } from './frame-ends.ts';

/** Bytes of the file that are read at a time. */
const PIECE_BYTES = 1 << 20;
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Whether a file is compressed with zstd, judged by its first bytes. */
export async function isZstd(stored: StoredBytes): Promise<boolean> {
  const head = await stored.read(0, MAGIC.length);
  return head.length === MAGIC.length && MAGIC.every((byte, at) => head[at] === byte);
}

/**
 * Unpacks a zstd file from start to end, once, and verifies the checksums of its frames. The unpacker (`fzstd`, 24 kB)
 * is loaded on first use.
 */
export class ZstdReader {
  readonly #stored: StoredBytes;
  #damage: string | null = null;
  position: Bytes = 0;

  constructor(stored: StoredBytes) {
    this.#stored = stored;
  }

  /**
   * Why the text ends early or may be wrong, in one sentence; null if neither. Complete only after the whole text was
   * read.
   */
  get damage(): string | null {
    return this.#damage;
  }

  /** The text. Throws a `ProblemError` if the file is damaged from its start, so that there is none. */
  async *text(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const [{ Decompress }, { Checksum }] = await Promise.all([import('fzstd'), import('./checksum.ts')]);
    const { name, length } = this.#stored;
    const ends = new FrameEnds();
    const checksum = new Checksum();
    let waiting: Uint8Array<ArrayBuffer>[] = [];
    const frame = () =>
      new Decompress(text => {
        if (text.length === 0) return;
        checksum.add(text);
        waiting.push(text.slice());
      });
    let stream = frame();
    let isEmpty = true;
    let isReadable = true;
    this.position = 0;
    while (isReadable) {
      const piece = await this.#stored.read(this.position, PIECE_BYTES);
      if (piece.length === 0) break;
      try {
        for (let at = 0; at < piece.length; ) {
          const part = ends.next(piece, at);
          if (part.hasText) stream.push(piece.subarray(at, part.end), part.isLast);
          at = part.end;
          if (!part.isLast) continue;
          const sum = checksum.take();
          if (part.checksum !== null && part.checksum !== sum) this.#mismatch(this.position + at);
          // After a skippable frame, too: its first bytes may have been pushed before it was known to be one.
          stream = frame();
        }
      } catch (error) {
        isReadable = false;
        this.#damage = damageText(this.position, error);
      }
      this.position += piece.length;
      isEmpty &&= waiting.length === 0;
      yield* waiting;
      waiting = [];
    }
    if (isReadable && !ends.isBetweenFrames) {
      this.#damage = `The zstd file was cut short: it ends at byte ${length}, before its stream does.`;
    }
    if (isEmpty && this.#damage !== null) {
      throw new ProblemError({
        code: 'not-a-dump',
        file: name,
        message: `Nothing of this zstd file could be unpacked. ${this.#damage}`,
        advice: 'Copy the file again, or unpack it with zstd -d, which says more.',
      });
    }
  }

  /** Notes that a frame's text does not match its checksum; the first such frame is reported. */
  #mismatch(end: Bytes): void {
    this.#damage ??= `The text of the zstd stream that ends at byte ${end} does not match its checksum: the file was damaged, and some of the text is wrong.`;
  }
}

function damageText(position: Bytes, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `The zstd stream is damaged after byte ${position} (${why}); what follows is lost.`;
}
