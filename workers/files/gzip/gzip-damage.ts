import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes } from '../../protocol/units.ts';

/** What is wrong with a gzip file, place by place, as it is read. Offsets are of the file that the user has. */
export class GzipDamage {
  #first: string | null = null;
  #places = 0;

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

  /** A stream cannot be read from `at` on; the text continues with the stream that begins at `next`, or ends. */
  stream(at: ByteOffset, next: ByteOffset | null): void {
    this.#goOn(`The gzip stream is damaged at byte ${withThousands(at)}.`, next);
  }

  /** The same of a stream that seems to continue through the one at `next`. */
  wholeStream(start: ByteOffset, next: ByteOffset): void {
    this.#goOn(`The gzip stream that begins at byte ${withThousands(start)} is damaged.`, next);
  }

  /** The same where a stream should begin. */
  noHeader(at: ByteOffset, next: ByteOffset | null): void {
    this.#goOn(`What is at byte ${withThousands(at)} is no gzip header.`, next);
  }

  /** All of it in some sentences; null if there is none. */
  get text(): string | null {
    if (this.#places < 2) return this.#first;
    const more = this.#places - 1;
    return `${this.#first} ${more === 1 ? 'One more place is' : `${withThousands(more)} more places are`} damaged behind that.`;
  }

  #goOn(what: string, next: ByteOffset | null): void {
    this.#add(
      next === null ? what : `${what} The text goes on with the gzip stream at byte ${withThousands(next)}.`,
    );
  }

  #add(what: string): void {
    this.#first ??= what;
    this.#places++;
  }
}
