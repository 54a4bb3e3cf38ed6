import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Retention } from './retention.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SearchExclusions } from './search-exclusions.ts';

/** The machine stack is scanned conservatively: of paths of equal length, one from another root explains more. */
const LAST_ROOT = 'machine_context';

/** Entry of an object that no root reaches. */
export const UNREACHED = 0xffff_ffff;
/** Entry of an object that is left out, during the search. */
const GONE = 0xffff_fffe;

/**
 * Shortest paths from the roots to all objects, as a tree: breadth first, in file order. Entry i is the object before i
 * on its path, `objects + k` if kind k of root lists it, or UNREACHED. `leftOut`: what the search ignores; null = nothing.
 * O(n + e). 4 bytes per object, and as many again while it runs.
 */
export function* shortestPaths(
  snapshot: HeapSnapshot,
  edges: RetentionEdges,
  retention: Retention,
  leftOut: SearchExclusions | null = null,
): Steps<Uint32Array> {
  const { objects } = snapshot;
  const before = new Uint32Array(objects).fill(UNREACHED);
  if (leftOut !== null) markGone(snapshot, leftOut, before);
  const queue = new Uint32Array(objects);
  let queued = listedObjects(snapshot, retention, leftOut, before, queue);
  const { forward, flags, pair } = edges;
  const classObjects = leftOut?.classEdges ? null : edges.classObjects;
  const references = leftOut?.references ?? null;
  const silent = edges.leftOut | (leftOut?.cacheEdges ? ObjectFlag.cacheSource : 0);
  const withoutLast = leftOut?.internalEdges ? ObjectFlag.internalLast : 0;
  for (let start = 0; start < queued; ) {
    const stop = Math.min(queued, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const object = queue[at]!;
      const flag = flags[object]!;
      if ((flag & silent) !== 0) continue;
      const end = forward.first[object + 1]! - ((flag & withoutLast) !== 0 ? 1 : 0);
      const from =
        references === null
          ? 0
          : references.fromPair[pair[object]!]! | (references.fromObject.get(object) ?? 0);
      for (let edge = forward.first[object]!; edge < end; edge++) {
        const target = forward.targets[edge]!;
        if (before[target] !== UNREACHED) continue;
        if (from !== 0 && (from & bitsTo(references!, pair[target]!, target)) !== 0) continue;
        before[target] = object;
        queue[queued++] = target;
      }
      const classObject = classObjects === null ? -1 : classObjects[pair[object]!]!;
      if (classObject < 0 || before[classObject] !== UNREACHED) continue;
      if (from !== 0 && (from & bitsTo(references!, pair[classObject]!, classObject)) !== 0) continue;
      before[classObject] = object;
      queue[queued++] = classObject;
    }
    start = stop;
    yield stop / objects;
  }
  if (leftOut !== null) {
    for (let object = 0; object < objects; object++) if (before[object] === GONE) before[object] = UNREACHED;
  }
  return before;
}

function bitsTo(
  references: NonNullable<SearchExclusions['references']>,
  pair: number,
  target: number,
): number {
  return references.toPair[pair]! | (references.toObject.get(target) ?? 0);
}

function markGone({ objects, pair }: HeapSnapshot, leftOut: SearchExclusions, before: Uint32Array): void {
  const { pairs } = leftOut;
  if (pairs !== null) {
    for (let object = 0; object < objects; object++) if (pairs[pair[object]!] === 1) before[object] = GONE;
  }
  for (const object of leftOut.objects) before[object] = GONE;
  const { set } = leftOut;
  if (set === null) return;
  for (let object = 0; object < objects; object++) if (set.has(object)) before[object] = GONE;
}

/** Queues the objects that the roots list, and returns their number. */
function listedObjects(
  { objects, pair }: HeapSnapshot,
  { kinds, kindObjects }: Retention,
  leftOut: SearchExclusions | null,
  before: Uint32Array,
  queue: Uint32Array,
): number {
  let queued = 0;
  const references = leftOut?.references ?? null;
  const order = [...kinds.keys()].sort(
    (a, b) => Number(kinds[a] === LAST_ROOT) - Number(kinds[b] === LAST_ROOT),
  );
  for (const kind of order) {
    if (leftOut?.roots[kind] === 1) continue;
    const from = references?.fromRoot[kind] ?? 0;
    for (const object of kindObjects[kind]!) {
      if (before[object] !== UNREACHED) continue;
      if (from !== 0 && (from & bitsTo(references!, pair[object]!, object)) !== 0) continue;
      before[object] = objects + kind;
      queue[queued++] = object;
    }
  }
  return queued;
}
