import type { AddressPages } from '../../model/address-pages.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { HASH_SEED, hashByte, hashWord } from '../../model/string-table.ts';
import { Byte, HEX } from './bytes.ts';
import type { DumpFeatures } from './dump-features.ts';
import { Field, type RecordFields } from './record-fields.ts';
import { FLAG_KEYS, FlagKey, KEYS, Key, TYPES, Type } from './record-keys.ts';
import { wordOf } from './word-table.ts';

/** The scanner gave up on a record: it is not as Ruby writes it when all is well. */
export const IRREGULAR = -1;

const TRUE = wordOf('true');
const QUOTE_WORD = 0x22222222;
const BACKSLASH_WORD = 0x5c5c5c5c;
const SHAPE_IVAR = wordOf('IVAR');
const SHAPE_INITIAL = wordOf('INIT');
const NO_SHAPE = 0xffff_ffff;
/** A longer path or name is left to the lenient reader: the quote that ends it may be in a later record. */
const MAX_TEXT = 4096;
const MAX_FLAG_MEMOS = 6;
const MAX_FLAG_MEMO = 160;

/**
 * Reads one well-formed record from bytes into {@link RecordFields}, making no strings and no objects. It
 * expects what Ruby writes (`"key":value, "key":value`) and verifies every quote, bracket and separator on the
 * way; anything else makes it return {@link IRREGULAR}, and the record goes to the slow, lenient reader. Keys
 * may come in any order; unknown keys with simple values are passed over.
 *
 * The buffer must be readable for 64 bytes past the record's last byte.
 */
export class RecordScanner {
  readonly #builder: SnapshotBuilder;
  readonly #pages: AddressPages;
  readonly #fields: RecordFields;
  readonly #features: DumpFeatures;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** Results of the parts below, which return a position. */
  #number = 0;
  #hash = 0;
  #key = 0;

  /** The texts of `flags` met last, and what they mean; latest first. */
  readonly #flagMemos: { words: Int32Array; length: number; flags: number }[] = [];
  /** The `flags` read last hold an object id, and so are met once. */
  #hasObjectId = false;

  constructor(builder: SnapshotBuilder, fields: RecordFields, features: DumpFeatures) {
    this.#builder = builder;
    this.#pages = builder.pages;
    this.#fields = fields;
    this.#features = features;
  }

