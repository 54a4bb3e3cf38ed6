import type { Retention } from '../../indexes/retention.ts';
import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { Count, Fraction } from '../../protocol/units.ts';
import { isLink } from '../top-retained.ts';

/** The descent continues to a child that has at least this share of what its dominator retains. */
const PASSES_ON: Fraction = 0.7;
/** A run of this many links of one class is a list: memory accumulates in the list as a whole, not at its end. */
const LIST_LINKS: Count = 10;

/** A path down the dominator tree to the object where retained memory accumulates. */
export interface Accumulation {
  /** Positions, from the start to the accumulation point. */
  path: number[];
  /** The accumulation point is the head of a long list. */
  isList: boolean;
}

/**
 * Descends from a position while one child retains most of what its dominator retains: MAT's accumulation point.
 * Stops at the head of a linked list, each link of which retains nearly everything. O(children on the way).
 */
export function accumulationOf(snapshot: HeapSnapshot, retention: Retention, from: number): Accumulation {
  const path = [from];
  let links = 0;
  for (;;) {
    const at = path.at(-1)!;
    const next = heaviestChild(snapshot, retention, at);
    if (next === 0) return { path, isList: false };
    links = isLink(snapshot, retention, at, next) ? links + 1 : 0;
    path.push(next);
    if (links === LIST_LINKS) return { path: path.slice(0, -LIST_LINKS), isList: true };
  }
}

/** The child that retains most of what a position retains; 0 if none does. */
function heaviestChild(snapshot: HeapSnapshot, { tree, retained }: Retention, at: number): number {
  const { subtreeEnd, vertex } = tree;
  const end = subtreeEnd[at]!;
  const least = retained[at]! * PASSES_ON;
  let left = retained[at]!;
  for (let child = at + 1; child < end && left >= least; child = subtreeEnd[child]!) {
    if (retained[child]! >= least && vertex[child]! < snapshot.objects) return child;
    left -= retained[child]!;
  }
  return 0;
}
