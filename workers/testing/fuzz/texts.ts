import { Buffer } from 'node:buffer';
import type { Random } from './random.ts';

/**
 * The text of a dump is handled as latin1: one character per byte, so that invalid UTF-8 is preserved and positions are
 * those of the file.
 */
export const latin1Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
/** The bytes of a latin1 text. */
export const bytesOf = (latin1: string): Uint8Array => new Uint8Array(Buffer.from(latin1, 'latin1'));
/** A Unicode text, as the latin1 of its UTF-8. */
export const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** Reverses {@link encoded}; invalid UTF-8 becomes U+FFFD. */
export const decoded = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** A value that is written literally, such as `1e400`, which JavaScript cannot represent. */
export class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON value of a field. */
export type Value = string | number | boolean | null | Literal | Value[] | { [key: string]: Value };
/** The fields of a record, in order. */
export type Values = readonly (readonly [key: string, value: Value])[];

/** The layout of a record, which does not affect its meaning. */
export interface Layout {
  /** After an opening bracket and before the closing one; with `indent`, each level is indented instead. */
  inside: string;
  beforeColon: string;
  afterColon: string;
  beforeComma: string;
  afterComma: string;
  /** Indentation of each field on a line of its own; null for one line. */
  indent: string | null;
}

/** Ruby's own layout. */
export const RUBY: Layout = {
  inside: '',
  beforeColon: '',
  afterColon: '',
  beforeComma: '',
  afterComma: ' ',
  indent: null,
};

/** The latin1 text of a record. */
export function recordText(values: Values, layout: Layout = RUBY): string {
  return encoded(textOf(Object.fromEntries(values), layout, 1));
}

function textOf(value: Value, layout: Layout, depth: number): string {
  if (value instanceof Literal) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { inside, beforeColon, afterColon, beforeComma, afterComma, indent } = layout;
  const items = Array.isArray(value)
    ? value.map(item => textOf(item, layout, depth + 1))
    : Object.entries(value).map(
        ([key, item]) =>
          `${JSON.stringify(key)}${beforeColon}:${afterColon}${textOf(item, layout, depth + 1)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  if (indent === null) return open + inside + items.join(`${beforeComma},${afterComma}`) + inside + close;
  const line = `\n${indent.repeat(depth)}`;
  return `${open}${line}${items.join(`${beforeComma},${line}`)}\n${indent.repeat(depth - 1)}${close}`;
}

/** Layouts of other writers, such as Python's json, jq, and pretty printers. */
export function anyLayout(random: Random, pretty: boolean): Layout {
  const space = () => random.pick(['', '', ' ', ' ', '  ', '\t']);
  return {
    inside: random.pick(['', '', ' ']),
    beforeColon: random.chance(0.2) ? space() : '',
    afterColon: space(),
    beforeComma: random.chance(0.2) ? space() : '',
    afterComma: space(),
    indent: pretty ? random.pick(['  ', '    ', '\t', '']) : null,
  };
}

/** The first field of a record in Ruby's own layout, by which a reader recognizes where a record begins. */
export const RECORD_START = /\{"(?:address":"0x[0-9a-f]|type":"ROOT")/i;
