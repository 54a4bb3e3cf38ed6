import { HEAD, HEAD_END } from '../../wasm/literals';
import { endOfString, QUOTE } from '../../wasm/text';

// The functions that value-finder.ts calls, to find the values of records in a part of a dump again. Positions are
// offsets in the window.

const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u32 = 0x7d;
const COMMA: u32 = 0x2c;
const BACKSLASH: u32 = 0x5c;
const LF: u32 = 0x0a;
/** `"value":` */
const VALUE: u64 = 0x3a2265756c617622;
/** `:"0x`, which overlaps the last byte of {@link HEAD_END}. */
const ADDRESS: u32 = 0x7830223a;
const HEAD_BYTES: usize = 14;
/** Maximum number of addresses per call of {@link find}. */
export const BATCH: u32 = 1024;
/** Bytes after the window that may be read. */
const SLACK: usize = 64;

/** Addresses of the wanted records, in two words each. */
const wanted: usize = memory.data(BATCH * 8, 16);
/** Start and end of each value; 0 = it is not as Ruby writes it. */
const starts: usize = memory.data(BATCH * 4, 16);
const ends: usize = memory.data(BATCH * 4, 16);
const window: usize = (__heap_base + 15) & ~15;
/** Where the last call stopped. */
let stoppedAt: usize = 0;

export function wantedAt(): usize {
  return wanted;
}

export function startsAt(): usize {
  return starts;
}

export function endsAt(): usize {
  return ends;
}

/** Where JavaScript puts a text of this many bytes; 0 if there is no memory for it. */
export function windowOf(bytes: usize): usize {
  const end = window + bytes + SLACK;
  if (end < window) return 0;
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  // A sentinel that ends a value without an end in the window.
  store<u8>(window + bytes, LF);
  return window;
}

export function position(): usize {
  return stoppedAt;
}

/**
 * Finds the first `count` of the wanted records, which must be in file order, and their values, in `from` … `to`.
 * Returns how many were found before one that does not begin as Ruby writes it. {@link position} is where the search
 * continues.
 */
export function find(from: usize, to: usize, count: u32): u32 {
  const end = window + to;
  let at = window + from;
  let found: u32 = 0;
  while (found < count) {
    const record = findRecord(at, end, load<u64>(wanted + (<usize>found << 3)));
    if (record === 0) break;
    readValue(record, end, found);
    found++;
    at = record + 1;
  }
  stoppedAt = at - window;
  return found;
}

/** Position of the opening brace of the record with an address; 0 if there is none before `end`. */
function findRecord(from: usize, end: usize, address: u64): usize {
  const brace = i8x16.splat(OPEN_BRACE);
  for (let p = from; p < end; p += 16) {
    let braces = i8x16.bitmask(i8x16.eq(v128.load(p), brace));
    for (; braces !== 0; braces &= braces - 1) {
      const at = p + ctz(braces);
      if (at + HEAD_BYTES >= end) return 0;
      if (isHead(at) && hasAddress(at + HEAD_BYTES, address)) return at;
    }
  }
  return 0;
}

/** Whether `{"address":"0x` is at a position. */
@inline
function isHead(p: usize): bool {
  return load<u64>(p) === HEAD && load<u32>(p, 7) === HEAD_END && load<u32>(p, 10) === ADDRESS;
}

/** Whether the hexadecimal digits at `p`, up to a quote, are this address. */
function hasAddress(p: usize, address: u64): bool {
  let value: u64 = 0;
  const start = p;
  while (true) {
    const byte: u32 = load<u8>(p);
    let digit: u32 = byte - 0x30;
    if (digit > 9) {
      digit = byte - 0x61 + 10;
      if (digit - 10 > 5) break;
    }
    value = (value << 4) | digit;
    p++;
  }
  return value === address && load<u8>(p) === QUOTE && p > start;
}

/** Stores the position of a record's value. Ruby writes the value before all texts that it does not escape. */
function readValue(record: usize, end: usize, which: u32): void {
  let start: usize = 0;
  let stop: usize = 0;
  const key = findValue(record, end);
  if (key !== 0) {
    start = key + 9;
    stop = endOfString(start);
    const next: u32 = stop === 0 ? 0 : load<u8>(stop, 1);
    if (stop >= end || (next !== COMMA && next !== CLOSE_BRACE)) stop = 0;
  }
  store<u32>(starts + (<usize>which << 2), stop === 0 ? 0 : <u32>(start - window));
  store<u32>(ends + (<usize>which << 2), stop === 0 ? 0 : <u32>(stop - window));
}

/** Position of the quote before the key `value`; 0 if an escape, a nested object or the end comes first. */
function findValue(record: usize, end: usize): usize {
  const quote = i8x16.splat(QUOTE);
  for (let p = record; p < end; p += 16) {
    let quotes = i8x16.bitmask(i8x16.eq(v128.load(p), quote));
    for (; quotes !== 0; quotes &= quotes - 1) {
      const at = p + ctz(quotes);
      if (load<u64>(at) === VALUE) return load<u8>(at, 8) === QUOTE ? at : 0;
      const before: u32 = load<u8>(at - 1);
      if (before === BACKSLASH || (before === OPEN_BRACE && at > record + 1)) return 0;
    }
  }
  return 0;
}
