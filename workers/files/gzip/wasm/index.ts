import { Status, WINDOW_BYTES } from '../inflate-codes';
import { bitCount, inputAt, moveInput } from './bits';
import { setUpHeaders } from './block-header';
import { crcOf, setUpCrc } from './crc32';
import { beginInflate, endInflate, hasEnded, inflate } from './inflate';
import { moveOutput, outputAt } from './symbols';

// What inflater.ts calls. Positions are addresses of this memory. Compressed bytes are put after those that are
// not used yet; the text comes out in pieces, each with what was before it in front of it.

const INPUT_BYTES: usize = 256 << 10;
/** Text of a piece at most: what is checked and copied next is in the processor's cache. */
const TEXT_BYTES: usize = 512 << 10;
/** Bytes after the text that copying a match may write. */
const OUTPUT_SLACK: usize = 64;

const inputStart: usize = (__heap_base + 15) & ~(<usize>15);
const windowStart: usize = inputStart + INPUT_BYTES;
const textStart: usize = windowStart + WINDOW_BYTES;
const textLimit: usize = textStart + TEXT_BYTES;

/** Input is there up to here; it is all there is if it `isLast`. */
let inputEnd: usize = inputStart;
let isLast: bool = false;
/** Text that may be referred to starts here. */
let known: usize = textStart;
let sum: u32 = 0;

/** First of all. */
export function setUp(): void {
  const pages = <i32>((textLimit + OUTPUT_SLACK + 0xffff) >>> 16);
  if (memory.grow(pages - memory.size()) < 0) unreachable();
  setUpCrc();
  setUpHeaders();
  clearInput();
}

/** Forgets the input. */
export function clearInput(): void {
  inputEnd = inputStart;
  isLast = false;
  beginInflate(inputStart, 0, textStart);
}

/** Moves what was not used of the input to the front, and tells how much there is room for after it. */
export function roomForInput(): usize {
  const left = inputEnd - inputAt;
  memory.copy(inputStart, inputAt, left);
  moveInput(inputStart);
  inputEnd = inputStart + left;
  return INPUT_BYTES - left;
}

/** Where input that was not used yet starts and ends; more is put there. */
export function unusedStart(): usize {
  return inputAt;
}

export function unusedEnd(): usize {
  return inputEnd;
}

/** So many bytes were put at the end of the input; they are the last of the file, or not. */
export function addInput(bytes: usize, last: bool): void {
  inputEnd += bytes;
  isLast = last;
}

/** So many bytes of the input are no part of a deflate stream. */
export function skipInput(bytes: usize): void {
  moveInput(inputAt + bytes);
}

/** Where JavaScript writes the window that it passes to {@link begin}. */
export function windowOf(bytes: usize): usize {
  return textStart - bytes;
}

/**
 * Begins a deflate stream, of whose first byte so many bits are to be skipped, before which a window is known, and of
 * whose text up to there `checksum` is the sum.
 */
export function begin(skippedBits: u32, windowBytes: usize, checksum: u32): void {
  beginInflate(inputAt, skippedBits, textStart);
  known = textStart - windowBytes;
  sum = checksum;
}

/** Makes the next piece of text; ends it at the end of a block, if told to and another follows. */
export function run(stopAtBlock: bool): Status {
  const before = min(outputAt - known, <usize>WINDOW_BYTES);
  memory.copy(textStart - before, outputAt - before, before);
  known = textStart - before;
  moveOutput(textStart);
  let status: Status;
  do status = inflate(inputEnd, isLast, known, textLimit);
  while (status === Status.blockEnded && (!stopAtBlock || hasEnded()));
  sum = crcOf(sum, textStart, outputAt);
  if (status === Status.ended) endInflate();
  return status;
}

/** Where the last piece starts, and its length. */
export function text(): usize {
  return textStart;
}

export function textBytes(): usize {
  return outputAt - textStart;
}

/** Bytes before the end of that piece that are known. */
export function knownBytes(): usize {
  return outputAt - known;
}

/** Bits of the byte before the unused input that were not used either: fewer than eight. */
export function bitsTaken(): u32 {
  return <u32>bitCount;
}

/** CRC-32 of the text since the stream began. */
export function checksum(): u32 {
  return sum;
}

/** CRC-32 of a text that ends with this many bytes, stored where unused input starts; `before`: that of the rest. */
export function inputChecksum(bytes: usize, before: u32): u32 {
  return crcOf(before, inputAt, inputAt + bytes);
}
