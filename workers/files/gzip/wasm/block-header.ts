import { alignToByte, bits, bitCount, inputAt, moveInput, refill, takeBits } from './bits';
import {
  DISTANCE_BITS,
  DISTANCE_ENTRIES,
  END_OF_BLOCK,
  EXCEPTION,
  LITERAL,
  LITERAL_BITS,
  LITERAL_ENTRIES,
  makeTable,
} from './huffman';

/**
 * The longest header of a block is 562 bytes: 17 bits, 19 lengths of 3 bits, and 316 codes of 7 bits with 7 more. Eight
 * bytes are read from its last one on.
 */
export const HEADER_INPUT: usize = 640;

/** The kind of a block. */
export const enum BlockKind {
  stored,
  fixed,
  dynamic,
  invalid,
}

const LENGTH_SYMBOLS: u32 = 288;
const DISTANCE_SYMBOLS: u32 = 32;
const PRECODE_SYMBOLS: u32 = 19;
const PRECODE_BITS: u32 = 7;
/** The tables for decoding the current block. */
export const literalTable = memory.data(LITERAL_ENTRIES << 2);
export const distanceTable = memory.data(DISTANCE_ENTRIES << 2);
const precodeTable = memory.data(1 << (PRECODE_BITS + 2));
/** Entries of the symbols, without their codes. */
const literalResults = memory.data(LENGTH_SYMBOLS << 2);
const distanceResults = memory.data(DISTANCE_SYMBOLS << 2);
const precodeResults = memory.data(PRECODE_SYMBOLS << 2);
/** Code lengths of a block, one byte per symbol, those of literals and lengths first. */
const codeLengths = memory.data(LENGTH_SYMBOLS + DISTANCE_SYMBOLS);
const precodeLengths = memory.data(PRECODE_SYMBOLS);
/** The order in which the lengths of the precode are written. */
const precodeOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let tablesAreFixed: bool = false;
/** Whether the current block is the last one of its stream. */
export let isLastBlock: bool = false;
/** Length of the current stored block in bytes. */
export let storedBytes: u32 = 0;

export function setUpHeaders(): void {
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

/** Begins a stream: no block of it was the last one. */
export function forgetBlocks(): void {
  isLastBlock = false;
}

/**
 * Reads the header of a block. If the header goes past the end of the input, so does this function: the caller checks
 * where the input continues.
 */
export function readHeader(): BlockKind {
  refill();
  isLastBlock = takeBits(1) === 1;
  const kind = takeBits(2);
  if (kind === 0) {
    alignToByte();
    const length = load<u16>(inputAt);
    const check = load<u16>(inputAt, 2);
    moveInput(inputAt + 4);
    storedBytes = length;
    return (length ^ check) === 0xffff ? BlockKind.stored : BlockKind.invalid;
  }
  if (kind === 1) {
    useFixedTables();
    return BlockKind.fixed;
  }
  return kind === 2 && readTables() ? BlockKind.dynamic : BlockKind.invalid;
}

function useFixedTables(): void {
  if (tablesAreFixed) return;
  memory.fill(codeLengths, 8, 144);
  memory.fill(codeLengths + 144, 9, 112);
  memory.fill(codeLengths + 256, 7, 24);
  memory.fill(codeLengths + 280, 8, 8);
  memory.fill(codeLengths + 288, 5, 32);
  makeTable(literalTable, LITERAL_BITS, codeLengths, LENGTH_SYMBOLS, literalResults);
  makeTable(distanceTable, DISTANCE_BITS, codeLengths + 288, DISTANCE_SYMBOLS, distanceResults);
  tablesAreFixed = true;
}

function readTables(): bool {
  tablesAreFixed = false;
  const literals = takeBits(5) + 257;
  const distances = takeBits(5) + 1;
  const precodes = takeBits(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(precodeLengths, 0, PRECODE_SYMBOLS);
  for (let i: u32 = 0; i < precodes; i++) {
    if (bitCount < 3) refill();
    store<u8>(precodeLengths + <usize>load<u8>(precodeOrder + i), <u8>takeBits(3));
  }
  if (!makeTable(precodeTable, PRECODE_BITS, precodeLengths, PRECODE_SYMBOLS, precodeResults)) return false;
  const total = literals + distances;
  let at: u32 = 0;
  while (at < total) {
    refill();
    const entry = load<u32>(precodeTable + (<usize>(bits & 127) << 2));
    if ((entry & EXCEPTION) !== 0) return false;
    takeBits(<u64>(entry & 0x3f));
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
      repeats = 3 + takeBits(2);
    } else repeats = symbol === 17 ? 3 + takeBits(3) : 11 + takeBits(7);
    if (at + repeats > total) return false;
    memory.fill(codeLengths + at, length, repeats);
    at += repeats;
  }
  // Without a code for its end, the block would never end.
  if (load<u8>(codeLengths + 256) === 0) return false;
  return (
    makeTable(distanceTable, DISTANCE_BITS, codeLengths + literals, distances, distanceResults) &&
    makeTable(literalTable, LITERAL_BITS, codeLengths, literals, literalResults)
  );
}
