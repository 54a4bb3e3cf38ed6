import type { FileKey } from '../../protocol/object-set.ts';
import { Byte } from './bytes.ts';
import { endedText, findHead, isAt } from './raw-values.ts';
import { fieldsInBlock } from './record-details.ts';
import { latin1Of } from './slow/record-text.ts';

const KEYS: ReadonlyMap<string, FileKey> = new Map([
  ['encoding', 'encoding'],
  ['slot_size', 'slot'],
  ['shape_id', 'shape'],
]);
const NAMES = [...KEYS.keys()];
const KEY_TEXTS = NAMES.map(name => new TextEncoder().encode(`"${name}":`));
const COLON = 0x3a;

/**
 * Encoding, slot size and shape of the objects in a block; see `Importer.extras`. Records as Ruby writes them are walked
 * key by key; where one is not, the block is read slowly, once. O(block).
 */
export function recordExtras(
  block: Uint8Array,
  addresses: readonly string[],
  take: (at: number, key: FileKey, value: string) => void,
): void {
  let from = 0;
  let readSlowly: ReturnType<typeof fieldsInBlock> | null = null;
  for (const [at, address] of addresses.entries()) {
    const start = findHead(block, address, from);
    if (start >= 0) from = start + 1;
    const fields = start < 0 ? null : fieldsAt(block, start);
    if (fields === null) readSlowly ??= fieldsInBlock(block, NAMES);
    for (const [name, value] of fields ?? readSlowly?.get(address) ?? []) {
      take(at, KEYS.get(name)!, latin1Of(value, 0, value.length));
    }
  }
}

/** The wanted fields of the record that begins at `start`, if it is as Ruby writes it; else null. O(record). */
function fieldsAt(block: Uint8Array, start: number): [string, Uint8Array][] | null {
  const fields: [string, Uint8Array][] = [];
  let at = start + 1;
  for (;;) {
    if (block[at] !== Byte.quote) return null;
    const name = NAMES.find((_, which) => isAt(block, KEY_TEXTS[which]!, at));
    const value = block.indexOf(Byte.quote, at + 1) + 2;
    if (block[value - 1] !== COLON) return null;
    const end = endOfValue(block, value);
    if (end < 0) return null;
    if (name !== undefined) fields.push([name, withoutQuotes(block.subarray(value, end))]);
    if (block[end] === Byte.closeBrace) return fields;
    if (block[end] !== Byte.comma) return null;
    at = block[end + 1] === Byte.space ? end + 2 : end + 1;
  }
}

/** Where a value ends, which may be a text, a list or an object of plain values, or a scalar; -1 if it does not. */
function endOfValue(block: Uint8Array, value: number): number {
  switch (block[value]) {
    case Byte.quote: {
      const text = endedText(block, value + 1);
      return text === null ? -1 : value + text.length + 2;
    }
    case Byte.openBracket:
      return block.indexOf(Byte.closeBracket, value) + 1 || -1;
    case Byte.openBrace:
      return block.indexOf(Byte.closeBrace, value) + 1 || -1;
    default: {
      let end = value;
      while (isScalar(block[end])) end++;
      return end;
    }
  }
}

function withoutQuotes(value: Uint8Array): Uint8Array {
  return value[0] === Byte.quote ? value.subarray(1, -1) : value;
}

/** A digit, a letter or a sign of a number. */
function isScalar(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d || byte === 0x2e;
}
