import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Retention } from './retention.ts';
import type { RetentionEdges } from './retention-edges.ts';

/** A machine's stack is scanned conservatively: among ways of one length another root explains more. */
const LAST_ROOT = 'machine_context';

/**
 * Shortest ways from the roots to everything, as a tree: breadth first, in the order of the file. Entry i is
 * the object before i on its way, `objects + k` if kind k of root lists it, or NO_WAY. O(n + e) once; a way is then
 * read off in its own length.
 */
export function* shortestPaths(
  snapshot: HeapSnapshot,
  edges: RetentionEdges,
  retention: Retention,
): Steps<Uint32Array> {
  const { objects } = snapshot;
  const before = new Uint32Array(objects).fill(NO_WAY);
  const queue = new Uint32Array(objects);
  let queued = 0;
  const { kinds, kindObjects } = retention;
  const order = [...kinds.keys()].sort(
    (a, b) => Number(kinds[a] === LAST_ROOT) - Number(kinds[b] === LAST_ROOT),
  );
  for (const kind of order) {
    for (const object of kindObjects[kind]!) {
      if (before[object] !== NO_WAY) continue;
      before[object] = objects + kind;
      queue[queued++] = object;
    }
  }
  const { forward, flags, leftOut, classObjects, pair } = edges;
  for (let start = 0; start < queued; ) {
    const stop = Math.min(queued, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const object = queue[at]!;
      if ((flags[object]! & leftOut) !== 0) continue;
      const end = forward.first[object + 1]!;
      for (let edge = forward.first[object]!; edge < end; edge++) {
        const target = forward.targets[edge]!;
        if (before[target] !== NO_WAY) continue;
        before[target] = object;
        queue[queued++] = target;
      }
      const classObject = classObjects === null ? -1 : classObjects[pair[object]!]!;
      if (classObject >= 0 && before[classObject] === NO_WAY) {
        before[classObject] = object;
        queue[queued++] = classObject;
      }
    }
    start = stop;
    yield stop / objects;
  }
  return before;
}

/** No root reaches the object. */
export const NO_WAY = 0xffff_ffff;
