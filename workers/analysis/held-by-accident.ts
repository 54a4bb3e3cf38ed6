import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { AccidentalHold } from '../protocol/paths.ts';
import { Trait } from '../protocol/vocabulary.ts';

/**
 * Members that are held only by a doubtful root, such as the conservative scan of the machine stack, or only by one
 * thread or fiber: they may be held by accident, and be gone a moment later. Computed by dominators, so exact. O(n).
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
  // A pseudo-root represents what is missing in the dump, and is not an accident.
  const doubtful = new Set(
    snapshot.vocabulary.roots
      .filter(root => root.doubtful && snapshot.roots.some(({ name }) => name === root.name))
      .map(({ name }) => name),
  );
  const holds: AccidentalHold[] = [];
  const holdOf = (by: AccidentalHold['by'], name: string): AccidentalHold => {
    const known = holds.find(each => each.by === by && each.name === name);
    if (known !== undefined) return known;
    const hold = { by, name, objects: 0 };
    holds.push(hold);
    return hold;
  };
  const rootAt = new Map(
    kindPositions.flatMap((at, kind) => (at > 0 && doubtful.has(kinds[kind]!) ? [[at, kinds[kind]!]] : [])),
  );
  /** The current subtree, and its end. */
  let hold: AccidentalHold | null = null;
  let end = 0;
  for (let start = 1; start < length; start += STRIDE) {
    const stop = Math.min(length, start + STRIDE);
    for (let at = start; at < stop; at++) {
      if (at >= end) hold = null;
      const object = vertex[at]!;
      if (hold !== null) {
        if (object < objects && set.has(object)) hold.objects++;
        continue;
      }
      // A thread itself is held by something else; only what it refers to counts as held by it.
      const stack = object < objects ? stackOf[pair[object]!]! : 0;
      const root = object < objects ? undefined : rootAt.get(at);
      if (root !== undefined) hold = holdOf('root', root);
      else if (stack !== 0) hold = holdOf(stack === THREAD ? 'thread' : 'fiber', '');
      if (hold !== null) end = subtreeEnd[at]!;
    }
    yield start / length;
  }
  return holds.filter(each => each.objects > 0).sort((a, b) => b.objects - a.objects);
}

const THREAD = 1;
const OTHER_STACK = 2;

/** Pair → the kind of stack that its objects have; 0 for nearly all. */
function stacksByPair({ pairs, descriptors }: HeapSnapshot): Uint8Array {
  const byDescriptor = Array.from(descriptors.traits, traits => {
    if ((traits & Trait.stack) === 0) return 0;
    return (traits & Trait.thread) === 0 ? OTHER_STACK : THREAD;
  });
  return Uint8Array.from(pairs.descriptor, id => byDescriptor[id]!);
}
