import type { FileKey } from '../../protocol/object-set.ts';
import type { ExtrasReader } from '../importer.ts';
import { Byte } from './bytes.ts';
import { findHead, isAt } from './raw-values.ts';
import { fieldsInBlock } from './record-details.ts';
import { latin1Of } from './slow/record-text.ts';

const KEYS: ReadonlyMap<string, FileKey> = new Map([
  ['encoding', 'encoding'],
  ['slot_size', 'slot'],
  ['shape_id', 'shape'],
]);
const NAMES = [...KEYS.keys()];
const ENCODING = NAMES.indexOf('encoding');
const SLOT = NAMES.indexOf('slot_size');
const SHAPE = NAMES.indexOf('shape_id');
const NAME_BYTES = NAMES.map(name => new TextEncoder().encode(name));
const FILE_KEYS_OF_NAMES = [...KEYS.values()];
const COLON = 0x3a;
const STRING_TYPE = new TextEncoder().encode('"type":"STRING"');
/** Fields of a record, from 0: the address, the type and, in Ruby 3.2 and later, the shape and the slot size. */
const TYPE_FIELD = 1;
const SHAPE_FIELD = 2;
/** Longer values are not kept for the next record. */
const KEPT_LENGTHS = 64;

/**
 * Reads encoding, slot size and shape of objects, block by block; see `Importer.extras`. Records in Ruby's layout are
 * read key by key; for any other record its block is read by the slow reader, once. O(block).
 */
export function recordExtras(): ExtrasReader {
  const walk = new RecordWalk();
  return (block, addresses, take) => {
    let from = 0;
    let readSlowly: ReturnType<typeof fieldsInBlock> | null = null;
    for (let at = 0; at < addresses.length; at++) {
      const start = findHead(block, addresses, at, from);
      if (start >= 0) from = start + 1;
      if (start >= 0 && walk.read(block, start)) {
        for (let name = 0; name < NAMES.length; name++) {
          const value = walk.valueOf(name);
          if (value !== null) take(at, FILE_KEYS_OF_NAMES[name]!, value);
        }
        continue;
      }
      readSlowly ??= fieldsInBlock(block, NAMES);
      for (const [name, value] of readSlowly.get(addresses.text(at)) ?? []) {
        take(at, KEYS.get(name)!, latin1Of(value, 0, value.length));
      }
    }
  };
}

/** Walks records key by key. Loops over bytes and makes no objects: all records of a file are read so. */
class RecordWalk {
  #block: Uint8Array = new Uint8Array(0);
  /** Where the values of {@link NAMES} begin and end, without quotes; 0 = not in the record. */
  readonly #from = new Uint32Array(NAMES.length);
  readonly #to = new Uint32Array(NAMES.length);
  /** The last text of each length and name: most records have one of a few. */
  readonly #texts = NAMES.map((): string[] => []);

  /** The value of a name in the record that was read last; null if it has none. */
  valueOf(name: number): string | null {
    const from = this.#from[name]!;
    const to = this.#to[name]!;
    if (from === 0) return null;
    const known = this.#texts[name]![to - from];
    if (known !== undefined && this.#isText(known, from)) return known;
    const text = latin1Of(this.#block, from, to);
    if (to - from < KEPT_LENGTHS) this.#texts[name]![to - from] = text;
    return text;
  }

  #isText(text: string, from: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.#block[from + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /**
   * Reads the record that begins at `start`; false if it is not as Ruby writes it. Ruby 3.2 and later write shape and
   * slot size right after the type, and an encoding for strings alone, so most records are not read to their end.
   * O(record).
   */
  read(block: Uint8Array, start: number): boolean {
    this.#block = block;
    this.#from.fill(0);
    let at = start + 1;
    let isString = false;
    let hasShapeInFront = false;
    let hasSlotInFront = false;
    for (let field = 0; ; field++) {
      if (block[at] !== Byte.quote) return false;
      const nameEnd = endOfText(block, at + 1);
      if (block[nameEnd + 1] !== COLON) return false;
      const value = nameEnd + 2;
      const end = endOfValue(block, value);
      if (end < 0) return false;
      const name = nameOf(block, at + 1, nameEnd);
      if (name >= 0) {
        const quote = block[value] === Byte.quote ? 1 : 0;
        this.#from[name] = value + quote;
        this.#to[name] = end - quote;
      }
      if (block[end] === Byte.closeBrace) return true;
      if (block[end] !== Byte.comma) return false;
      if (field === SHAPE_FIELD) hasShapeInFront = name === SHAPE;
      if (field === TYPE_FIELD) isString = isAt(block, STRING_TYPE, at);
      else if (name === SLOT && field === SHAPE_FIELD + 1 && hasShapeInFront) {
        if (!isString) return true;
        hasSlotInFront = true;
      } else if (name === ENCODING && hasSlotInFront) return true;
      at = block[end + 1] === Byte.space ? end + 2 : end + 1;
    }
  }
}

/** Which of {@link NAMES} stands between two places; -1 = none. */
function nameOf(block: Uint8Array, from: number, to: number): number {
  for (let name = 0; name < NAME_BYTES.length; name++) {
    const bytes = NAME_BYTES[name]!;
    // The last bytes distinguish them from nearly all others.
    if (bytes.length === to - from && bytes[bytes.length - 1] === block[to - 1] && isAt(block, bytes, from)) {
      return name;
    }
  }
  return -1;
}

/** Where a value ends, which may be a text, a list or an object of plain values, or a scalar; -1 if it does not. */
function endOfValue(block: Uint8Array, value: number): number {
  switch (block[value]) {
    case Byte.quote: {
      const end = endOfText(block, value + 1) + 1;
      // Ruby writes paths without escaping them: a quote may be part of one.
      return block[end] === Byte.comma || block[end] === Byte.closeBrace ? end : -1;
    }
    case Byte.openBracket:
      return behind(block, Byte.closeBracket, value);
    case Byte.openBrace:
      return behind(block, Byte.closeBrace, value);
    default: {
      let end = value;
      while (isScalar(block[end])) end++;
      return end;
    }
  }
}

/** The quote that ends a text, or the end of the block. */
function endOfText(block: Uint8Array, from: number): number {
  const { length } = block;
  let at = from;
  while (at < length && block[at] !== Byte.quote) at += block[at] === Byte.backslash ? 2 : 1;
  return at;
}

/** Behind the next such byte; -1 if there is none. */
function behind(block: Uint8Array, byte: number, from: number): number {
  const { length } = block;
  for (let at = from; at < length; at++) if (block[at] === byte) return at + 1;
  return -1;
}

/** A digit, a letter or a sign of a number. */
function isScalar(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d || byte === 0x2e;
}
