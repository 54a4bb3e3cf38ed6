import { ObjectFlag } from '../../../model/object-flags.ts';
import { Byte } from '../bytes.ts';
import { Feature, Field, MAX_GENERATION, MAX_SHAPE, Type } from '../record-codes.ts';
import type { RecordFields } from '../record-fields.ts';
import { TYPE_NAMES } from '../record-keys.ts';
import type { RecordScanner } from '../record-scanner.ts';
import { HexAddress, IMPOSSIBLE, readCount } from './field-values.ts';
import { endOfScalar, isSpace, type Token } from './json-record.ts';
import { latin1Of, textOf } from './record-text.ts';

const TYPE_IDS = new Map(TYPE_NAMES.map((name, id) => [name, id]));

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['frozen', ObjectFlag.frozen],
  ['embedded', ObjectFlag.embedded],
  ['fstring', ObjectFlag.fstring],
  ['shared', ObjectFlag.shared],
  ['broken', ObjectFlag.broken],
  ['singleton', ObjectFlag.singleton],
  ['too_complex_shape', ObjectFlag.complexShape],
  ['complex_shape', ObjectFlag.complexShape],
]);

/** Keys whose presence reveals the version of Ruby. */
const FEATURES: ReadonlyMap<string, Feature> = new Map([
  ['superclass', Feature.superclass],
  ['receiver_class', Feature.receiverClass],
  ['called_id', Feature.receiverClass],
  ['complex_shape', Feature.complexShape],
  ['free_immediately', Feature.freeImmediately],
  ['chilled', Feature.chilled],
]);
const FLAG_FEATURES: ReadonlyMap<string, Feature> = new Map([
  ['age', Feature.age],
  ['pinned', Feature.pinned],
  ['infant', Feature.infant],
  ['long_lived', Feature.longLived],
]);

/** Programs do not wrap lines shorter than this. */
const WRAPPED_BYTES = 1000;
const MAX_WORD = 0xffff_ffff;
const MAX_LENGTH = 0xffff_fffe;
const MAX_EXACT = Number.MAX_SAFE_INTEGER;
const NO_SHAPE = 0xffff_ffff;

/**
 * Stores the fields of a record from the slow reader where the scanner has its own. An impossible value counts as an
 * absent field, and is recorded.
 */
export class RecordValues {
  /** Fields with impossible values. */
  readonly damaged: Token[] = [];
  /** Keys that the record has. */
  readonly keys = new Set<string>();
  hasMemsize = false;
  readonly #scanner: RecordScanner;
  readonly #fields: RecordFields;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Whether another program wrote the record, and escaped all texts. */
  #isEscaped = false;
  #features = 0;
  #slotSize = 0;
  readonly #hex = new HexAddress();

  constructor(scanner: RecordScanner, fields: RecordFields) {
    this.#scanner = scanner;
    this.#fields = fields;
  }

