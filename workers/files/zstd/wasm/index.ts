/**
 * XXH64 with seed 0, the checksum of zstd frames (RFC 8878, 3.1.1; https://github.com/Cyan4973/xxHash). The host puts
 * text into the buffer, calls `update`, and at the end of a frame `digest`.
 */
const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

const STRIPE: u32 = 32;
const BUFFER_BYTES: u32 = 1 << 16;

/** The text of one update, after room for what the previous one left over. */
const area = memory.data(65568, 16);
const input = area + STRIPE;

let a: u64 = 0;
let b: u64 = 0;
let c: u64 = 0;
let d: u64 = 0;
let total: u64 = 0;
/** Number of bytes, less than a stripe, that wait for more. They end where the input begins. */
let left: u32 = 0;

/** Where the host writes text. */
export function buffer(): usize {
  return input;
}

/** Size of the buffer in bytes. */
export function bufferBytes(): u32 {
  return BUFFER_BYTES;
}

/** Begins a new text. */
export function reset(): void {
  a = P1 + P2;
  b = P2;
  c = 0;
  d = 0 - P1;
  total = 0;
  left = 0;
}

@inline
function round(sum: u64, word: u64): u64 {
  return rotl<u64>(sum + word * P2, 31) * P1;
}

/** Processes bytes in the buffer. */
export function update(bytes: u32): void {
  total += bytes;
  let at = input - left;
  const end = input + bytes;
  for (; at + STRIPE <= end; at += STRIPE) {
    a = round(a, load<u64>(at));
    b = round(b, load<u64>(at, 8));
    c = round(c, load<u64>(at, 16));
    d = round(d, load<u64>(at, 24));
  }
  left = <u32>(end - at);
  memory.copy(input - left, at, left);
}

@inline
function merged(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * P1 + P4;
}

/** The low 32 bits of the checksum of all text since `reset`, which is all that a frame stores. */
export function digest(): u32 {
  let sum: u64;
  if (total >= STRIPE) {
    sum = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    sum = merged(merged(merged(merged(sum, a), b), c), d);
  } else sum = P5;
  sum += total;
  let at = input - left;
  for (; at + 8 <= input; at += 8) sum = rotl<u64>(sum ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= input) {
    sum = rotl<u64>(sum ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < input; at++) sum = rotl<u64>(sum ^ (<u64>load<u8>(at) * P5), 11) * P1;
  sum = (sum ^ (sum >> 33)) * P2;
  sum = (sum ^ (sum >> 29)) * P3;
  return <u32>(sum ^ (sum >> 32));
}
