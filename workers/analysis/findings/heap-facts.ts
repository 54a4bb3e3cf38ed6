import { descriptorOf, type HeapSnapshot, hasTrait } from '../../model/heap-snapshot.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { isClassLike } from '../descriptors.ts';
import { overheadBytes } from '../object-rows.ts';
import type { FindingContext } from './finding-kind.ts';
import { isHidden, type Owner } from './owner.ts';

/** Shallow bytes of the heap without the allocation tracer's own table. */
export function heapBytes(snapshot: HeapSnapshot): Bytes {
  return snapshot.facts.shallowBytes - overheadBytes(snapshot);
}

/** Whether objects of a descriptor are loaded code: classes, modules, methods and what the runtime creates for them. */
export function isCode(snapshot: HeapSnapshot, descriptor: number): boolean {
  return snapshot.descriptors.words[descriptor]!.family === 'internal' || isClassLike(snapshot, descriptor);
}

/** Whether an object belongs to the runtime: hidden, and not held by a class, module or object that has a name. */
export function isRuntimes(snapshot: HeapSnapshot, object: ObjectIndex, owner: Owner): boolean {
  if (!isHidden(snapshot, descriptorOf(snapshot, object))) return false;
  return owner.object < 0 || hasTrait(snapshot, descriptorOf(snapshot, owner.object), Trait.threadHolder);
}

/** A finding explains an object if it is about something below it that retains at least this share of it. */
const EXPLAINS = 0.5;

/**
 * Whether an earlier finding explains the object at a position of the tree: it is within what was found, or that is
 * most of it.
 */
export function isExplained({ retention, found }: FindingContext, at: number): boolean {
  const { tree, retained } = retention;
  return found.some(({ set }) => {
    if (set?.kind !== 'dominatedBy') return false;
    const other = tree.position[set.object]!;
    if (at >= other && at < tree.subtreeEnd[other]!) return true;
    return other > at && other < tree.subtreeEnd[at]! && retained[other]! >= EXPLAINS * retained[at]!;
  });
}
