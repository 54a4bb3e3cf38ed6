import { joinedBytes, NumberColumn, planesOf } from './numbers.ts';

/** A sequence of numbers of which many come more than once, packed. */
export interface PackedSequence {
  /** For each number: which of the last {@link FOLLOWERS} that followed the one before, or {@link NEW}, or {@link GIVEN}. */
  codes: Uint8Array;
  /** Those that are {@link GIVEN}, by their bytes. */
  given: Uint8Array[];
}

/** Numbers that are remembered of each number: those that followed it last, the latest first. */
const FOLLOWERS = 4;
/** Code of a number that did not occur before: the lowest one that is left. */
const NEW = FOLLOWERS;
/** Code of a number that is in a column of its own. */
const GIVEN = FOLLOWERS + 1;

/**
 * Packs a sequence of numbers from 0 to `count - 1`, which are numbered in the order in which they first occur. A program
 * that runs again allocates the same again, so a number mostly follows the one that it followed before. O(sequence).
 */
export function packSequence(sequence: Uint32Array, count: number): PackedSequence {
  const codes = new Uint8Array(sequence.length);
  const given = new NumberColumn();
  const followers = followersOf(count);
  let next = 0;
  let before = 0;
  for (let at = 0; at < sequence.length; at++) {
    const number = sequence[at]!;
    const first = before * FOLLOWERS;
    let code = 0;
    while (code < FOLLOWERS && followers[first + code] !== number) code++;
    if (number === next) next++;
    else if (code === FOLLOWERS) {
      code = GIVEN;
      given.push(number);
    }
    codes[at] = code;
    if (code !== 0) putFirst(followers, first, Math.min(code, FOLLOWERS - 1), number);
    before = number;
  }
  return { codes, given: planesOf(given.numbers()) };
}

/** Gives the numbers of a sequence back, in order. */
export class SequenceReader {
  readonly #codes: Uint8Array;
  readonly #given: Int32Array;
  readonly #followers: Int32Array;
  #next = 0;
  #readGiven = 0;
  #before = 0;

  /** `count` as the sequence was packed with. */
  constructor({ codes, given }: PackedSequence, count: number) {
    this.#codes = codes;
    this.#given = joinedBytes(given);
    this.#followers = followersOf(count);
  }

  get length(): number {
    return this.#codes.length;
  }

  /** Fills the entries from `start` to `stop`. Calls must follow each other in order. O(entries). */
  read(sequence: Uint32Array, start: number, stop: number): void {
    const codes = this.#codes;
    const given = this.#given;
    const followers = this.#followers;
    let next = this.#next;
    let read = this.#readGiven;
    let before = this.#before;
    for (let at = start; at < stop; at++) {
      const code = codes[at]!;
      const first = before * FOLLOWERS;
      let number: number;
      if (code < FOLLOWERS) number = followers[first + code]!;
      else number = code === NEW ? next++ : given[read++]!;
      if (code !== 0) putFirst(followers, first, Math.min(code, FOLLOWERS - 1), number);
      sequence[at] = number;
      before = number;
    }
    this.#next = next;
    this.#readGiven = read;
    this.#before = before;
  }
}

function followersOf(count: number): Int32Array {
  return new Int32Array(Math.max(1, count) * FOLLOWERS).fill(-1);
}

/** Puts a number first that was `from` places behind, or that takes the place of the last one. */
function putFirst(followers: Int32Array, first: number, from: number, number: number): void {
  for (let at = first + from; at > first; at--) followers[at] = followers[at - 1]!;
  followers[first] = number;
}
