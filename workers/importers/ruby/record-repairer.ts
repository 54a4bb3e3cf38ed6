import { ObjectFlag } from '../../model/object-flags.ts';
import { Byte } from './bytes.ts';
import { Field, Type } from './record-codes.ts';
import type { RecordFields } from './record-fields.ts';
import { TYPE_NAMES } from './record-keys.ts';
import type { RecordScanner } from './record-scanner.ts';
import { latin1Of, type Token, textOf, tokenize } from './record-tokens.ts';

/** How far the lenient reader came. */
export interface Repair {
  /** The record ends where the bytes end, with its closing brace. */
  complete: boolean;
  /** The record says enough to count: address, type and memsize, or the kind of a root. */
  usable: boolean;
  /** What was wrong, for people; null if it was valid JSON after all. */
  damage: string | null;
}

const TYPE_IDS = new Map(TYPE_NAMES.map((name, id) => [name, id]));

/** A map and no object: the keys come from the dump. */
const FLAGS: ReadonlyMap<string, number> = new Map([
  ['frozen', ObjectFlag.frozen],
  ['embedded', ObjectFlag.embedded],
  ['fstring', ObjectFlag.fstring],
  ['shared', ObjectFlag.shared],
  ['broken', ObjectFlag.broken],
  ['singleton', ObjectFlag.singleton],
]);

/** Key of what is no address. */
const NO_KEY = 0;

/** Reads records that are not as they should be, slowly, into the same fields as the scanner's. */
export class RecordRepairer {
  /** Knows the ids of texts and the keys of addresses. */
  readonly #scanner: RecordScanner;
  readonly #fields: RecordFields;

  constructor(scanner: RecordScanner, fields: RecordFields) {
    this.#scanner = scanner;
    this.#fields = fields;
  }

  /** Reads the record in `bytes` from `start` (its opening brace) to `end` (behind its last byte). */
  read(bytes: Uint8Array, start: number, end: number): Repair {
    this.#fields.clear();
    const { tokens, complete, damage } = tokenize(bytes, start, end);
    let unreadable = false;
    for (const token of tokens) {
      if (token.kind === 'text') this.#setText(bytes, token);
      else if (token.kind === 'scalar') this.#setScalar(token.key, latin1Of(bytes, token.start, token.end));
      else if (token.key === 'flags') this.#setFlags(latin1Of(bytes, token.start, token.end));
      else if (token.key === 'references') unreadable = !this.#pushReferences(bytes, token);
    }
    const values = this.#fields.values;
    const named = values[Field.type] !== Type.other || values[Field.otherType] !== 0;
    const sized = this.#fields.memsize >= 0 || (complete && damage === null);
    const usable =
      values[Field.type] === Type.ROOT
        ? values[Field.root] !== 0
        : values[Field.hasAddress] === 1 && named && sized;
    return { complete, usable, damage: damage ?? (unreadable ? 'a reference cannot be read' : null) };
  }

  #setText(bytes: Uint8Array, token: Token): void {
    const values = this.#fields.values;
    const text = (escaped: boolean) => this.#scanner.internText(textOf(bytes, token, escaped));
    switch (token.key) {
      case 'address':
        values[Field.addressKey] = this.#addressKey(bytes, token.start, token.end);
        values[Field.hasAddress] = 1;
        return;
      case 'class':
        values[Field.classKey] = this.#addressKey(bytes, token.start, token.end);
        return;
      case 'superclass':
        values[Field.superclassKey] = this.#addressKey(bytes, token.start, token.end);
        return;
      case 'type': {
        const name = latin1Of(bytes, token.start, token.end);
        values[Field.type] = TYPE_IDS.get(name) ?? Type.other;
        values[Field.otherType] = values[Field.type] === Type.other ? this.#scanner.internText(name) : 0;
        return;
      }
      case 'file':
        values[Field.file] = this.#scanner.intern(bytes.subarray(token.start, token.end));
        return;
      case 'method':
        values[Field.method] = text(true);
        return;
      case 'name':
        values[Field.name] = text(true);
        return;
      case 'struct':
      case 'imemo_type':
        values[Field.kind] = text(false);
        return;
      case 'root':
        values[Field.root] = text(false);
        return;
      case 'edge_name':
        values[Field.edgeName] = text(true);
        return;
      case 'shape_type':
        values[Field.shapeIvar] = latin1Of(bytes, token.start, token.end) === 'IVAR' ? 1 : 0;
        return;
      case 'value':
        values[Field.contentHash] = this.#scanner.hash(bytes.subarray(token.start, token.end));
        values[Field.flags]! |= ObjectFlag.hasValue;
    }
  }

  #addressKey(bytes: Uint8Array, start: number, end: number): number {
    const text = latin1Of(bytes, start, Math.min(end, start + 20));
    if (!/^0x[0-9a-f]{1,16}$/i.test(text)) return NO_KEY;
    return this.#scanner.addressKey(BigInt(text));
  }

  /** False if an entry could not be read; the others count. */
  #pushReferences(bytes: Uint8Array, token: Token): boolean {
    let readable = true;
    for (let p = bytes.indexOf(Byte.quote, token.start); p >= 0 && p < token.end; ) {
      const close = bytes.indexOf(Byte.quote, p + 1);
      if (close < 0 || close >= token.end) return false;
      const isAddress = bytes[p + 1] === Byte.zero && bytes[p + 2] === 0x78;
      if (isAddress) this.#fields.references.push(this.#addressKey(bytes, p + 1, close));
      else readable = false;
      p = bytes.indexOf(Byte.quote, close + 1);
    }
    return readable;
  }

  #setFlags(text: string): void {
    let flags = 0;
    if (/"(old|long_lived)":true|"age":3/.test(text)) flags |= ObjectFlag.old;
    if (text.includes('"pinned":true')) flags |= ObjectFlag.pinned;
    this.#fields.values[Field.flags]! |= flags;
  }

  #setScalar(key: string, text: string): void {
    const values = this.#fields.values;
    if (text === 'true') {
      values[Field.flags]! |= FLAGS.get(key) ?? 0;
      return;
    }
    if (!/^\d+$/.test(text)) return;
    const number = Number(text);
    if (key === 'line') values[Field.line] = number;
    else if (key === 'generation') values[Field.generation] = number + 1;
    else if (key === 'memsize') this.#fields.memsize = number;
    else if (key === 'id') values[Field.shapeId] = number;
    else if (key === 'parent_id') values[Field.shapeParent] = number;
    else if (key === 'bytesize' || key === 'size' || key === 'length') {
      values[Field.contentLength] = Math.min(number, 0xffff_fffe);
    }
  }
}
