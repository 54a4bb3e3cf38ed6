import type { Retention } from '../indexes/retention.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Steps } from '../model/steps.ts';
import type { Relation } from '../protocol/comparison.ts';
import type { ObjectKey, PairKey } from '../protocol/object-set.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import type { Branches } from './branches.ts';
import type { FileFacts } from './file-facts.ts';
import type { GroupTable, ObjectGroups } from './grouping.ts';

/** What is needed to compile a set. */
export interface SetContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  group(key: PairKey): GroupTable;
  objectGroups(key: ObjectKey): Steps<ObjectGroups>;
  /** The object that a text names as a console prints it, or -1. */
  find(text: string): ObjectIndex;
  branches(): Steps<Branches>;
  /**
   * A bit for each object that has this relation to the other dumps of its series; or, if that is unknown, the reason
   * as the end of a sentence.
   */
  related(relation: Relation): Steps<Int32Array | string>;
  file: FileFacts;
  /** The references of all objects reversed; computed on first use. */
  referrers(): Steps<Adjacency>;
}