  /** The bytes to read from next. */
  setBuffer(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the record that starts at `start`; the position after its newline, or {@link IRREGULAR}. */
  record(start: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const fields = this.#fields;
    const values = fields.values;
    fields.clear();
    if (bytes[start] !== Byte.openBrace) return IRREGULAR;
    let p = start + 1;
    for (;;) {
      if (bytes[p] !== Byte.quote) return IRREGULAR;
      p++;
      const key = KEYS.find(view, p);
      p += KEYS.lengths[key]!;
      switch (key) {
        case Key.address:
          p = this.#address(p);
          values[Field.addressKey] = this.#key;
          values[Field.hasAddress] = 1;
          break;
        case Key.type: {
          if (bytes[p] !== Byte.quote) return IRREGULAR;
          const type = TYPES.find(view, p + 1);
          values[Field.type] = type;
          if (type !== Type.other) p += 1 + TYPES.lengths[type]!;
          else {
            p = this.#text(p);
            values[Field.otherType] = this.#number;
          }
          break;
        }
        case Key.shapeId:
          p = this.#integer(p);
          break;
        case Key.slotSize:
          p = this.#integer(p);
          this.#features.noteSlotSize(this.#number);
          break;
        case Key.class:
          p = this.#address(p);
          values[Field.classKey] = this.#key;
          break;
        case Key.references:
          p = this.#references(p);
          break;
        case Key.file:
          p = this.#text(p);
          values[Field.file] = this.#number;
          break;
        case Key.line:
          p = this.#integer(p);
          values[Field.line] = this.#number;
          break;
        case Key.method:
          p = this.#text(p);
          values[Field.method] = this.#number;
          break;
        case Key.generation:
          p = this.#integer(p);
          values[Field.generation] = this.#number + 1;
          break;
        case Key.memsize:
          p = this.#integer(p);
          fields.memsize = this.#number;
          break;
        case Key.flags:
          p = this.#flags(p);
          break;
        case Key.frozen:
          p = this.#flag(p, ObjectFlag.frozen);
          break;
        case Key.embedded:
          p = this.#flag(p, ObjectFlag.embedded);
          if (values[Field.type] === Type.OBJECT) this.#features.objectEmbedded = true;
          break;
        case Key.fstring:
          p = this.#flag(p, ObjectFlag.fstring);
          break;
        case Key.shared:
          p = this.#flag(p, ObjectFlag.shared);
          break;
        case Key.broken:
          p = this.#flag(p, ObjectFlag.broken);
          break;
        case Key.singleton:
          p = this.#flag(p, ObjectFlag.singleton);
          break;
        case Key.value:
          if (bytes[p] !== Byte.quote) return IRREGULAR;
          p = this.#string(p + 1);
          values[Field.contentHash] = this.#hash;
          values[Field.flags]! |= ObjectFlag.hasValue;
          break;
        case Key.bytesize:
        case Key.size:
        case Key.length:
          p = this.#integer(p);
          values[Field.contentLength] = Math.min(this.#number, 0xffff_fffe);
          break;
        case Key.name:
          p = this.#text(p);
          values[Field.name] = this.#number;
          break;
        case Key.superclass:
          p = this.#address(p);
          values[Field.superclassKey] = this.#key;
          this.#features.superclass = true;
          break;
        case Key.struct:
        case Key.imemoType:
          p = this.#text(p);
          values[Field.kind] = this.#number;
          break;
        case Key.root:
          p = this.#text(p);
          values[Field.root] = this.#number;
          break;
        case Key.id:
          p = this.#integer(p);
          values[Field.shapeId] = this.#number;
          break;
        case Key.parentId:
          p = this.#integer(p);
          values[Field.shapeParent] = this.#number;
          if (this.#number === NO_SHAPE) this.#features.shapeWithoutParent = true;
          break;
        case Key.shapeType:
          p = this.#shapeType(p);
          break;
        case Key.edgeName:
          p = this.#text(p);
          values[Field.edgeName] = this.#number;
          break;
        default:
          this.#noteFeature(key);
          p = key === Key.unknown ? this.#unknownKey(p) : this.#skipValue(p);
      }
      if (p < 0) return IRREGULAR;
      const separator = bytes[p];
      if (separator === Byte.comma) p += bytes[p + 1] === Byte.space ? 2 : 1;
      else if (separator === Byte.closeBrace) break;
      else return IRREGULAR;
    }
    p++;
    if (bytes[p] === Byte.cr) p++;
    return bytes[p] === Byte.lf ? p + 1 : IRREGULAR;
  }

  /** `"0x…"`: the key of the address. */
  #address(p: number): number {
    const bytes = this.#bytes;
    if (bytes[p] !== Byte.quote || bytes[p + 1] !== Byte.zero || bytes[p + 2] !== 0x78) return IRREGULAR;
    if (bytes[p + 15] === Byte.quote) {
      // Twelve digits, as on nearly every 64-bit machine: eight tell the page, four the place in it.
      const page =
        (HEX[bytes[p + 3]!]! << 28) |
        (HEX[bytes[p + 4]!]! << 24) |
        (HEX[bytes[p + 5]!]! << 20) |
        (HEX[bytes[p + 6]!]! << 16) |
        (HEX[bytes[p + 7]!]! << 12) |
        (HEX[bytes[p + 8]!]! << 8) |
        (HEX[bytes[p + 9]!]! << 4) |
        HEX[bytes[p + 10]!]!;
      const low =
        (HEX[bytes[p + 11]!]! << 12) |
        (HEX[bytes[p + 12]!]! << 8) |
        (HEX[bytes[p + 13]!]! << 4) |
        HEX[bytes[p + 14]!]!;
      if ((page | low) >= 0) {
        this.#key = this.#pages.key(page, low);
        return p + 16;
      }
    }
    let value = 0;
    for (p += 3; ; p++) {
      const digit = HEX[bytes[p]!]!;
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (bytes[p] !== Byte.quote) return IRREGULAR;
    this.#key = this.#pages.key(Math.floor(value / 65536), value % 65536);
    return p + 1;
  }

  /** `["0x…", "0x…"]`: pushed to the builder. */
  #references(p: number): number {
    const bytes = this.#bytes;
    const builder = this.#builder;
    if (bytes[p] !== Byte.openBracket) return IRREGULAR;
    p++;
    if (bytes[p] === Byte.closeBracket) return p + 1;
    let count = builder.referenceCount;
    let references = builder.references;
    for (;;) {
      p = this.#address(p);
      if (p < 0) return IRREGULAR;
      if (count === references.length) {
        builder.referenceCount = count;
        builder.reserveReferences(1);
        references = builder.references;
      }
      references[count++] = this.#key;
      if (bytes[p] === Byte.comma) p += bytes[p + 1] === Byte.space ? 2 : 1;
      else if (bytes[p] === Byte.closeBracket) break;
      else return IRREGULAR;
    }
    builder.referenceCount = count;
    return p + 1;
  }

  /**
   * `"text"` that Ruby may have written raw (file, name, method …): its string id. A backslash or a control
   * character in it makes the record irregular, since only the lenient reader can tell what was meant. That is
   * looked at when a text is first met: nearly every text was met before, and equal bytes are as good.
   */
  #text(p: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    if (bytes[p] !== Byte.quote) return IRREGULAR;
    const start = ++p;
    const limit = Math.min(start + MAX_TEXT, bytes.length - 4);
    let hash = HASH_SEED;
    for (;;) {
      if (p > limit) return IRREGULAR;
      const word = view.getInt32(p, true);
      const quote = word ^ QUOTE_WORD;
      if (((quote - 0x01010101) & ~quote & 0x80808080) !== 0) break;
      hash = hashWord(hash, word);
      p += 4;
    }
    let byte = bytes[p]!;
    while (byte !== Byte.quote) {
      hash = hashByte(hash, byte);
      byte = bytes[++p]!;
    }
    const known = this.#builder.strings.find(view, start, p, hash);
    if (known >= 0) this.#number = known;
    else {
      for (let at = start; at < p; at++)
        if (bytes[at] === Byte.backslash || bytes[at]! < 0x20) return IRREGULAR;
      this.#number = this.#builder.strings.intern(bytes, start, p, hash);
    }
    return p + 1;
  }

  /**
   * The rest of a JSON string from `p` on: past its closing quote, leaving the hash of its text. Equal texts
   * written by one Ruby have equal hashes, for their escapes are written alike.
   */
  #string(p: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    let hash = HASH_SEED;
    for (;;) {
      const word = view.getInt32(p, true);
      if (hasSpecial(word) === 0) {
        hash = hashWord(hash, word);
        p += 4;
        continue;
      }
      const byte = bytes[p]!;
      if (byte === Byte.quote) break;
      if (byte < 0x20) return IRREGULAR;
      hash = hashByte(hash, byte);
      p++;
      if (byte === Byte.backslash) {
        if (bytes[p]! < 0x20) return IRREGULAR;
        hash = hashByte(hash, bytes[p]!);
        p++;
      }
    }
    this.#hash = hash;
    return p + 1;
  }

