import type { Pattern } from '../protocol/filter/filter.ts';
import type { DuplicateStrings } from './duplicate-strings.ts';

/**
 * Facts that were read from the file because a set needs them (`filter/file-needs.ts`). Each throws if it was not
 * read.
 */
export interface FileFacts {
  duplicates(): DuplicateStrings;
  /** A bit for each object whose text matches. */
  textsWith(pattern: Pattern): Int32Array;
}
