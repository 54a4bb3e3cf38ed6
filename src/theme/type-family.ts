import type { RubyType } from '../../workers/protocol/rows.ts';

/** Ruby's types by kinship: what shares a colour in every view. `mixed` is for groups of several families. */
export type TypeFamily =
  | 'text'
  | 'array'
  | 'hash'
  | 'object'
  | 'class'
  | 'data'
  | 'number'
  | 'hidden'
  | 'mixed';

/** A map and no object: a dump can name a type `constructor`, which every object has. */
const FAMILY_BY_TYPE: ReadonlyMap<string, TypeFamily> = new Map(
  Object.entries({
    STRING: 'text',
    SYMBOL: 'text',
    REGEXP: 'text',
    MATCH: 'text',
    ARRAY: 'array',
    HASH: 'hash',
    OBJECT: 'object',
    STRUCT: 'object',
    CLASS: 'class',
    MODULE: 'class',
    ICLASS: 'class',
    DATA: 'data',
    FILE: 'data',
    FLOAT: 'number',
    BIGNUM: 'number',
    RATIONAL: 'number',
    COMPLEX: 'number',
  } as const),
);

/** The families in the order of legends. */
export const TYPE_FAMILIES: readonly { family: TypeFamily; name: string }[] = [
  { family: 'text', name: 'Strings, symbols' },
  { family: 'array', name: 'Arrays' },
  { family: 'hash', name: 'Hashes' },
  { family: 'object', name: 'Objects, structs' },
  { family: 'class', name: 'Classes, modules' },
  { family: 'data', name: 'C data' },
  { family: 'number', name: 'Numbers' },
  { family: 'hidden', name: 'Internal' },
];

/** The family of a type; types that are not listed (IMEMO, NODE, ZOMBIE …) are internal, null is mixed. */
export function typeFamily(type: RubyType | null): TypeFamily {
  if (type === null) return 'mixed';
  return FAMILY_BY_TYPE.get(type) ?? 'hidden';
}
