import { ProblemError } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';

/** Of the file that are read at a time. */
const PIECE_BYTES = 1 << 20;
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Whether a file is packed with zstd, by its first bytes. */
export async function isZstd(stored: StoredBytes): Promise<boolean> {
  const head = await stored.read(0, MAGIC.length);
  return head.length === MAGIC.length && MAGIC.every((byte, at) => head[at] === byte);
}

/**
 * Unpacks a zstd file from its start to its end, once. The unpacker (`fzstd`, 24 kB) is loaded when it is first needed;
 * it does not verify the checksums that a file may have.
 */
export class ZstdReader {
  readonly #stored: StoredBytes;
  #damage: string | null = null;
  position: Bytes = 0;

  constructor(stored: StoredBytes) {
    this.#stored = stored;
  }

  /** Why the text ends too early, in one sentence; null if it does not. To be asked for when all was read. */
  get damage(): string | null {
    return this.#damage;
  }

  /** The text. Throws a `ProblemError` if there is none: the file is damaged from its start on. */
  async *text(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { Decompress } = await import('fzstd');
    const { name, length } = this.#stored;
    let waiting: Uint8Array<ArrayBuffer>[] = [];
    let isEmpty = true;
    const stream = new Decompress(text => {
      if (text.length > 0) waiting.push(text.slice());
    });
    this.position = 0;
    while (this.#damage === null) {
      const piece = await this.#stored.read(this.position, PIECE_BYTES);
      const isLast = piece.length === 0;
      try {
        stream.push(piece, isLast);
      } catch (error) {
        this.#damage = damageText(this.position, length, isLast, error);
      }
      this.position += piece.length;
      isEmpty &&= waiting.length === 0;
      yield* waiting;
      waiting = [];
      if (isLast) break;
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
}

function damageText(position: Bytes, length: Bytes, isLast: boolean, error: unknown): string {
  if (isLast) return `The zstd file was cut short: it ends at byte ${length}, before its stream does.`;
  const why = error instanceof Error ? error.message : String(error);
  return `The zstd stream is damaged behind byte ${position} (${why}); what follows is lost.`;
}
