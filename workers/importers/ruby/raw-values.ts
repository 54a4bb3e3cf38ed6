import type { AddressList } from '../importer.ts';
import { Byte } from './bytes.ts';
import { fieldsInBlock } from './record-details.ts';

const HEAD = asciiOf('{"address":"0x');
const KEY = asciiOf('"value":"');

/**
 * The texts of strings as stored in a block, in the order of the file; see `TextReader.values`. Records in Ruby's
 * layout are found in one forward pass, without examining their other fields; for all others the block is read by the
 * slow reader, once. O(block).
 */
export function rawValues(
  block: Uint8Array,
  addresses: AddressList,
  take: (at: number, value: Uint8Array | null) => void,
): void {
  let from = 0;
  let readSlowly: ReturnType<typeof fieldsInBlock> | null = null;
  for (let at = 0; at < addresses.length; at++) {
    const start = findHead(block, addresses, at, from);
    const value = start < 0 ? null : valueAt(block, start);
    if (start >= 0) from = start + 1;
    if (value === null) readSlowly ??= fieldsInBlock(block, ['value']);
    take(at, value ?? readSlowly?.get(addresses.text(at))?.get('value') ?? null);
  }
}

/** Where the record of an object begins as Ruby begins it, at or after `from`; -1 if none does. */
export function findHead(block: Uint8Array, addresses: AddressList, which: number, from: number): number {
  const address = addresses.number(which);
  const text = Number.isNaN(address) ? addresses.text(which) : null;
  for (let at = block.indexOf(Byte.openBrace, from); at >= 0; at = block.indexOf(Byte.openBrace, at + 1)) {
    if (!isAt(block, HEAD, at)) continue;
    if (text === null ? addressAt(block, at + HEAD.length) === address : matchesAddress(block, at, text))
      return at;
  }
  return -1;
}

/** The value of the hexadecimal digits from `start` to a quote; NaN for anything else. */
function addressAt(block: Uint8Array, start: number): number {
  let address = 0;
  for (let at = start; ; at++) {
    const byte = block[at];
    if (byte === undefined) return Number.NaN;
    if (byte >= 0x30 && byte <= 0x39) address = address * 16 + byte - 0x30;
    else if (byte >= 0x61 && byte <= 0x66) address = address * 16 + byte - 0x57;
    else return byte === Byte.quote && at > start ? address : Number.NaN;
  }
}

function matchesAddress(block: Uint8Array, at: number, address: string): boolean {
  for (let digit = 2; digit < address.length; digit++) {
    if (block[at + HEAD.length + digit - 2] !== address.charCodeAt(digit)) return false;
  }
  return block[at + HEAD.length + address.length - 2] === Byte.quote;
}

/** The value of the record that begins at `start`, as Ruby writes it: before any text of other origin; else null. */
function valueAt(block: Uint8Array, start: number): Uint8Array | null {
  for (let at = block.indexOf(Byte.quote, start); at >= 0; at = block.indexOf(Byte.quote, at + 1)) {
    if (block[at + 1] === 0x76 && isAt(block, KEY, at)) return endedText(block, at + KEY.length);
    // Before the value, Ruby writes no text that could contain an escape, and nothing in braces.
    const before = block[at - 1];
    if (before === Byte.backslash || (before === Byte.openBrace && at > start + 1)) return null;
  }
  return null;
}

/** The text from `start` to its closing quote, if a field or the record ends there; otherwise null. */
export function endedText(block: Uint8Array, start: number): Uint8Array | null {
  for (let end = block.indexOf(Byte.quote, start); end >= 0; end = block.indexOf(Byte.quote, end + 1)) {
    let before = end;
    while (before > start && block[before - 1] === Byte.backslash) before--;
    if ((end - before) % 2 === 1) continue;
    const next = block[end + 1];
    return next === Byte.comma || next === Byte.closeBrace ? block.subarray(start, end) : null;
  }
  return null;
}

export function isAt(block: Uint8Array, text: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (block[at + i] !== text[i]) return false;
  return true;
}

function asciiOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
