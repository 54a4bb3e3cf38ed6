import type { Pattern } from '../protocol/filter/filter.ts';
import type { FileKey } from '../protocol/object-set.ts';
import type { DuplicateStrings } from './duplicate-strings.ts';
import type { ObjectGroups } from './grouping.ts';

/**
 * Facts that were read from the file because a set or a grouping needs them (`filter/file-needs.ts`). Each throws if
 * it was not read.
 */
export interface FileFacts {
  duplicates(): DuplicateStrings;
  /** Values of records that are not in the columns. */
  groups(key: FileKey): ObjectGroups;
  /** A bit for each object whose text matches. */
  textsWith(pattern: Pattern): Int32Array;
}
