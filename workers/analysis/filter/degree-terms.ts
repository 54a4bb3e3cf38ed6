import { type Adjacency, classObjectOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { Steps } from '../../model/steps.ts';
import type { Figure } from '../../protocol/filter/filter.ts';
import { type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, clearBit, setBit } from './bit-passes.ts';
import { type Bounds, boundsOf, isWithin } from './bounds.ts';

/** Up to this many references are compared pairwise; for more, a column marks those already seen. */
const FEW = 12;

/**
 * By the number of distinct objects that an object refers to, its class included, as in the inspector. O(n + e);
 * references are only examined if their number does not decide already.
 */
export function* referencesTerm({ snapshot }: SetContext, figure: Figure): Steps<Membership> {
  const { references, pair, pairs } = snapshot;
  const { first } = references;
  const bounds = boundsOf(figure);
  const distinct = new DistinctReferences(snapshot);
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      const classObject = pairs.classObject[pair[object]!]!;
      const hasClass = classObject >= 0 && classObject !== object;
      const most = first[object + 1]! - first[object]! + (hasClass ? 1 : 0);
      const decided = decidedBy(bounds, Math.min(1, most), most);
      if (decided ?? isWithin(bounds, distinct.count(object, hasClass ? classObject : -1))) {
        setBit(into, object);
      }
    }
  });
  return ofBits(bits);
}

/** Counts distinct references, the class included; O(references). */
export class DistinctReferences {
  readonly #snapshot: HeapSnapshot;
  readonly #references: Adjacency;
  readonly #objects: number;
  /** Target → the object + 1 that referred to it last. Created when it is first needed. */
  #seenFrom: Uint32Array | null = null;

  constructor(snapshot: HeapSnapshot) {
    this.#snapshot = snapshot;
    this.#references = snapshot.references;
    this.#objects = snapshot.objects;
  }

  /** The number for one object. */
  of(object: number): number {
    const classObject = classObjectOf(this.#snapshot, object);
    return this.count(object, classObject === object ? -1 : classObject);
  }

  /** `classObject`: -1 = none. */
  count(object: number, classObject: number): number {
    const { first, targets } = this.#references;
    const start = first[object]!;
    const end = first[object + 1]!;
    return end - start <= FEW
      ? countFew(targets, start, end, classObject)
      : this.#countMany(targets.subarray(start, end), object, classObject);
  }

  #countMany(targets: Uint32Array, object: number, classObject: number): number {
    this.#seenFrom ??= new Uint32Array(this.#objects);
    const seenFrom = this.#seenFrom;
    let count = 0;
    for (let at = 0; at < targets.length; at++) {
      const target = targets[at]!;
      if (seenFrom[target] === object + 1) continue;
      seenFrom[target] = object + 1;
      count++;
    }
    return classObject >= 0 && seenFrom[classObject] !== object + 1 ? count + 1 : count;
  }
}

function countFew(targets: Uint32Array, start: number, end: number, classObject: number): number {
  let count = classObject >= 0 ? 1 : 0;
  for (let at = start; at < end; at++) {
    const target = targets[at]!;
    let isNew = target !== classObject;
    for (let before = start; before < at && isNew; before++) isNew = targets[before] !== target;
    if (isNew) count++;
  }
  return count;
}

/** By the number of distinct objects that refer to an object; for a class, including its instances. O(n + e). */
export function* referrersTerm(context: SetContext, figure: Figure): Steps<Membership> {
  const { snapshot } = context;
  const { first, targets } = yield* context.referrers();
  const bounds = boundsOf(figure);
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      const most = first[object + 1]! - first[object]!;
      const decided = decidedBy(bounds, Math.min(1, most), most);
      if (decided ?? isWithin(bounds, distinctReferrers(targets, first[object]!, first[object + 1]!))) {
        setBit(into, object);
      }
    }
  });
  const counts = new ReferrerCounts(snapshot, { first, targets });
  for (const classObject of counts.classes()) {
    if (isWithin(bounds, counts.of(classObject))) setBit(bits, classObject);
    else clearBit(bits, classObject);
  }
  return ofBits(bits);
}

/** Counts the distinct referrers of single objects; for a class, including its instances. */
export class ReferrerCounts {
  readonly #snapshot: HeapSnapshot;
  readonly #referrers: Adjacency;
  readonly #instances: ReadonlyMap<number, number>;

  constructor(snapshot: HeapSnapshot, referrers: Adjacency) {
    this.#snapshot = snapshot;
    this.#referrers = referrers;
    this.#instances = instancesByClass(snapshot);
  }

  /** Classes that have instances, whose referrers by reference are not all. */
  classes(): Iterable<number> {
    return this.#instances.keys();
  }

  /** O(referrers). */
  of(object: number): number {
    const { first, targets } = this.#referrers;
    const instances = this.#instances.get(object);
    const start = first[object]!;
    const end = first[object + 1]!;
    if (instances === undefined) return distinctReferrers(targets, start, end);
    let count = instances;
    for (let at = start; at < end; at++) {
      const isRepeated = at > start && targets[at] === targets[at - 1];
      if (!isRepeated && classObjectOf(this.#snapshot, targets[at]!) !== object) count++;
    }
    return count;
  }
}

/** Referrers are ascending, so one that refers twice occurs twice in a row. */
function distinctReferrers(targets: Uint32Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (at === start || targets[at] !== targets[at - 1]) count++;
  return count;
}

/** Class → number of its instances, not counting itself. O(pairs). */
function instancesByClass(snapshot: HeapSnapshot): Map<number, number> {
  const { pairs } = snapshot;
  const instances = new Map<number, number>();
  for (let pair = 0; pair < pairs.length; pair++) {
    const classObject = pairs.classObject[pair]!;
    if (classObject < 0) continue;
    instances.set(classObject, (instances.get(classObject) ?? 0) + pairs.objects[pair]!);
  }
  for (const [classObject, count] of instances) {
    if (classObjectOf(snapshot, classObject) === classObject) instances.set(classObject, count - 1);
  }
  return instances;
}

/** Whether all numbers from `low` to `high` are within the bounds (true) or none is (false); null if only some are. */
function decidedBy({ least, most, negated }: Bounds, low: number, high: number): boolean | null {
  if (low > most || high < least) return negated;
  return low >= least && high <= most ? !negated : null;
}
