import { allocate } from '../../wasm/memory';
import { BACKSLASH } from '../../wasm/text';
import { sipHash } from './siphash';

/** Room for the redacted text of several lines. */
const OUTPUT_BYTES: usize = 1 << 20;
/** Maximum length of the replacement of a secret. */
export const SECRET_BYTES: usize = 32;

const OPEN: u8 = 0x3c;
const CLOSE: u8 = 0x3e;
const COLON: u8 = 0x3a;
const ZERO: u8 = 0x30;
const LOWER_A: u8 = 0x61;
const LOWER_U: u8 = 0x75;

export let outputStart: usize = 0;
/** The redacted text ends here. */
export let output: usize = 0;

export function setUpOutput(): void {
  outputStart = allocate(OUTPUT_BYTES);
  output = outputStart;
}

export function clearOutput(): void {
  output = outputStart;
}

/** Free bytes. */
@inline
export function room(): usize {
  return outputStart + OUTPUT_BYTES - output;
}

@inline
export function copy(start: usize, end: usize): void {
  memory.copy(output, start, end - start);
  output += end - start;
}

/** Records that JavaScript wrote this many bytes at the end of the output. */
export function advance(bytes: usize): void {
  output += bytes;
}

/** Writes `<12:9f86d081884c7d65>` for a text: its length in bytes without escapes, and their hash. */
export function writeSecret(start: usize, end: usize): void {
  put(OPEN);
  putDecimal(lengthOf(start, end));
  put(COLON);
  putHex(sipHash(start, end));
  put(CLOSE);
}

@inline
function put(byte: u8): void {
  store<u8>(output++, byte);
}

function lengthOf(start: usize, end: usize): u32 {
  let length: u32 = 0;
  for (let at = start; at < end; length++) {
    at += load<u8>(at) !== BACKSLASH ? 1 : load<u8>(at, 1) === LOWER_U ? 6 : 2;
  }
  return length;
}

function putDecimal(number: u32): void {
  let digits: usize = 1;
  for (let rest = number / 10; rest > 0; rest /= 10) digits++;
  let rest = number;
  for (let at = output + digits; at > output; rest /= 10) store<u8>(--at, ZERO + <u8>(rest % 10));
  output += digits;
}

function putHex(word: u64): void {
  for (let shift: u64 = 64; shift > 0; ) {
    shift -= 4;
    const digit = <u8>((word >>> shift) & 15);
    put(digit < 10 ? ZERO + digit : LOWER_A - 10 + digit);
  }
}
