import { Status } from '../inflate-codes';
import {
  DISTANCE_BITS,
  DISTANCE_ENTRIES,
  END_OF_BLOCK,
  EXCEPTION,
  LITERAL,
  LITERAL_BITS,
  LITERAL_ENTRIES,
  makeTable,
  SUBTABLE,
} from './huffman';

// Inflates deflate streams (RFC 1951). The design is that of libdeflate: a word of bits that is filled without a
// branch, tables whose entries hold everything of a symbol, and copies that may write past their end.

/** Bytes behind the input that are read, and must be zero if there is no more. */
export const INPUT_SLACK: usize = 64;
/** Bytes behind the output that a copy may write. */
export const OUTPUT_SLACK: usize = 64;
/** Text of one turn of the loop at most: three literals, or one and the longest match. */
const TURN_TEXT: usize = 2 + 258;
/** Input of one turn at most, and what it may look at behind that. */
const TURN_INPUT: usize = 24;
/** A block's header takes 17 bits, 19 lengths of 3, and 316 codes of 7 bits with 7 more: less than this. */
const HEADER_INPUT: usize = 640;

const enum Phase {
  header,
  stored,
  compressed,
  done,
}

const LENGTH_SYMBOLS: u32 = 288;
const DISTANCE_SYMBOLS: u32 = 32;
const PRECODE_SYMBOLS: u32 = 19;
const PRECODE_BITS: u32 = 7;
const literalTable = memory.data(LITERAL_ENTRIES << 2);
const distanceTable = memory.data(DISTANCE_ENTRIES << 2);
const precodeTable = memory.data(1 << (PRECODE_BITS + 2));
/** Entries of the symbols, but for their codes. */
const literalResults = memory.data(LENGTH_SYMBOLS << 2);
const distanceResults = memory.data(DISTANCE_SYMBOLS << 2);
const precodeResults = memory.data(PRECODE_SYMBOLS << 2);
/** Code lengths of a block: a byte a symbol, those of literals and lengths first. */
const codeLengths = memory.data(LENGTH_SYMBOLS + DISTANCE_SYMBOLS);
const precodeLengths = memory.data(PRECODE_SYMBOLS);
/** The order in which lengths of the precode are written. */
const precodeOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let phase: Phase = Phase.header;
let isLastBlock: bool = false;
let tablesAreFixed: bool = false;
let storedLeft: u32 = 0;
/** Bits taken from the input and not used yet, the next one lowest; above them may be copies of the bits to come. */
let bits: u64 = 0;
let bitCount: u64 = 0;
export let inputAt: usize = 0;
export let outputAt: usize = 0;

export function setUpInflate(): void {
  for (let literal: u32 = 0; literal < 256; literal++) {
    store<u32>(literalResults + (literal << 2), LITERAL | (literal << 16));
  }
  store<u32>(literalResults + (256 << 2), EXCEPTION | END_OF_BLOCK);
  let least: u32 = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol++) {
    const extra: u32 = symbol < 265 ? 0 : (symbol - 261) >>> 2;
    store<u32>(literalResults + (symbol << 2), (least << 16) | extra);
    least += 1 << extra;
  }
  store<u32>(literalResults + (285 << 2), 258 << 16);
  for (let symbol: u32 = 286; symbol < LENGTH_SYMBOLS; symbol++) {
    store<u32>(literalResults + (symbol << 2), EXCEPTION);
  }
  least = 1;
  for (let symbol: u32 = 0; symbol < 30; symbol++) {
    const extra: u32 = symbol < 4 ? 0 : (symbol - 2) >>> 1;
    store<u32>(distanceResults + (symbol << 2), (least << 16) | extra);
    least += 1 << extra;
  }
  for (let symbol: u32 = 30; symbol < DISTANCE_SYMBOLS; symbol++) {
    store<u32>(distanceResults + (symbol << 2), EXCEPTION);
  }
  for (let symbol: u32 = 0; symbol < PRECODE_SYMBOLS; symbol++) {
    store<u32>(precodeResults + (symbol << 2), symbol << 16);
  }
}

/** Begins a deflate stream at a block, of which `skip` bits of the byte at `input` belong to the one before. */
export function beginInflate(input: usize, skip: u32, output: usize): void {
  phase = Phase.header;
  isLastBlock = false;
  inputAt = input;
  outputAt = output;
  bits = 0;
  bitCount = 0;
  if (skip > 0) {
    bits = <u64>load<u8>(input) >>> skip;
    bitCount = 8 - skip;
    inputAt++;
  }
}

/** The stream is over: bytes that were taken and not used go back to the input, and the rest of a byte is skipped. */
export function endInflate(): void {
  inputAt -= <usize>(bitCount >>> 3);
  bits = 0;
  bitCount = 0;
}

