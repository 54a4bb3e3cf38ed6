// The bit buffer of the inflater. All of its state is here: where the input continues, and the bits taken before that.
//
// Within a call the buffer may contain up to 63 bits. Between calls it contains less than a byte: `setBitBuffer` returns
// whole bytes to the input. So the input can be moved or added to, and every position is that of a real bit.

/**
 * Bits taken from the input and not used yet, the next one lowest. Above them may be copies of the bits that follow.
 */
export let bits: u64 = 0;
export let bitCount: u64 = 0;
/** Where the input continues. */
export let inputAt: usize = 0;

/** Starts at a byte of which `skip` bits are already used. */
export function startBits(input: usize, skip: u32): void {
  inputAt = input;
  bits = 0;
  bitCount = 0;
  if (skip > 0) {
    bits = <u64>load<u8>(input) >>> skip;
    bitCount = 8 - skip;
    inputAt++;
  }
}

/**
 * Takes over a bit buffer, and returns the whole bytes in it to the input. `input`: where the input continues after
 * them.
 */
@inline
export function setBitBuffer(word: u64, count: u64, input: usize): void {
  inputAt = input - <usize>(count >>> 3);
  bitCount = count & 7;
  bits = word & ((<u64>1 << bitCount) - 1);
}

/** Returns whole bytes to the input. */
export function returnWholeBytes(): void {
  setBitBuffer(bits, bitCount, inputAt);
}

/** Skips the bits up to the next whole byte. */
export function alignToByte(): void {
  setBitBuffer(0, bitCount & ~(<u64>7), inputAt);
}

/** Continues at `input`, after the input was moved or a part of it was skipped. */
export function moveInput(input: usize): void {
  inputAt = input;
}

/** Fills the buffer to at least 56 bits. Always reads eight bytes: the caller checks how far the input went. */
@inline
export function refill(): void {
  bits |= load<u64>(inputAt) << bitCount;
  inputAt += <usize>((63 - bitCount) >>> 3);
  bitCount |= 56;
}

/** The next bits as a number. They must be in the buffer. */
@inline
export function takeBits(count: u64): u32 {
  const value = <u32>(bits & ((<u64>1 << count) - 1));
  bits >>>= count;
  bitCount -= count;
  return value;
}
