import type { ObjectSet } from '../model/object-set.ts';

/**
 * What a search over the graph ignores. Each ignored reference is one bit, set for its source and for its target: an edge
 * is ignored if both ends have a bit in common.
 */
export interface SearchExclusions {
  /** 1 for each kind of root that is ignored. */
  roots: Uint8Array;
  /** Pair id → 1 if all objects of the pair are ignored; null = none. */
  pairs: Uint8Array | null;
  /** Additional objects that are ignored. */
  objects: readonly number[];
  /** A set whose members are all ignored; null = none. */
  set: ObjectSet | null;
  /** Whether edges from objects to their classes are ignored. */
  classEdges: boolean;
  /** Whether internal references are ignored. */
  internalEdges: boolean;
  /** Whether cache edges are ignored, if the edges include them. */
  cacheEdges: boolean;
  /** References that are ignored; null = none. */
  references: ExcludedReferences | null;
}

/** Ignores nothing. `kinds`: number of kinds of root. */
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

/** Bits of ignored references, by source and target. */
export interface ExcludedReferences {
  fromRoot: Int32Array;
  fromPair: Int32Array;
  toPair: Int32Array;
  fromObject: ReadonlyMap<number, number>;
  toObject: ReadonlyMap<number, number>;
}
