import { AddressPages } from '../../model/address-pages.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { hashBytes } from '../../model/string-table.ts';
import { Byte } from './bytes.ts';
import { Field, type RecordFields } from './record-fields.ts';
import { TYPE_NAMES, Type } from './record-keys.ts';
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

const FLAGS: Readonly<Record<string, number>> = {
  frozen: ObjectFlag.frozen,
  embedded: ObjectFlag.embedded,
  fstring: ObjectFlag.fstring,
  shared: ObjectFlag.shared,
  broken: ObjectFlag.broken,
  singleton: ObjectFlag.singleton,
};

/** Reads records that are not as they should be, slowly; fills the same {@link RecordFields} as the scanner. */
export class RecordRepairer {
  readonly #builder: SnapshotBuilder;
  readonly #fields: RecordFields;

  constructor(builder: SnapshotBuilder, fields: RecordFields) {
    this.#builder = builder;
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
    const strings = this.#builder.strings;
    const text = (escaped: boolean) => strings.internText(textOf(bytes, token, escaped));
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
        values[Field.otherType] = values[Field.type] === Type.other ? strings.internText(name) : 0;
        return;
      }
      case 'file':
        values[Field.file] = strings.intern(
          bytes,
          token.start,
          token.end,
          hashBytes(bytes, token.start, token.end),
        );
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
        values[Field.contentHash] = hashBytes(bytes, token.start, token.end);
        values[Field.flags]! |= ObjectFlag.hasValue;
    }
  }

  #addressKey(bytes: Uint8Array, start: number, end: number): number {
    const text = latin1Of(bytes, start, Math.min(end, start + 20));
    if (!/^0x[0-9a-f]{1,16}$/i.test(text)) return AddressPages.NO_KEY;
    const value = Number.parseInt(text.slice(2), 16);
    return this.#builder.pages.key(Math.floor(value / 65536), value % 65536);
  }

  /** False if an entry could not be read; the others count. */
  #pushReferences(bytes: Uint8Array, token: Token): boolean {
    const builder = this.#builder;
    let readable = true;
    for (let p = bytes.indexOf(Byte.quote, token.start); p >= 0 && p < token.end; ) {
      const close = bytes.indexOf(Byte.quote, p + 1);
      if (close < 0 || close >= token.end) return false;
      const isAddress = bytes[p + 1] === Byte.zero && bytes[p + 2] === 0x78;
      if (isAddress) {
        builder.reserveReferences(1);
        builder.references[builder.referenceCount++] = this.#addressKey(bytes, p + 1, close);
      } else readable = false;
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
      values[Field.flags]! |= FLAGS[key] ?? 0;
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
