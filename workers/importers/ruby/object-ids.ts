import type { ObjectIdReader, TextScan } from '../importer.ts';

/** Ruby 2.6 and older: an object's id is its address divided by two. Addresses are even, so no bit is lost. */
const OF_ADDRESSES = /^2\.[1-6]/;
/** Versions that write `object_id` into records. The last range is given when nothing else reveals the version. */
const IN_RECORDS = /(?:^|– )4\.|^3\.2 – 3\.4$/;

const KEY = '"object_id"';
const ADDRESS = '"address"';
/** Length of text in which a key and its number fit, with spaces as other programs write them. */
const OVERLAP = 64;

/** Ruby derives ids from addresses up to 2.6, then counts them; records contain them from 4.0 on. */
export const rubyObjectIds: ObjectIdReader = {
  addressOf(id, runtimeVersion, wordBits) {
    if (!OF_ADDRESSES.test(runtimeVersion)) return null;
    // The id of an address in the upper half is negative.
    return BigInt.asUintN(wordBits, id << 1n);
  },
  isInRecords: runtimeVersion => IN_RECORDS.test(runtimeVersion),
  scan: found => new ObjectIdScan(found),
};

/**
 * Finds the ids in the text of a dump, with the last address before each. Ruby writes the address first, and so do
 * programs that sort keys. Text in strings cannot be mistaken for keys, since its quotes are escaped.
 */
class ObjectIdScan implements TextScan {
  readonly #found: (address: bigint, id: bigint) => void;
  readonly #decoder = new TextDecoder('latin1');
  #address: bigint | null = null;
  /** The end of the pushed text, where a key may begin. */
  #rest = '';

  constructor(found: (address: bigint, id: bigint) => void) {
    this.#found = found;
  }

  push(piece: Uint8Array): void {
    this.#search(this.#rest + this.#decoder.decode(piece), false);
  }

  finish(): void {
    this.#search(this.#rest, true);
  }

  #search(text: string, isLast: boolean): void {
    const end = isLast ? text.length : Math.max(0, text.length - OVERLAP);
    let from = 0;
    for (let at = text.indexOf(KEY); at >= 0 && at < end; at = text.indexOf(KEY, at + 1)) {
      this.#takeAddress(text, from, at);
      from = at;
      const digits = /^\s*:\s*(\d{1,20})(?!\d)/.exec(text.slice(at + KEY.length, at + OVERLAP));
      if (digits !== null && this.#address !== null) this.#found(this.#address, BigInt(digits[1]!));
    }
    this.#takeAddress(text, from, end);
    this.#rest = text.slice(end);
  }

  /** Keeps the last address that begins in this part of the text. */
  #takeAddress(text: string, from: number, to: number): void {
    const at = text.lastIndexOf(ADDRESS, to - 1);
    if (at < from) return;
    const digits = /^\s*:\s*"0x([0-9a-f]{1,16})"/i.exec(text.slice(at + ADDRESS.length, at + OVERLAP));
    this.#address = digits === null ? null : BigInt(`0x${digits[1]}`);
  }
}