/**
 * Gives the whole bytes in the bit buffer back to the input. What is before {@link inputAt} may be moved or overwritten
 * only after that: a stored block, and the end of a stream, go back to bytes that were taken and not used.
 */
export function giveBackInput(): void {
  inputAt -= <usize>(bitCount >>> 3);
  bitCount &= 7;
  bits &= (<u64>1 << bitCount) - 1;
}

/** Where input and output go on: their buffers were moved. */
export function moveInflate(input: usize, output: usize): void {
  inputAt = input;
  outputAt = output;
}

/** Whether no block follows. */
export function hasEnded(): bool {
  return phase === Phase.header && isLastBlock;
}

/** Bits of the input before {@link inputAt} that were not used yet. */
export function unusedBits(): u32 {
  return <u32>bitCount;
}

@inline
function refill(): void {
  bits |= load<u64>(inputAt) << bitCount;
  inputAt += <usize>((63 - bitCount) >>> 3);
  bitCount |= 56;
}

@inline
function take(count: u64): u32 {
  const value = <u32>(bits & ((<u64>1 << count) - 1));
  bits >>>= count;
  bitCount -= count;
  return value;
}

/**
 * Inflates until the block ends, the output is nearly full or more input is needed. Input goes up to `inputEnd`; if it
 * `isLast`, zeros follow. Output goes up to `outputEnd`, and text that came before goes back to `known`.
 */
export function inflate(inputEnd: usize, isLast: bool, known: usize, outputEnd: usize): Status {
  if (phase === Phase.header) {
    if (isLastBlock) {
      phase = Phase.done;
    } else {
      if (!isLast && inputAt + HEADER_INPUT > inputEnd) return Status.needsInput;
      if (!readHeader()) return isPast(inputEnd) ? Status.cut : Status.damaged;
      if (isPast(inputEnd)) return Status.cut;
    }
  }
  if (phase === Phase.stored) return copyStored(inputEnd, isLast, outputEnd);
  if (phase === Phase.done) return Status.ended;
  return inflateBlock(inputEnd, isLast, known, outputEnd);
}

/** More input was used than there is. */
@inline
function isPast(inputEnd: usize): bool {
  return inputAt - <usize>(bitCount >>> 3) > inputEnd;
}

function readHeader(): bool {
  refill();
  isLastBlock = take(1) === 1;
  const kind = take(2);
  if (kind === 0) {
    // The rest of a byte is skipped; whole bytes that were taken go back.
    take(bitCount & 7);
    inputAt -= <usize>(bitCount >>> 3);
    bits = 0;
    bitCount = 0;
    const length = load<u16>(inputAt);
    const check = load<u16>(inputAt, 2);
    inputAt += 4;
    if ((length ^ check) !== 0xffff) return false;
    storedLeft = length;
    phase = Phase.stored;
    return true;
  }
  phase = Phase.compressed;
  if (kind === 1) return useFixedTables();
  return kind === 2 && readTables();
}

function useFixedTables(): bool {
  if (tablesAreFixed) return true;
  memory.fill(codeLengths, 8, 144);
  memory.fill(codeLengths + 144, 9, 112);
  memory.fill(codeLengths + 256, 7, 24);
  memory.fill(codeLengths + 280, 8, 8);
  memory.fill(codeLengths + 288, 5, 32);
  makeTable(literalTable, LITERAL_BITS, codeLengths, LENGTH_SYMBOLS, literalResults);
  makeTable(distanceTable, DISTANCE_BITS, codeLengths + 288, DISTANCE_SYMBOLS, distanceResults);
  tablesAreFixed = true;
  return true;
}

function readTables(): bool {
  tablesAreFixed = false;
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const precodes = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(precodeLengths, 0, PRECODE_SYMBOLS);
  for (let i: u32 = 0; i < precodes; i++) {
    if (bitCount < 3) refill();
    store<u8>(precodeLengths + <usize>load<u8>(precodeOrder + i), <u8>take(3));
  }
  if (!makeTable(precodeTable, PRECODE_BITS, precodeLengths, PRECODE_SYMBOLS, precodeResults)) return false;
  const total = literals + distances;
  let at: u32 = 0;
  while (at < total) {
    refill();
    const entry = load<u32>(precodeTable + (<usize>(bits & 127) << 2));
    if ((entry & EXCEPTION) !== 0) return false;
    take(<u64>(entry & 0x3f));
    const symbol = entry >>> 16;
    if (symbol < 16) {
      store<u8>(codeLengths + at, <u8>symbol);
      at++;
      continue;
    }
    let length: u8 = 0;
    let repeats: u32 = 0;
    if (symbol === 16) {
      if (at === 0) return false;
      length = load<u8>(codeLengths + at - 1);
      repeats = 3 + take(2);
    } else repeats = symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (at + repeats > total) return false;
    memory.fill(codeLengths + at, length, repeats);
    at += repeats;
  }
  // Without a code for the end of the block it would never end.
  if (load<u8>(codeLengths + 256) === 0) return false;
  return (
    makeTable(distanceTable, DISTANCE_BITS, codeLengths + literals, distances, distanceResults) &&
    makeTable(literalTable, LITERAL_BITS, codeLengths, literals, literalResults)
  );
}

