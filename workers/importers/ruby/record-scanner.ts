import { ObjectFlag } from '../../model/object-flags.ts';
import type { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { Byte } from './bytes.ts';
import type { DumpFeatures } from './dump-features.ts';
import { FlagsReader } from './flags-reader.ts';
import { Field, type RecordFields } from './record-fields.ts';
import { KEYS, Key, TYPES, Type } from './record-keys.ts';
import { TailReader } from './tail-reader.ts';
import { IRREGULAR, ValueReader } from './value-reader.ts';
import { wordOf } from './word-table.ts';

const TRUE = wordOf('true');
const SHAPE_IVAR = wordOf('IVAR');
const SHAPE_INITIAL = wordOf('INIT');
const NO_SHAPE = 0xffff_ffff;
const HEAD = [wordOf('{"ad'), wordOf('dres'), wordOf('s":"')] as const;
/** The beginning and the end of the encoding that nearly every string has. */
const UTF8 = [wordOf('UTF-'), wordOf('F-8"')] as const;
// Names of their own: a property of an object costs a look-up until the code is optimised.
const { quote: QUOTE, comma: COMMA, space: SPACE, closeBrace: CLOSE_BRACE } = Byte;

/**
 * Reads one well-formed record from bytes into {@link RecordFields}, making no strings and no objects. It
 * expects what Ruby writes (`"key":value, "key":value`) and verifies every quote, bracket and separator on the
 * way; anything else makes it return {@link IRREGULAR}, and the record goes to the slow, lenient reader. Keys
 * may come in any order; unknown keys with simple values are passed over.
 *
 * The buffer must be readable for `LOOK_AHEAD` bytes past the record's last byte.
 */
export class RecordScanner {
  readonly #builder: SnapshotBuilder;
  readonly #fields: RecordFields;
  readonly #features: DumpFeatures;
  readonly #reader: ValueReader;
  readonly #flagsReader: FlagsReader;
  readonly #tail: TailReader;

  constructor(builder: SnapshotBuilder, fields: RecordFields, features: DumpFeatures) {
    this.#builder = builder;
    this.#fields = fields;
    this.#features = features;
    this.#reader = new ValueReader(builder.pages, builder.strings);
    this.#flagsReader = new FlagsReader(this.#reader, features);
    this.#tail = new TailReader(this.#reader, this.#flagsReader, fields);
  }

  /** The bytes to read from next. */
  setBuffer(bytes: Uint8Array): void {
    this.#reader.setBuffer(bytes);
  }

  /** Reads the record that starts at `start`; the position after its newline, or {@link IRREGULAR}. */
  record(start: number): number {
    const reader = this.#reader;
    const { bytes, view } = reader;
    const fields = this.#fields;
    const values = fields.values;
    fields.clear();
    if (bytes[start] !== Byte.openBrace) return IRREGULAR;
    // Nearly every record begins alike; what does not is read key by key from its first.
    let p = start + 1;
    if (
      view.getInt32(start, true) === HEAD[0] &&
      view.getInt32(start + 4, true) === HEAD[1] &&
      view.getInt32(start + 8, true) === HEAD[2]
    ) {
      p = reader.address(start + 11);
      if (p < 0) return IRREGULAR;
      values[Field.addressKey] = reader.key;
      values[Field.hasAddress] = 1;
      if (bytes[p] !== COMMA || bytes[p + 1] !== SPACE) return IRREGULAR;
      p += 2;
    }
    for (;;) {
      if (bytes[p] !== QUOTE) return IRREGULAR;
      p++;
      const key = KEYS.find(view, p);
      p += KEYS.lengths[key]!;
      // Literals, not names: only of literals does the engine make a jump table. A test compares them.
      switch (key) {
        case 1: // address
          p = reader.address(p);
          values[Field.addressKey] = reader.key;
          values[Field.hasAddress] = 1;
          break;
        case 2: {
          // type
          if (bytes[p] !== QUOTE) return IRREGULAR;
          const type = TYPES.find(view, p + 1);
          values[Field.type] = type;
          if (type !== Type.other) p += 1 + TYPES.lengths[type]!;
          else {
            p = reader.text(p);
            values[Field.otherType] = reader.number;
          }
          break;
        }
        case 11: // shapeId
          p = reader.integer(p);
          break;
        case 12: // slotSize
          p = reader.integer(p);
          this.#features.noteSlotSize(reader.number);
          break;
        case 3: // class
          p = reader.address(p);
          values[Field.classKey] = reader.key;
          break;
        case 4: // references
          p = this.#references(p);
          break;
        case 5: // file
          p = this.#tail.fromFile(p);
          break;
        case 6: // line
          p = reader.integer(p);
          values[Field.line] = reader.number;
          break;
        case 7: // method
          p = reader.text(p);
          values[Field.method] = reader.number;
          break;
        case 8: // generation
          p = reader.integer(p);
          values[Field.generation] = reader.number + 1;
          break;
        case 9: // memsize
          p = this.#tail.fromMemsize(p);
          break;
        case 10: // flags
          p = this.#flagsReader.read(p);
          values[Field.flags]! |= this.#flagsReader.flags;
          break;
        case 13: // frozen
          p = this.#flag(p, ObjectFlag.frozen);
          break;
        case 14: // embedded
          p = this.#flag(p, ObjectFlag.embedded);
          if (values[Field.type] === Type.OBJECT) this.#features.objectEmbedded = true;
          break;
        case 15: // fstring
          p = this.#flag(p, ObjectFlag.fstring);
          break;
        case 16: // shared
          p = this.#flag(p, ObjectFlag.shared);
          break;
        case 19: // broken
          p = this.#flag(p, ObjectFlag.broken);
          break;
        case 24: // singleton
          p = this.#flag(p, ObjectFlag.singleton);
          break;
        case 18: // value
          if (bytes[p] !== Byte.quote) return IRREGULAR;
          p = reader.string(p + 1);
          values[Field.contentHash] = reader.hash;
          values[Field.flags]! |= ObjectFlag.hasValue;
          break;
        case 17: // bytesize
        case 20: // size
        case 21: // length
          p = reader.integer(p);
          values[Field.contentLength] = Math.min(reader.number, 0xffff_fffe);
          break;
        case 22: // name
          p = reader.text(p);
          values[Field.name] = reader.number;
          break;
        case 23: // superclass
          p = reader.address(p);
          values[Field.superclassKey] = reader.key;
          this.#features.superclass = true;
          break;
        case 26: // struct
        case 27: // imemoType
          p = reader.text(p);
          values[Field.kind] = reader.number;
          break;
        case 32: // root
          p = reader.text(p);
          values[Field.root] = reader.number;
          break;
        case 28: // id
          p = reader.integer(p);
          values[Field.shapeId] = reader.number;
          break;
        case 29: // parentId
          p = reader.integer(p);
          values[Field.shapeParent] = reader.number;
          if (reader.number === NO_SHAPE) this.#features.shapeWithoutParent = true;
          break;
        case 30: // shapeType
          p = this.#shapeType(p);
          break;
        case 31: // edgeName
          p = reader.text(p);
          values[Field.edgeName] = reader.number;
          break;
        case 41: // encoding
          p =
            view.getInt32(p + 1, true) === UTF8[0] && view.getInt32(p + 3, true) === UTF8[1]
              ? p + 7
              : reader.skipValue(p);
          break;
        default:
          this.#noteFeature(key);
          p = key === Key.unknown ? reader.unknownKey(p) : reader.skipValue(p);
      }
      if (p < 0) return IRREGULAR;
      const separator = bytes[p];
      if (separator === COMMA) p += bytes[p + 1] === SPACE ? 2 : 1;
      else if (separator === CLOSE_BRACE) break;
      else return IRREGULAR;
    }
    p++;
    if (bytes[p] === Byte.cr) p++;
    return bytes[p] === Byte.lf ? p + 1 : IRREGULAR;
  }

  /** `["0x…", "0x…"]`: pushed to the builder. */
  #references(p: number): number {
    const reader = this.#reader;
    const { bytes } = reader;
    const builder = this.#builder;
    if (bytes[p] !== Byte.openBracket) return IRREGULAR;
    p++;
    if (bytes[p] === Byte.closeBracket) return p + 1;
    let count = builder.referenceCount;
    let references = builder.references;
    for (;;) {
      p = reader.address(p);
      if (p < 0) return IRREGULAR;
      if (count === references.length) {
        builder.referenceCount = count;
        builder.reserveReferences(1);
        references = builder.references;
      }
      references[count++] = reader.key;
      if (bytes[p] === Byte.comma) p += bytes[p + 1] === Byte.space ? 2 : 1;
      else if (bytes[p] === Byte.closeBracket) break;
      else return IRREGULAR;
    }
    builder.referenceCount = count;
    return p + 1;
  }

  #flag(p: number, flag: number): number {
    if (this.#reader.view.getInt32(p, true) !== TRUE) return IRREGULAR;
    this.#fields.values[Field.flags]! |= flag;
    return p + 4;
  }

  #noteFeature(key: number): void {
    const features = this.#features;
    if (key === Key.receiverClass || key === Key.calledId) features.receiverClass = true;
    else if (key === Key.complexShape) features.complexShape = true;
    else if (key === Key.freeImmediately) features.freeImmediately = true;
    else if (key === Key.chilled) features.chilled = true;
  }

  #shapeType(p: number): number {
    const reader = this.#reader;
    const head = reader.view.getInt32(p + 1, true);
    if (head === SHAPE_IVAR) this.#fields.values[Field.shapeIvar] = 1;
    else if (head === SHAPE_INITIAL) this.#features.shapeCapacity = true;
    return reader.skipValue(p);
  }
}
