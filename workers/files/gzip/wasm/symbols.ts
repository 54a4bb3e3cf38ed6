import { Status } from '../inflate-codes';
import { bitCount, bits, inputAt, setBitBuffer } from './bits';
import { distanceTable, literalTable } from './block-header';
import { DISTANCE_BITS, END_OF_BLOCK, EXCEPTION, LITERAL, LITERAL_BITS, SUBTABLE } from './huffman';

// Decodes compressed blocks. `inflateFast` is the hot loop; `inflateLast` decodes what is too near the end of the input
// for it. Both consume the same bits of an invalid code, so they report damage at the same bit.

/** Maximum text of one iteration of the fast loop: three literals, or two and the longest match. */
const TURN_TEXT: usize = 2 + 258;
/** Input for one iteration: up to 70 bits, the bits taken before, and the eight bytes that are loaded after them. */
const TURN_INPUT: usize = 24;
const LONGEST_MATCH: usize = 258;

/** Where the text continues. */
export let outputAt: usize = 0;

export function moveOutput(output: usize): void {
  outputAt = output;
}

/** Looks up a code that is too long for the first table. */
@inline
function inSubtable(table: usize, entry: u32, word: u64): u32 {
  const mask = (<u32>1 << ((entry >>> 8) & 0xf)) - 1;
  return load<u32>(table + (<usize>(((entry >>> 16) & 0x7fff) + (<u32>word & mask)) << 2));
}

/** The length or distance of a code: its base, plus the extra bits after the code. */
@inline
function valueOf(entry: u32, word: u64): u32 {
  return ((entry >>> 16) & 0x7fff) + (<u32>(word & ((<u64>1 << (entry & 0x3f)) - 1)) >>> ((entry >>> 8) & 0xf));
}

/** Copies a match. May write up to 32 bytes after it. */
@inline
function copyMatch(output: usize, distance: usize, length: usize): void {
  let q = output;
  let from = q - distance;
  const end = q + length;
  if (distance >= 16) {
    v128.store(q, v128.load(from));
    v128.store(q, v128.load(from, 16), 16);
    while (q + 32 < end) {
      q += 32;
      from += 32;
      v128.store(q, v128.load(from));
      v128.store(q, v128.load(from, 16), 16);
    }
  } else if (distance === 1) {
    const all = i8x16.splat(load<u8>(from));
    for (; q < end; q += 16) v128.store(q, all);
  } else {
    // Of each eight bytes copied, the first `distance` are right; the rest are overwritten by the next copy.
    const stride = min(distance, 8);
    for (; q < end; q += stride, from += stride) store<u64>(q, load<u64>(from));
  }
}

/**
 * Inflates until the block ends, the output is nearly full or the end of the input is near (`needsInput`). All changing
 * state is in locals.
 */
