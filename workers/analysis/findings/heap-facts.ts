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

/** Whether objects of a descriptor are loaded code: classes, modules, methods and what the runtime makes of them. */
export function isCode(snapshot: HeapSnapshot, descriptor: number): boolean {
  return snapshot.descriptors.words[descriptor]!.family === 'internal' || isClassLike(snapshot, descriptor);
}

/** Whether an object is the runtime's own: hidden, and held by no class, module or object that has a name. */
export function isRuntimes(snapshot: HeapSnapshot, object: ObjectIndex, owner: Owner): boolean {
  if (!isHidden(snapshot, descriptorOf(snapshot, object))) return false;
  return owner.object < 0 || hasTrait(snapshot, descriptorOf(snapshot, owner.object), Trait.threadHolder);
}

/** A finding explains a place where it is about something within, that keeps this part of it. */
const EXPLAINS = 0.5;

/** Whether a kind before has found what is at a position of the tree: it is within that, or that is most of it. */
export function isExplained({ retention, found }: FindingContext, at: number): boolean {
  const { tree, retained } = retention;
  return found.some(({ set }) => {
    if (set?.kind !== 'dominatedBy') return false;
    const other = tree.position[set.object]!;
    if (at >= other && at < tree.subtreeEnd[other]!) return true;
    return other > at && other < tree.subtreeEnd[at]! && retained[other]! >= EXPLAINS * retained[at]!;
  });
}
