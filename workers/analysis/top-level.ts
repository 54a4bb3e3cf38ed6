import type { Retention } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { isClassLike, isOverhead } from './descriptors.ts';

/** The class Object, which owns the top-level constants; -1 if it is not in the dump. O(classes). */
export function topLevelClass(snapshot: HeapSnapshot): ObjectIndex {
  const { classes, flags, strings, vocabulary } = snapshot;
  if (vocabulary.topLevelClass === null) return -1;
  for (const [row, object] of classes.object.entries()) {
    const isSingleton = (flags[object]! & ObjectFlag.singleton) !== 0;
    if (!isSingleton && strings.text(classes.name[row]!) === vocabulary.topLevelClass) return object;
  }
  return -1;
}

/**
 * Whether the references of an object are top-level: the object is the class Object, which has the constants, or
 * `main`, which has the instance variables. `main` is an instance of Object that no object dominates. `topLevel`: see
 * {@link topLevelClass}.
 */
export function isTopLevel(
  snapshot: HeapSnapshot,
  { tree }: Retention,
  topLevel: ObjectIndex,
  object: ObjectIndex,
): boolean {
  if (topLevel < 0) return false;
  if (object === topLevel) return true;
  const { strings, descriptors, vocabulary } = snapshot;
  const descriptor = descriptorOf(snapshot, object);
  if (descriptors.words[descriptor]!.family !== 'object') return false;
  if (strings.text(descriptors.label[descriptor]!) !== vocabulary.topLevelClass) return false;
  const above = tree.dominator[tree.position[object]!]!;
  return tree.position[object] !== 0 && (above === 0 || tree.vertex[above]! >= snapshot.objects);
}

/**
 * Bytes of the allocation tracer's own table below each position of the dominator tree that is above it. O(objects of
 * the tracer × depth); O(n) to find them, where the vocabulary has such objects at all.
 */
export function overheadBelow(snapshot: HeapSnapshot, { tree, retained }: Retention): Map<number, Bytes> {
  const below = new Map<number, Bytes>();
  const { pair, pairs, objects } = snapshot;
  const isOfTracer = Uint8Array.from(pairs.descriptor, id => (isOverhead(snapshot, id) ? 1 : 0));
  if (!isOfTracer.includes(1)) return below;
  for (let object = 0; object < objects; object++) {
    if (isOfTracer[pair[object]!] === 0 || tree.position[object] === 0) continue;
    const own = tree.position[object]!;
    for (let at = tree.dominator[own]!; at !== 0; at = tree.dominator[at]!) {
      below.set(at, (below.get(at) ?? 0) + retained[own]!);
    }
  }
  return below;
}

/** Minimum share of its retained size that a namespace has in classes and modules within it. */
const NAMESPACE_SHARE = 0.5;

/**
 * Whether the vertex at a position is a class or module that mostly retains other classes and modules: a namespace,
 * which says nothing about who needs the memory. Its own singleton class and included modules are parts of it.
 * O(children).
 */
export function isNamespace(snapshot: HeapSnapshot, { tree, retained }: Retention, at: number): boolean {
  if (!isClassLike(snapshot, descriptorOf(snapshot, tree.vertex[at]!))) return false;
  const end = tree.subtreeEnd[at]!;
  let within = 0;
  for (let child = at + 1; child < end; child = tree.subtreeEnd[child]!) {
    const object = tree.vertex[child]!;
    const descriptor = descriptorOf(snapshot, object);
    if (!isClassLike(snapshot, descriptor) || hasTrait(snapshot, descriptor, Trait.proxy)) continue;
    if ((snapshot.flags[object]! & ObjectFlag.singleton) === 0) within += retained[child]!;
  }
  return within >= NAMESPACE_SHARE * retained[at]!;
}
