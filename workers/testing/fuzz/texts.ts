import { Buffer } from 'node:buffer';
import type { Random } from './random.ts';

/**
 * The text of a dump is handled as latin1: one character for each byte, so that bytes that are no UTF-8 survive and
 * positions are those of the file.
 */
export const latin1Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
/** The bytes of a latin1 text. */
export const bytesOf = (latin1: string): Uint8Array => new Uint8Array(Buffer.from(latin1, 'latin1'));
/** A text as people read it, as the latin1 of its UTF-8. */
export const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** What {@link encoded} was made from; bytes that are no UTF-8 become U+FFFD. */
export const decoded = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** A number or another value that is written as it stands, such as `1e400`, which no number of JavaScript is. */
export class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The value of a field as JSON has it. */
export type Value = string | number | boolean | null | Literal | Value[] | { [key: string]: Value };
/** The fields of a record in their order. */
export type Values = readonly (readonly [key: string, value: Value])[];

/** How a record is laid out. Any is the same JSON. */
export interface Layout {
  /** Between an opening bracket and what follows, and before the closing one; for `lines`, each level indents. */
  inside: string;
  beforeColon: string;
  afterColon: string;
  beforeComma: string;
  afterComma: string;
  /** Every field of the record on a line of its own that starts with this; null for one line. */
  indent: string | null;
}

/** As Ruby writes it. */
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

/** The first fields of a record of Ruby's own layout: by these a reader knows where one begins. */
export const RECORD_START = /\{"(?:address":"0x[0-9a-f]|type":"ROOT")/i;
