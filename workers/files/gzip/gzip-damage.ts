import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes } from '../../protocol/units.ts';

/** Collects what is wrong with a gzip file while it is read. Offsets are those in the user's file. */
export class GzipDamage {
  #first: string | null = null;
  #places = 0;

  /** The file ends within a stream. */
  cutShort(fileBytes: Bytes): void {
    this.#add(
      `The gzip file is cut short: it ends at byte ${withThousands(fileBytes)}, in the middle of the stream.`,
    );
  }

  /** The text of a stream was read completely, but does not match its checksum. */
  wrongChecksum(end: ByteOffset): void {
    this.#add(
      `The gzip stream that ends at byte ${withThousands(end)} does not have the checksum it should have: some of its text is not what was written.`,
    );
  }

  /** A stream cannot be read from `at` on. The text continues with the stream at `next`, or ends. */
  stream(at: ByteOffset, next: ByteOffset | null): void {
    this.#goOn(`The gzip stream is damaged at byte ${withThousands(at)}.`, next);
  }

  /** Like {@link stream}, but the damaged stream seemed to continue through the one at `next`. */
  wholeStream(start: ByteOffset, next: ByteOffset): void {
    this.#goOn(`The gzip stream that begins at byte ${withThousands(start)} is damaged.`, next);
  }

  /** Like {@link stream}, but there is no stream where one should begin. */
  noHeader(at: ByteOffset, next: ByteOffset | null): void {
    this.#goOn(`What is at byte ${withThousands(at)} is no gzip header.`, next);
  }

  /** A description in a few sentences; null if there is no damage. */
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
