/**
 * Mostly small numbers as columns that gzip compresses well: one byte per number. If the byte is {@link ESCAPE}, the
 * number is stored in `large`, which has a separate column for each of its four bytes, the lowest first.
 */
export interface PackedNumbers {
  codes: Uint8Array;
  large: Uint8Array[];
}

const ESCAPE = 255;
const LARGE_BYTES = 4;
const FIRST_CAPACITY = 1024;

/** A column of 32-bit numbers that grows. */
export class NumberColumn {
  #numbers = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length++] = number;
  }

  numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}

/** Packs numbers of 32 bits. */
export class NumberWriter {
  readonly #codes: Uint8Array;
  #written = 0;
  readonly #large = new NumberColumn();

  /** `capacity`: maximum number of numbers. */
  constructor(capacity: number) {
    this.#codes = new Uint8Array(capacity);
  }

  put(number: number): void {
    if (number < ESCAPE) {
      this.#codes[this.#written++] = number;
      return;
    }
    this.#codes[this.#written++] = ESCAPE;
    this.#large.push(number);
  }

  packed(): PackedNumbers {
    return { codes: this.#codes.subarray(0, this.#written), large: planesOf(this.#large.numbers()) };
  }
}

/** Returns the numbers in order. Must not be read past the end; the checksum of the file ensures that it is complete. */
export class NumberReader {
  readonly #codes: Uint8Array;
  readonly #large: Int32Array;
  #read = 0;
  #largeRead = 0;

  constructor({ codes, large }: PackedNumbers) {
    this.#codes = codes;
    this.#large = joinedBytes(large);
  }

  get length(): number {
    return this.#codes.length;
  }

  next(): number {
    const code = this.#codes[this.#read++]!;
    return code === ESCAPE ? this.#large[this.#largeRead++]! : code;
  }
}

/** Splits numbers of 32 bits into columns of their lowest bytes, the next bytes, and so on, which compress better. */
export function planesOf(numbers: Uint32Array): Uint8Array[] {
  return Array.from({ length: LARGE_BYTES }, (_, byte) =>
    Uint8Array.from(numbers, each => each >>> (8 * byte)),
  );
}

/** Joins the columns of bytes to numbers again. */
export function joinedBytes(planes: readonly Uint8Array[]): Int32Array {
  const [first, second, third, fourth] = planes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const numbers = new Int32Array(first.length);
  for (let at = 0; at < numbers.length; at++) {
    numbers[at] = first[at]! | (second[at]! << 8) | (third[at]! << 16) | (fourth[at]! << 24);
  }
  return numbers;
}

/** Zigzag coding: maps signed numbers to unsigned ones, and small ones to small ones. */
export function folded(number: number): number {
  return ((number << 1) ^ (number >> 31)) >>> 0;
}

export function unfolded(number: number): number {
  return (number >>> 1) ^ -(number & 1);
}
