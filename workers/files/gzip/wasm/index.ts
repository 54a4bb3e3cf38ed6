import { Status, WINDOW_BYTES } from '../inflate-codes';
import { bitCount, inputAt, moveInput } from './bits';
import { setUpHeaders } from './block-header';
import { crcOf, setUpCrc } from './crc32';
import { beginInflate, endInflate, hasEnded, inflate } from './inflate';
import { moveOutput, outputAt } from './symbols';

// The functions that inflater.ts calls. Positions are addresses in this memory. Compressed bytes are added after those
// that are not used yet. The text comes out in pieces; the text before each piece is kept in front of it.

const INPUT_BYTES: usize = 256 << 10;
/** Maximum length of a piece: the text to be checksummed and copied next is still in the processor's cache. */
const TEXT_BYTES: usize = 512 << 10;
/** Bytes that copying a match may write after the text. */
const OUTPUT_SLACK: usize = 64;

const inputStart: usize = (__heap_base + 15) & ~(<usize>15);
const windowStart: usize = inputStart + INPUT_BYTES;
const textStart: usize = windowStart + WINDOW_BYTES;
const textLimit: usize = textStart + TEXT_BYTES;

/** The end of the input so far, and whether no more follows. */
let inputEnd: usize = inputStart;
let isLast: bool = false;
/** Start of the text that may be referred to. */
let known: usize = textStart;
let sum: u32 = 0;

/** Must be called first. */
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

/** Moves the unused input to the front, and returns how much room there is after it. */
export function roomForInput(): usize {
  const left = inputEnd - inputAt;
  memory.copy(inputStart, inputAt, left);
  moveInput(inputStart);
  inputEnd = inputStart + left;
  return INPUT_BYTES - left;
}

/** The start and the end of the unused input. More is put at the end. */
export function unusedStart(): usize {
  return inputAt;
}

export function unusedEnd(): usize {
  return inputEnd;
}

/** Adds bytes that were put at the end of the input. `last`: no more follow. */
export function addInput(bytes: usize, last: bool): void {
  inputEnd += bytes;
  isLast = last;
}

/** Skips bytes of the input that are not part of a deflate stream. */
export function skipInput(bytes: usize): void {
  moveInput(inputAt + bytes);
}

/** Where JavaScript writes the window that it passes to {@link begin}. */
export function windowOf(bytes: usize): usize {
  return textStart - bytes;
}

/**
 * Begins or resumes a deflate stream at the unused input. Skips `skippedBits` bits of its first byte. `windowBytes`:
 * length of the text before it that is known; `checksum`: the checksum of the stream's text so far.
 */
export function begin(skippedBits: u32, windowBytes: usize, checksum: u32): void {
  beginInflate(inputAt, skippedBits, textStart);
  known = textStart - windowBytes;
  sum = checksum;
}

/** Produces the next piece of text. With `stopAtBlock`, ends it at the end of a block that another one follows. */
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

/** Start and length of the last piece. */
export function text(): usize {
  return textStart;
}

export function textBytes(): usize {
  return outputAt - textStart;
}

/** How many bytes before the end of that piece are known. */
export function knownBytes(): usize {
  return outputAt - known;
}

/** Unused bits of the byte before the unused input: fewer than eight. */
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
