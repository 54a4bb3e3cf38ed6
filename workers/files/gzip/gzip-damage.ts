import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes } from '../../protocol/units.ts';

/** What is wrong with a gzip file, place by place, as it is read. Offsets are of the file that the user has. */
export class GzipDamage {
  #first: string | null = null;
  #places = 0;
  #lostBytes: Bytes = 0;

  /** The file ends within a stream. */
  cutShort(fileBytes: Bytes): void {
    this.#add(
      `The gzip file is cut short: it ends at byte ${withThousands(fileBytes)}, in the middle of the stream.`,
    );
  }

  /** The text of a stream was read whole, but is not what its checksum says. */
  wrongChecksum(end: ByteOffset): void {
    this.#add(
      `The gzip stream that ends at byte ${withThousands(end)} does not have the checksum it should have: some of its text is not what was written.`,
    );
  }

  /** From `start` on, up to the next sound stream at `next`, nothing can be read; null if no such stream follows. */
  stream(start: ByteOffset, next: ByteOffset | null): void {
    this.#lose(`The gzip stream is damaged at byte ${withThousands(start)}.`, start, next);
  }

  /** The same where a stream should begin. */
  noHeader(start: ByteOffset, next: ByteOffset | null): void {
    this.#lose(`What is at byte ${withThousands(start)} is no gzip header.`, start, next);
  }

  /** All of it in one or two sentences; null if there is none. */
  get text(): string | null {
    if (this.#places < 2) return this.#first;
    const lost =
      this.#lostBytes === 0 ? '' : ` In all, ${withThousands(this.#lostBytes)} bytes were passed over.`;
    const more = this.#places - 1;
    return `${this.#first} ${withThousands(more)} more ${more === 1 ? 'place' : 'places'} like this ${more === 1 ? 'follows' : 'follow'}.${lost}`;
  }

  #lose(what: string, start: ByteOffset, next: ByteOffset | null): void {
    if (next === null) {
      this.#add(what);
      return;
    }
    this.#lostBytes += next - start;
    this.#add(
      `${what} ${withThousands(next - start)} bytes were passed over, up to the next gzip stream in the file.`,
    );
  }

  #add(what: string): void {
    this.#first ??= what;
    this.#places++;
  }
}
