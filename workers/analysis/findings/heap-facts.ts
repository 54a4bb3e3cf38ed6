import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { isClassLike } from '../class-titles.ts';
import { overheadBytes } from '../object-rows.ts';
import type { FindingContext } from './finding-kind.ts';
import { labelOf, type Owner } from './owner.ts';

/** Shallow bytes of the heap without the allocation tracer's own table. */
export function heapBytes(snapshot: HeapSnapshot): Bytes {
  return snapshot.facts.shallowBytes - overheadBytes(snapshot);
}

/** The class Object, to which constants at top level belong; -1 if it is not in the dump. O(classes). */
export function topLevelClass(snapshot: HeapSnapshot): ObjectIndex {
  const { classes, flags, strings } = snapshot;
  for (const [row, object] of classes.object.entries()) {
    const isSingleton = (flags[object]! & ObjectFlag.singleton) !== 0;
    if (!isSingleton && strings.text(classes.name[row]!) === 'Object') return object;
  }
  return -1;
}

/** Whether objects of a type are loaded code: classes, modules, methods and what the interpreter makes of them. */
export function isCode(type: string): boolean {
  return type === 'IMEMO' || isClassLike(type);
}

/** Whether an object is Ruby's own: hidden, and held by no class, module or object that has a name. */
export function isRubysOwn(snapshot: HeapSnapshot, object: ObjectIndex, owner: Owner): boolean {
  return labelOf(snapshot, object).startsWith('(') && (owner.object < 0 || owner.name === 'a Ractor');
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