  /** A number without sign or fraction; up to 2^53 exactly. */
  #integer(p: number): number {
    const bytes = this.#bytes;
    let digit = bytes[p]! - Byte.zero;
    if (digit < 0 || digit > 9) return IRREGULAR;
    let value = digit;
    for (;;) {
      digit = bytes[++p]! - Byte.zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.#number = value;
    return p;
  }

  #flag(p: number, flag: number): number {
    if (this.#view.getInt32(p, true) !== TRUE) return IRREGULAR;
    this.#fields.values[Field.flags]! |= flag;
    return p + 4;
  }

  /** `{"wb_protected":true, "old":true, …}`: nearly always one of the few texts met last. */
  #flags(p: number): number {
    const view = this.#view;
    const memos = this.#flagMemos;
    for (let i = 0; i < memos.length; i++) {
      const { words, length, flags } = memos[i]!;
      let word = 0;
      while (word < words.length && words[word] === view.getInt32(p + word * 4, true)) word++;
      if (word < words.length) continue;
      this.#fields.values[Field.flags]! |= flags;
      return p + length;
    }
    const before = this.#fields.values[Field.flags]!;
    this.#fields.values[Field.flags] = 0;
    const end = this.#parseFlags(p);
    const flags = this.#fields.values[Field.flags]!;
    this.#fields.values[Field.flags] = before | flags;
    if (end > 0 && end - p <= MAX_FLAG_MEMO && !this.#hasObjectId) this.#rememberFlags(p, end, flags);
    return end;
  }

  /** Keeps the text from `p` to `end`, and up to three bytes behind it, which are nearly always the same too. */
  #rememberFlags(p: number, end: number, flags: number): void {
    const words = new Int32Array((end - p + 3) >>> 2);
    for (let word = 0; word < words.length; word++) words[word] = this.#view.getInt32(p + word * 4, true);
    this.#flagMemos.unshift({ words, length: end - p, flags });
    if (this.#flagMemos.length > MAX_FLAG_MEMOS) this.#flagMemos.pop();
  }

