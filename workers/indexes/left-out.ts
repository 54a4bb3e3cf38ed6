import type { ObjectSet } from '../model/object-set.ts';

/**
 * What a search over the graph leaves out. Each pair of ends of a left-out reference is a bit: a reference is left out
 * where the bits of its source and its target have one in common.
 */
export interface LeftOut {
  /** 1 for each kind of root that lists nothing. */
  roots: Uint8Array;
  /** Pair id → 1 where all objects of the pair are gone; null = none. */
  pairs: Uint8Array | null;
  /** Objects that are gone besides those. */
  objects: readonly number[];
  /** All members of a set are gone; null = none. */
  set: ObjectSet | null;
  /** No edges from objects to their classes. */
  classEdges: boolean;
  /** No internal references. */
  internalEdges: boolean;
  /** No cache edges, where the rule for edges has them. */
  cacheEdges: boolean;
  /** References that are left out; null = none. */
  references: LeftOutReferences | null;
}

/** Nothing is left out; `kinds` is the number of kinds of root. */
export function nothingLeftOut(kinds: number): LeftOut {
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

/** Bits of left-out references by their ends. */
export interface LeftOutReferences {
  fromRoot: Int32Array;
  fromPair: Int32Array;
  toPair: Int32Array;
  fromObject: ReadonlyMap<number, number>;
  toObject: ReadonlyMap<number, number>;
}