function copyStored(inputEnd: usize, isLast: bool, outputEnd: usize): Status {
  const there = min(<usize>storedLeft, inputEnd > inputAt ? inputEnd - inputAt : 0);
  const count = min(there, outputEnd - outputAt);
  memory.copy(outputAt, inputAt, count);
  inputAt += count;
  outputAt += count;
  storedLeft -= <u32>count;
  if (storedLeft === 0) {
    phase = Phase.header;
    return Status.blockEnded;
  }
  if (outputAt === outputEnd) return Status.full;
  return isLast ? Status.cut : Status.needsInput;
}

/** The hot loop: everything that changes is in locals. */
function inflateBlock(inputEnd: usize, isLast: bool, known: usize, outputEnd: usize): Status {
  let p = inputAt;
  let q = outputAt;
  let word = bits;
  let count = bitCount;
  let status = Status.full;
  const lastInput = inputEnd - TURN_INPUT;
  const lastOutput = outputEnd - TURN_TEXT;
  let turnStart = q;
  while (true) {
    if (p > lastInput) {
      if (!isLast) {
        status = Status.needsInput;
        break;
      }
      // What is behind the last input is zero. Text that was made from that is taken back.
      if (p - <usize>(count >>> 3) > inputEnd) {
        q = turnStart;
        status = Status.cut;
        break;
      }
      turnStart = q;
    }
    if (q > lastOutput) break;
    word |= load<u64>(p) << count;
    p += <usize>((63 - count) >>> 3);
    count |= 56;
    let entry = load<u32>(literalTable + (<usize>(word & ((1 << LITERAL_BITS) - 1)) << 2));
    if ((entry & LITERAL) !== 0) {
      // Up to three literals of the first table, 33 bits at most.
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
        const mask = (<u32>1 << ((entry >>> 8) & 0xf)) - 1;
        entry = load<u32>(literalTable + (<usize>(((entry >>> 16) & 0x7fff) + (<u32>word & mask)) << 2));
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
        if ((entry & END_OF_BLOCK) !== 0) {
          status = Status.blockEnded;
          phase = Phase.header;
        } else status = Status.damaged;
        break;
      }
    }
    const length = ((entry >>> 16) & 0x7fff) + (<u32>(word & ((<u64>1 << (entry & 0x3f)) - 1)) >>> ((entry >>> 8) & 0xf));
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;

    // A code of 15 bits and 13 more are left to read; 20 were used at most since the last filling.
    entry = load<u32>(distanceTable + (<usize>(word & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & EXCEPTION) !== 0) {
      if ((entry & SUBTABLE) !== 0) {
        word >>>= entry & 0x3f;
        count -= entry & 0x3f;
        const mask = (<u32>1 << ((entry >>> 8) & 0xf)) - 1;
        entry = load<u32>(distanceTable + (<usize>(((entry >>> 16) & 0x7fff) + (<u32>word & mask)) << 2));
      }
      if ((entry & EXCEPTION) !== 0) {
        status = Status.damaged;
        break;
      }
    }
    const distance = <usize>(((entry >>> 16) & 0x7fff) + (<u32>(word & ((<u64>1 << (entry & 0x3f)) - 1)) >>> ((entry >>> 8) & 0xf)));
    word >>>= entry & 0x3f;
    count -= entry & 0x3f;
    if (distance > q - known) {
      status = Status.damaged;
      break;
    }
    let from = q - distance;
    const end = q + <usize>length;
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
      // Of each eight bytes copied the first `distance` are right; those that follow are written again.
      const stride = min(distance, 8);
      for (; q < end; q += stride, from += stride) store<u64>(q, load<u64>(from));
    }
    q = end;
  }
  if (p - <usize>(count >>> 3) > inputEnd && status !== Status.cut) {
    q = turnStart;
    status = Status.cut;
  }
  inputAt = p;
  outputAt = q;
  bits = word & ((<u64>1 << count) - 1);
  bitCount = count;
  return status;
}
