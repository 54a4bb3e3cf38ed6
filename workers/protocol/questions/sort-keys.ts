import { GROUPING_KEYS } from '../object-set.ts';

/** `origin`: the application, gems, Ruby, others, then untraced objects; within each, the largest first. */
export type GroupSortKey = 'label' | 'origin' | 'objects' | 'shallowBytes' | 'retainedBytes';
export type DuplicateSortKey = 'wastedBytes' | 'copies' | 'length';
/**
 * Optional columns of a table of objects, in addition to name, sizes and address: figures, and the group under any key.
 */
export const OBJECT_COLUMNS = ['references', 'referrers', 'length', ...GROUPING_KEYS] as const;
export type ObjectColumn = (typeof OBJECT_COLUMNS)[number];

export const OBJECT_SORTS = ['address', 'label', 'shallowBytes', 'retainedBytes', ...OBJECT_COLUMNS] as const;
export type ObjectSortKey = (typeof OBJECT_SORTS)[number];
