import type { Family } from '../../workers/protocol/vocabulary.ts';

/** What shares a colour in every view. `mixed` is for groups of several families. */
export type TypeFamily = Family | 'mixed';
