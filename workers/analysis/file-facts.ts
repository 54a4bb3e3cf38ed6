import type { Pattern } from '../protocol/filter/filter.ts';
import type { DuplicateStrings } from './duplicate-strings.ts';
import type { RecordExtras } from './record-extras.ts';

/**
 * What was read from the file because a set or a grouping needs it (`filter/file-needs.ts`). Each ends with an error if
 * it was not read.
 */
export interface FileFacts {
  duplicates(): DuplicateStrings;
  extras(): RecordExtras;
  /** A bit for each object whose text matches. */
  textsWith(pattern: Pattern): Int32Array;
}