  /** Reads the fields of a record in the scanner's window, up to `end`. */
  read(tokens: readonly Token[], end: number, isEscaped: boolean): void {
    this.#fields.clear();
    this.damaged.length = 0;
    this.keys.clear();
    this.hasMemsize = false;
    this.#isEscaped = isEscaped;
    this.#features = 0;
    this.#slotSize = 0;
    for (const token of tokens) {
      // Any call of the scanner may have moved its memory.
      this.#bytes = this.#scanner.window(end);
      this.keys.add(token.key);
      const isTrue = this.#set(token);
      if (!isTrue) this.damaged.push(token);
      const feature = FEATURES.get(token.key);
      if (feature !== undefined && isTrue) this.#features |= feature;
    }
    const { values } = this.#fields;
    if (values[Field.type] === Type.OBJECT && this.keys.has('embedded')) {
      this.#features |= Feature.objectEmbedded;
    }
    // Programs that write all keys in every record write null for those that a root does not have.
    if (values[Field.type] === Type.ROOT) {
      const at = this.damaged.findIndex(token => token.key === 'memsize' && isNull(this.#bytes, token));
      if (at >= 0) this.damaged.splice(at, 1);
    }
  }

  /** Notes what the record reveals about the version of Ruby that wrote it. */
  noteFeatures(): void {
    this.#scanner.noteFeatures(this.#features, this.#slotSize);
  }

  /** Sets a field; false if its value is impossible. */
  #set(token: Token): boolean {
    const { values } = this.#fields;
    switch (token.key) {
      case 'address':
        return this.#address(token, Field.addressKey);
      case 'class':
        return this.#address(token, Field.classKey);
      case 'superclass':
        return this.#address(token, Field.superclassKey);
      case 'type':
        return this.#type(token);
      case 'references':
        return this.#references(token);
      case 'memsize':
        return this.#memsize(token);
      case 'line':
        return this.#count(token, MAX_WORD, line => (values[Field.line] = line));
      case 'generation':
        return this.#count(token, MAX_GENERATION, count => (values[Field.generation] = count + 1));
      case 'bytesize':
      case 'size':
      case 'length':
        return this.#count(token, MAX_EXACT, length => {
          values[Field.contentLength] = Math.min(length, MAX_LENGTH);
        });
      case 'slot_size':
        return this.#count(token, MAX_WORD, bytes => {
          this.#slotSize = bytes;
          values[Field.slotSize] = bytes;
        });
      case 'shape_id':
        return this.#count(token, MAX_SHAPE, id => (values[Field.objectShape] = id + 1));
      case 'id':
        return this.#count(token, MAX_WORD, id => (values[Field.shapeId] = id));
      case 'parent_id':
        return this.#count(token, MAX_WORD, id => {
          values[Field.shapeParent] = id;
          if (id === NO_SHAPE) this.#features |= Feature.shapeWithoutParent;
        });
      case 'flags':
        return this.#flags(token);
      default:
        return token.kind === 'text' && !FLAGS.has(token.key) ? this.#text(token) : this.#flag(token);
    }
  }

  #count(token: Token, most: number, set: (value: number) => void): boolean {
    const count = readCount(this.#bytes, token, most);
    if (count !== null && count !== IMPOSSIBLE) set(count);
    return count !== IMPOSSIBLE;
  }

  #memsize(token: Token): boolean {
    const bytes = readCount(this.#bytes, token, MAX_EXACT);
    const isTrue = bytes !== null && bytes !== IMPOSSIBLE;
    this.hasMemsize = true;
    this.#fields.memsize = isTrue ? bytes : 0;
    return isTrue;
  }

  #address(token: Token, into: Field): boolean {
    if (isNull(this.#bytes, token)) return true;
    if (token.kind !== 'text' || !this.#hex.read(this.#bytes, token.start, token.end)) return false;
    this.#fields.values[into] = this.#scanner.addressKey(this.#hex.low, this.#hex.high);
    if (into === Field.addressKey) this.#fields.values[Field.hasAddress] = 1;
    return true;
  }

  #type(token: Token): boolean {
    const { values } = this.#fields;
    if (token.kind !== 'text' || token.start === token.end) {
      values[Field.type] = Type.UNKNOWN;
      return false;
    }
    const name = textOf(this.#bytes, token, this.#isEscaped);
    values[Field.type] = typeOfName(name);
    values[Field.otherType] = values[Field.type] === Type.other ? this.#scanner.internText(name) : 0;
    return true;
  }

  /** Reads a list of references. False if an entry could not be read; the others count. */
  #references(token: Token): boolean {
    if (token.kind !== 'list') return isNull(this.#bytes, token);
    const { references } = this.#fields;
    const bytes = this.#bytes;
    let isTrue = true;
    for (let p = token.start; p < token.end; p++) {
      const byte = bytes[p]!;
      if (byte === Byte.comma || isSpace(byte)) continue;
      const close = byte === Byte.quote ? bytes.indexOf(Byte.quote, p + 1) : -1;
      if (close > 0 && close < token.end && this.#readEntry(bytes, token.start, p + 1, close)) {
        references.push(this.#hex.low, this.#hex.high);
        p = close;
      } else {
        isTrue = false;
        p = close > 0 ? close : Math.max(p, endOfScalar(bytes, p, token.end) - 1);
      }
    }
    return isTrue;
  }

  /** Reads an entry of a list. In a long list, a newline may have split it, where a program wrapped lines. */
  #readEntry(bytes: Uint8Array, list: number, start: number, end: number): boolean {
    const isFar = start - list > WRAPPED_BYTES;
    return isFar ? this.#hex.readJoined(bytes, start, end) : this.#hex.read(bytes, start, end);
  }

  #flags(token: Token): boolean {
    const { values } = this.#fields;
    if (token.kind !== 'object') return isNull(this.#bytes, token);
    const text = latin1Of(this.#bytes, token.start, token.end);
    for (const [, key, value] of text.matchAll(/"(\w+)"\s*:\s*([^,\s}]+)/g)) {
      const isOld =
        key === 'age' ? value === '3' : (key === 'old' || key === 'long_lived') && value === 'true';
      if (isOld) values[Field.flags]! |= ObjectFlag.old;
      if (key === 'pinned' && value === 'true') values[Field.flags]! |= ObjectFlag.pinned;
      if (key === 'shareable' && value === 'true') values[Field.flags]! |= ObjectFlag.shareable;
      this.#features |= FLAG_FEATURES.get(key!) ?? 0;
    }
    return true;
  }

  #flag({ key, start, end }: Token): boolean {
    const bits = FLAGS.get(key);
    if (bits === undefined) return true;
    const text = latin1Of(this.#bytes, start, Math.min(end, start + 10));
    if (text === 'true') this.#fields.values[Field.flags]! |= bits;
    return text === 'true' || text === 'false' || text === 'null';
  }

  #text(token: Token): boolean {
    const { values } = this.#fields;
    const { start, end } = token;
    const text = (isAlwaysEscaped: boolean) => {
      return this.#scanner.internText(textOf(this.#bytes, token, isAlwaysEscaped || this.#isEscaped));
    };
    switch (token.key) {
      case 'file':
        values[Field.file] = this.#isEscaped
          ? text(true)
          : this.#scanner.intern(this.#bytes.slice(start, end));
        break;
      case 'method':
        values[Field.method] = text(true);
        break;
      case 'name':
        values[Field.name] = text(true);
        break;
      case 'struct':
      case 'imemo_type':
        values[Field.kind] = text(false);
        break;
      case 'encoding':
        values[Field.encoding] = text(false);
        break;
      case 'root':
        values[Field.root] = text(false);
        break;
      case 'edge_name':
        values[Field.edgeName] = text(true);
        break;
      case 'shape_type':
        this.#shapeType(latin1Of(this.#bytes, start, end));
        break;
      case 'value':
        values[Field.contentHash] = this.#scanner.hashInWindow(start, end);
        values[Field.flags]! |= ObjectFlag.hasValue;
    }
    return true;
  }

  #shapeType(type: string): void {
    if (type === 'IVAR') this.#fields.values[Field.shapeIvar] = 1;
    if (type === 'INITIAL_CAPACITY') this.#features |= Feature.shapeCapacity;
  }
}

/** Type names that the scanner leaves to this reader. Both take other unknown names as they stand. */
const OTHER_SPELLING = /^(?:[a-z]|[\s\S][a-z]|T_)/;

/** The type with this name, which may also be in lower case, capitalized, or named as in Ruby's source: `T_STRING`. */
function typeOfName(name: string): Type {
  const id = TYPE_IDS.get(name);
  if (id !== undefined || !OTHER_SPELLING.test(name)) return id ?? Type.other;
  return TYPE_IDS.get(name.toUpperCase().replace(/^T_/, '')) ?? Type.other;
}

function isNull(bytes: Uint8Array, { kind, start, end }: Token): boolean {
  return kind === 'scalar' && latin1Of(bytes, start, end) === 'null';
}
