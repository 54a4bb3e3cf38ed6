/**
 * Numbers of which most are small, as columns that gzip packs well: a byte for each, and where that is {@link ESCAPE}
 * the number itself by its bytes, lowest first, each in a column of its own.
 */
export interface PackedNumbers {
  codes: Uint8Array;
  large: Uint8Array[];
}

const ESCAPE = 255;
const LARGE_BYTES = 4;
const FIRST_CAPACITY = 1024;

/** A column of 32-bit numbers whose length is not known before. */
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

/** Takes numbers of 32 bits. */
export class NumberWriter {
  readonly #codes: Uint8Array;
  #written = 0;
  readonly #large = new NumberColumn();

  /** `capacity`: how many come at most. */
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

/** Gives the numbers back, in order. Must not read past the end: the checksum of the file says whether it is whole. */
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

/** Numbers of 32 bits by their bytes: a column of all lowest ones, and so on. Bytes that are alike pack well. */
export function planesOf(numbers: Uint32Array): Uint8Array[] {
  return Array.from({ length: LARGE_BYTES }, (_, byte) =>
    Uint8Array.from(numbers, each => each >>> (8 * byte)),
  );
}

/** The numbers again. */
export function joinedBytes(planes: readonly Uint8Array[]): Int32Array {
  const [first, second, third, fourth] = planes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const numbers = new Int32Array(first.length);
  for (let at = 0; at < numbers.length; at++) {
    numbers[at] = first[at]! | (second[at]! << 8) | (third[at]! << 16) | (fourth[at]! << 24);
  }
  return numbers;
}

/** A signed number as one without a sign: small stays small. */
export function folded(number: number): number {
  return ((number << 1) ^ (number >> 31)) >>> 0;
}

export function unfolded(number: number): number {
  return (number >>> 1) ^ -(number & 1);
}
