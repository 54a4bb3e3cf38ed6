import type { ArrayOf, ColumnName } from './column-schema.ts';

/**
 * What an importer read since the previous batch, as columns: the rows of objects in file order, and the new rows of
 * the tables that objects share. Ids, object indexes and reference numbers count from the start of the file, not of the
 * batch. The arrays are valid until the next batch is requested.
 */
export type ColumnBatch = { [Name in ColumnName]: ArrayOf<Name> } & {
  /** Records of roots, in the order of the file. */
  roots: ScannedRoot[];
  freeSlots: number;
};

/** A record of a root: its kind, and the keys that it lists. */
export interface ScannedRoot {
  name: string;
  keys: Uint32Array;
}