export function inflateFast(inputEnd: usize, known: usize, outputEnd: usize): Status {
  let p = inputAt;
  let q = outputAt;
  let word = bits;
  let count = bitCount;
  let status = Status.full;
  const lastInput = inputEnd - TURN_INPUT;
  const lastOutput = outputEnd - TURN_TEXT;
  while (true) {
    if (p > lastInput) {
      status = Status.needsInput;
      break;
    }
    if (q > lastOutput) break;
    word |= load<u64>(p) << count;
    p += <usize>((63 - count) >>> 3);
    count |= 56;
    let entry = load<u32>(literalTable + (<usize>(word & ((1 << LITERAL_BITS) - 1)) << 2));
    if ((entry & LITERAL) !== 0) {
      // Up to three literals of the first table, at most 33 bits.
      word >>>= entry & 0x3f;
      count -= entry & 0x3f;
      store<u8>(q++, <u8>(entry >>> 16));
      entry = load<u32>(literalTable + (<usize>(word & ((1 << LITERAL_BITS) - 1)) << 2));
      if ((entry & LITERAL) !== 0) {
        word >>>= entry & 0x3f;
        count -= entry & 0x3f;
        store<u8>(q++, <u8>(entry >>> 16));
        entry = load<u32>(literalTable + (<usize>(word & ((1 << LITERAL_BITS) - 1)) << 2));
        if ((entry & LITERAL) !== 0) {
          word >>>= entry & 0x3f;
          count -= entry & 0x3f;
          store<u8>(q++, <u8>(entry >>> 16));
          continue;
        }
      }
      word |= load<u64>(p) << count;
      p += <usize>((63 - count) >>> 3);
      count |= 56;
    }
    if ((entry & EXCEPTION) !== 0) {
      if ((entry & SUBTABLE) !== 0) {
        word >>>= entry & 0x3f;
        count -= entry & 0x3f;
        entry = inSubtable(literalTable, entry, word);
        if ((entry & LITERAL) !== 0) {
          word >>>= entry & 0x3f;
          count -= entry & 0x3f;
          store<u8>(q++, <u8>(entry >>> 16));
          continue;
        }
      }
      if ((entry & EXCEPTION) !== 0) {
        word >>>= entry & 0x3f;
        count -= entry & 0x3f;
        status = (entry & END_OF_BLOCK) !== 0 ? Status.blockEnded : Status.damaged;
        break;
      }
    }
    const length = valueOf(entry, word);
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;

    // There are enough bits for a code of 15 bits and 13 extra ones: at most 20 were used since the last refill.
    entry = load<u32>(distanceTable + (<usize>(word & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & EXCEPTION) !== 0) {
      if ((entry & SUBTABLE) !== 0) {
        word >>>= entry & 0x3f;
        count -= entry & 0x3f;
        entry = inSubtable(distanceTable, entry, word);
      }
      if ((entry & EXCEPTION) !== 0) {
        status = Status.damaged;
        break;
      }
    }
    const distance = <usize>valueOf(entry, word);
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;
    if (distance > q - known) {
      status = Status.damaged;
      break;
    }
    copyMatch(q, distance, <usize>length);
    q += <usize>length;
  }
  setBitBuffer(word, count, p);
  outputAt = q;
  return status;
}

/**
 * Like {@link inflateFast}, but symbol by symbol, for the end of the input. Takes a symbol only if all its bits are
 * there; otherwise returns `cut`.
 */
export function inflateLast(inputEnd: usize, known: usize, outputEnd: usize): Status {
  let p = inputAt;
  let q = outputAt;
  let word = bits;
  let count = <i64>bitCount;
  let status = Status.full;
  const lastOutput = outputEnd - LONGEST_MATCH;
  while (q <= lastOutput) {
    // A symbol has at most 48 bits. Missing bits are zero; using them makes the count negative.
    for (; count <= 56 && p < inputEnd; p++, count += 8) word |= <u64>load<u8>(p) << count;
    let entry = load<u32>(literalTable + (<usize>(word & ((1 << LITERAL_BITS) - 1)) << 2));
    if ((entry & SUBTABLE) !== 0) {
      word >>>= entry & 0x3f;
      count -= entry & 0x3f;
      entry = inSubtable(literalTable, entry, word);
    }
    const length = valueOf(entry, word);
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;
    if (count < 0) {
      status = Status.cut;
      break;
    }
    if ((entry & LITERAL) !== 0) {
      store<u8>(q++, <u8>(entry >>> 16));
      continue;
    }
    if ((entry & EXCEPTION) !== 0) {
      status = (entry & END_OF_BLOCK) !== 0 ? Status.blockEnded : Status.damaged;
      break;
    }

    entry = load<u32>(distanceTable + (<usize>(word & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & SUBTABLE) !== 0) {
      word >>>= entry & 0x3f;
      count -= entry & 0x3f;
      entry = inSubtable(distanceTable, entry, word);
    }
    if (count < <i64>(entry & 0x3f)) {
      status = Status.cut;
      break;
    }
    if ((entry & EXCEPTION) !== 0) {
      status = Status.damaged;
      break;
    }
    const distance = <usize>valueOf(entry, word);
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;
    if (distance > q - known) {
      status = Status.damaged;
      break;
    }
    copyMatch(q, distance, <usize>length);
    q += <usize>length;
  }
  if (status === Status.cut) setBitBuffer(0, 0, inputEnd);
  else setBitBuffer(word, <u64>count, p);
  outputAt = q;
  return status;
}