  #parseFlags(p: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    if (bytes[p] !== Byte.openBrace) return IRREGULAR;
    p++;
    if (bytes[p] === Byte.closeBrace) return p + 1;
    let flags = 0;
    this.#hasObjectId = false;
    for (;;) {
      if (bytes[p] !== Byte.quote) return IRREGULAR;
      const key = FLAG_KEYS.find(view, p + 1);
      p += 1 + FLAG_KEYS.lengths[key]!;
      if (key === FlagKey.unknown) p = this.#unknownKey(p);
      else if (view.getInt32(p, true) === TRUE) {
        if (key === FlagKey.old || key === FlagKey.longLived) flags |= ObjectFlag.old;
        else if (key === FlagKey.pinned) flags |= ObjectFlag.pinned;
        p += 4;
      } else {
        this.#number = 0;
        p = this.#skipValue(p);
        if (key === FlagKey.age && this.#number === 3) flags |= ObjectFlag.old;
      }
      this.#noteFlag(key);
      if (p < 0) return IRREGULAR;
      if (bytes[p] === Byte.comma) p += bytes[p + 1] === Byte.space ? 2 : 1;
      else if (bytes[p] === Byte.closeBrace) break;
      else return IRREGULAR;
    }
    this.#fields.values[Field.flags]! |= flags;
    return p + 1;
  }

  #noteFlag(key: number): void {
    if (key === FlagKey.age) this.#features.age = true;
    else if (key === FlagKey.pinned) this.#features.pinned = true;
    else if (key === FlagKey.infant) this.#features.infant = true;
    else if (key === FlagKey.longLived) this.#features.longLived = true;
    else if (key === FlagKey.objectId) this.#hasObjectId = true;
  }

  #noteFeature(key: number): void {
    const features = this.#features;
    if (key === Key.receiverClass || key === Key.calledId) features.receiverClass = true;
    else if (key === Key.tooComplexShape) features.tooComplexShape = true;
    else if (key === Key.complexShape) features.complexShape = true;
    else if (key === Key.freeImmediately) features.freeImmediately = true;
    else if (key === Key.chilled) features.chilled = true;
  }

  #shapeType(p: number): number {
    const head = this.#view.getInt32(p + 1, true);
    if (head === SHAPE_IVAR) this.#fields.values[Field.shapeIvar] = 1;
    else if (head === SHAPE_INITIAL) this.#features.shapeCapacity = true;
    return this.#skipValue(p);
  }

  /** The value of a key that no column needs: string, number, true, false or null. A number is left behind. */
  #skipValue(p: number): number {
    const byte = this.#bytes[p]!;
    if (byte === Byte.quote) return this.#string(p + 1);
    if (byte >= Byte.zero && byte <= Byte.nine) {
      p = this.#integer(p);
      // Fractions, in case a later Ruby writes one.
      while (this.#bytes[p] === 0x2e || (this.#bytes[p]! >= Byte.zero && this.#bytes[p]! <= Byte.nine)) p++;
      return p;
    }
    if (byte === 0x2d) return this.#integer(p + 1);
    const head = this.#view.getInt32(p, true);
    if (head === TRUE || head === NULL) return p + 4;
    return head === FALSE && this.#bytes[p + 4] === 0x65 ? p + 5 : IRREGULAR;
  }

  /** A key that no Ruby known wrote, and its value. `p` is behind its opening quote. */
  #unknownKey(p: number): number {
    const bytes = this.#bytes;
    while (bytes[p] !== Byte.quote) {
      const byte = bytes[p]!;
      const inName =
        byte === 0x5f || (byte >= 0x61 && byte <= 0x7a) || (byte >= Byte.zero && byte <= Byte.nine);
      if (!inName) return IRREGULAR;
      p++;
    }
    return bytes[p + 1] === 0x3a ? this.#skipValue(p + 2) : IRREGULAR;
  }
}

const NULL = wordOf('null');
const FALSE = wordOf('fals');

/**
 * Not 0 if one of the four bytes is a quote, a backslash or below 0x20. Exact as a test of "any" (S. E.
 * Anderson, Bit Twiddling Hacks, "Determine if a word has a zero byte" and "… a byte less than n").
 */
function hasSpecial(word: number): number {
  const quote = word ^ QUOTE_WORD;
  const backslash = word ^ BACKSLASH_WORD;
  return (
    (((quote - 0x01010101) & ~quote) |
      ((backslash - 0x01010101) & ~backslash) |
      ((word - 0x20202020) & ~word)) &
    0x80808080
  );
}
