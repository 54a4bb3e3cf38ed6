import { trimmed, valuesOf } from '../model/growable.ts';
import type { HeapColumns } from '../model/heap-columns.ts';
import type { Adjacency } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ObjectLookup } from '../model/object-lookup.ts';
import { STRIDE, type Steps } from '../model/steps.ts';

export interface ResolvedReferences extends Adjacency {
  /** Row of the edge table for each reference; empty if the format has neither kinds nor names. */
  edges: Uint32Array;
  /** Occurrences of references to objects that are not in the dump. */
  dangling: number;
}

/**
 * Converts references to object indexes, in place. References to objects that are not in the dump, and of an object to
 * itself, are dropped. Takes over the columns. `internalReferences`: whether references flagged `internalLast` are
 * edges; otherwise they are dropped, too. O(references), without further memory.
 */
export function* resolveReferences(
  columns: HeapColumns,
  lookup: ObjectLookup,
  internalReferences: boolean,
): Steps<ResolvedReferences> {
  const { objects } = columns;
  const resolver = new Resolver(columns, lookup, internalReferences);
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    resolver.resolve(start, stop);
    yield stop / objects;
  }
  columns.firstReference.values[objects] = resolver.written;
  return {
    first: valuesOf(columns.firstReference),
    targets: trimmed(columns.references.values, resolver.written),
    edges: trimmed(columns.referenceEdge.values, columns.referenceEdge.length === 0 ? 0 : resolver.written),
    dangling: resolver.dangling,
  };
}

class Resolver {
  /** Number of references kept so far, which is where those of the next object will start. */
  written = 0;
  dangling = 0;
  /** Where the references of the next object started before. */
  #from = 0;
  readonly #columns: HeapColumns;
  readonly #lookup: ObjectLookup;
  readonly #internalReferences: boolean;

  constructor(columns: HeapColumns, lookup: ObjectLookup, internalReferences: boolean) {
    this.#columns = columns;
    this.#lookup = lookup;
    this.#internalReferences = internalReferences;
  }

  /** Resolves the references of the objects from `start` to `stop`. Must be called for consecutive ranges. */
  resolve(start: number, stop: number): void {
    const lookup = this.#lookup;
    const flags = this.#columns.flags.values;
    const references = this.#columns.references.values;
    const first = this.#columns.firstReference.values;
    const edges = this.#columns.referenceEdge.length === 0 ? null : this.#columns.referenceEdge.values;
    let { written, dangling } = this;
    let from = this.#from;
    for (let object = start; object < stop; object++) {
      let to = first[object + 1]!;
      const next = to;
      const internal = (flags[object]! & ObjectFlag.internalLast) !== 0;
      const internalAt = internal ? to - 1 : -1;
      if (internal && !this.#internalReferences) to--;
      first[object] = written;
      let kept = false;
      for (let at = from; at < to; at++) {
        const target = lookup.objectAt(references[at]!);
        if (target >= 0 && target !== object) {
          if (edges !== null) edges[written] = edges[at]!;
          references[written++] = target;
          if (at === internalAt) kept = true;
        } else if (target < 0 && at !== internalAt) dangling++;
      }
      if (internal && !kept) flags[object]! &= ~ObjectFlag.internalLast;
      from = next;
    }
    this.written = written;
    this.dangling = dangling;
    this.#from = from;
  }
}

/**
 * The edges reversed: the referrers of each object, ascending. A referrer with two references is listed twice in a row.
 * Instances are not listed as referrers of their class: they are found by their pairs. O(n + e), in one pass to count
 * and one to fill, without memory besides the result.
 */
export function* nearReferrers(forward: Adjacency): Steps<Adjacency> {
  const objects = forward.first.length - 1;
  const { targets } = forward;
  const ends = new Uint32Array(objects + 1);
  for (let start = 0; start < targets.length; start += STRIDE) {
    const stop = Math.min(targets.length, start + STRIDE);
    countEach(targets, ends, start, stop);
    yield (stop / targets.length) * 0.2;
  }
  let total = 0;
  for (let object = 0; object < objects; object++) {
    total += ends[object]!;
    ends[object] = total;
  }
  ends[objects] = total;
  yield 0.3;
  // Filled from the back: at the end, each entry of `ends` has become a start, and referrers are ascending.
  const referrers = new Uint32Array(total);
  for (let stop = objects; stop > 0; stop -= STRIDE) {
    const start = Math.max(0, stop - STRIDE);
    fillReferrers(forward, ends, referrers, start, stop);
    yield 0.3 + ((objects - start) / objects) * 0.7;
  }
  return { first: ends, targets: referrers };
}

function countEach(targets: Uint32Array, counts: Uint32Array, start: number, stop: number): void {
  for (let at = start; at < stop; at++) counts[targets[at]!]!++;
}

/** Inserts the objects from `stop - 1` down to `start` as referrers of the objects they refer to. */
function fillReferrers(
  { first, targets }: Adjacency,
  ends: Uint32Array,
  referrers: Uint32Array,
  start: number,
  stop: number,
): void {
  for (let object = stop - 1; object >= start; object--) {
    for (let at = first[object + 1]! - 1; at >= first[object]!; at--) {
      const target = targets[at]!;
      const place = ends[target]! - 1;
      ends[target] = place;
      referrers[place] = object;
    }
  }
}
