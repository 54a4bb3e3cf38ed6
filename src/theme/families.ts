import type { Family } from '../../workers/protocol/vocabulary.ts';

/** Each has one colour in every view. `mixed` is for groups of several families. */
export type TypeFamily = Family | 'mixed';
