import { joinedBytes, NumberColumn, planesOf } from './numbers.ts';

/** A packed sequence of numbers, many of which occur several times. */
export interface PackedSequence {
  /** For each number: its index among the recent followers of the previous number, {@link NEW}, or {@link GIVEN}. */
  codes: Uint8Array;
  /** Numbers that are {@link GIVEN}; see `planesOf`. */
  given: Uint8Array[];
}

/** How many recent followers of each number are remembered, the latest first. */
const FOLLOWERS = 4;
/** Code for a number that has not occurred before: the lowest unused one. */
const NEW = FOLLOWERS;
/** Code for a number that is stored in {@link PackedSequence.given}. */
const GIVEN = FOLLOWERS + 1;

/**
 * Packs a sequence of numbers from 0 to `count - 1`, which are numbered in the order in which they first occur.
 * Programs repeat the same allocations, so a number mostly follows one that it has followed before. O(sequence).
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

/** Unpacks a sequence in order. */
export class SequenceReader {
  readonly #codes: Uint8Array;
  readonly #given: Int32Array;
  readonly #followers: Int32Array;
  #next = 0;
  #readGiven = 0;
  #before = 0;

  /** `count`: as for {@link packSequence}. */
  constructor({ codes, given }: PackedSequence, count: number) {
    this.#codes = codes;
    this.#given = joinedBytes(given);
    this.#followers = followersOf(count);
  }

  get length(): number {
    return this.#codes.length;
  }

  /** Fills the entries from `start` to `stop`. Must be called for consecutive ranges. O(entries). */
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

/** Moves a number from index `from` to the front. A new number replaces the last one. */
function putFirst(followers: Int32Array, first: number, from: number, number: number): void {
  for (let at = first + from; at > first; at--) followers[at] = followers[at - 1]!;
  followers[first] = number;
}
