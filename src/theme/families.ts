import type { Family } from '../../workers/protocol/vocabulary.ts';

/** What shares a colour in every view. `mixed` is for groups of several families. */
export type TypeFamily = Family | 'mixed';

/** The families in the order of legends. */
export const TYPE_FAMILIES: readonly { family: Family; name: string }[] = [
  { family: 'text', name: 'Strings, symbols' },
  { family: 'list', name: 'Arrays' },
  { family: 'map', name: 'Hashes' },
  { family: 'object', name: 'Objects, structs' },
  { family: 'class', name: 'Classes, modules' },
  { family: 'data', name: 'C data' },
  { family: 'number', name: 'Numbers' },
  { family: 'internal', name: 'Internal' },
];
