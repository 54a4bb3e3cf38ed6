import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { AccidentalHold } from '../protocol/paths.ts';

/** The root that lists whatever a machine's stack seems to refer to. */
const CONSERVATIVE = 'machine_context';
/** Structs of the objects whose references are mostly those of a stack. */
const STACKS: ReadonlyMap<string, AccidentalHold['by']> = new Map([
  ['VM/thread', 'thread'],
  ['fiber', 'fiber'],
]);

/**
 * Members that only the conservative scan of a machine's stack holds, only one thread, or only one fiber: they may be
 * held by accident, and be gone a moment later. By dominators, so exact. O(n).
 */
export function* heldByAccident(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
): Steps<AccidentalHold[]> {
  const { tree, kinds, kindPositions } = retention;
  const { vertex, subtreeEnd, length } = tree;
  const { pair, objects } = snapshot;
  const stackOf = stacksByPair(snapshot);
  const counts = new Map<AccidentalHold['by'], number>();
  const conservative = kindPositions[kinds.indexOf(CONSERVATIVE)] ?? 0;
  /** Whose subtree this is, up to where. */
  let by: AccidentalHold['by'] | null = null;
  let end = 0;
  for (let start = 1; start < length; start += STRIDE) {
    const stop = Math.min(length, start + STRIDE);
    for (let at = start; at < stop; at++) {
      if (at >= end) by = null;
      const object = vertex[at]!;
      if (by === null) {
        if (at === conservative && at > 0) by = CONSERVATIVE;
        else if (object < objects) by = stackOf[pair[object]!] ?? null;
        if (by !== null) end = subtreeEnd[at]!;
        // The thread itself is held by something else; what the root lists is what it holds.
        continue;
      }
      if (object < objects && set.has(object)) counts.set(by, (counts.get(by) ?? 0) + 1);
    }
    yield start / length;
  }
  return [...counts]
    .map(([kind, count]) => ({ by: kind, objects: count }))
    .sort((a, b) => b.objects - a.objects);
}

/** Pair → the stack that its objects are; undefined for nearly all. */
function stacksByPair({ pairs, descriptors, strings }: HeapSnapshot): (AccidentalHold['by'] | undefined)[] {
  const byDescriptor = Array.from({ length: descriptors.length }, (_, id) =>
    strings.text(descriptors.type[id]!) === 'DATA'
      ? STACKS.get(strings.text(descriptors.kind[id]!))
      : undefined,
  );
  return Array.from({ length: pairs.length }, (_, id) => byDescriptor[pairs.descriptor[id]!]);
}
