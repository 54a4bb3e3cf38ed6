import type { ObjectSet } from '../model/object-set.ts';

/**
 * What a search over the graph leaves out. A left-out reference is a bit that is set at its source and at its target:
 * an edge is left out if both ends have a bit in common.
 */
export interface SearchExclusions {
  /** 1 for each kind of root that is ignored. */
  roots: Uint8Array;
  /** Pair id → 1 where all objects of the pair are left out; null = none. */
  pairs: Uint8Array | null;
  /** Further objects that are left out. */
  objects: readonly number[];
  /** A set whose members are all left out; null = none. */
  set: ObjectSet | null;
  /** Whether edges from objects to their classes are left out. */
  classEdges: boolean;
  /** Whether internal references are left out. */
  internalEdges: boolean;
  /** Whether cache edges are left out, where the edges include them. */
  cacheEdges: boolean;
  /** References that are left out; null = none. */
  references: ExcludedReferences | null;
}

/** Leaves nothing out; `kinds` is the number of kinds of root. */
export function noSearchExclusions(kinds: number): SearchExclusions {
  return {
    roots: new Uint8Array(kinds),
    pairs: null,
    objects: [],
    set: null,
    classEdges: false,
    internalEdges: false,
    cacheEdges: false,
    references: null,
  };
}

/** Bits of left-out references, by source and target. */
export interface ExcludedReferences {
  fromRoot: Int32Array;
  fromPair: Int32Array;
  toPair: Int32Array;
  fromObject: ReadonlyMap<number, number>;
  toObject: ReadonlyMap<number, number>;
}
