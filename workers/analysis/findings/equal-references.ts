import { type HeapSnapshot, targetsOf } from '../../model/heap-snapshot.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';

/**
 * Compares objects by class label and references. If an object refers to a separate object with its variables, the
 * references of that object are compared in its place.
 */
export class EqualReferences {
  readonly #snapshot: HeapSnapshot;
  /** 1 for each pair whose objects hold the variables of others; null if there are none. */
  readonly #isFields: Uint8Array | null;

  constructor(snapshot: HeapSnapshot) {
    this.#snapshot = snapshot;
    const { descriptors, pairs } = snapshot;
    const isFields = Uint8Array.from(pairs.descriptor, id =>
      (descriptors.traits[id]! & Trait.fields) === 0 ? 0 : 1,
    );
    this.#isFields = isFields.includes(1) ? isFields : null;
  }

  /** A hash of the class label and all values. O(references). */
  hashOf(object: ObjectIndex): number {
    const { first, targets } = this.#snapshot.references;
    let hash = Math.imul(this.#labelOf(object) + 1, 0x9e3779b1);
    const end = first[object + 1]!;
    for (let at = first[object]!; at < end; at++) {
      const target = targets[at]!;
      hash = this.#holdsFields(target) ? this.#withFields(hash, target) : mixed(hash, target);
    }
    return hash >>> 0;
  }

  #withFields(before: number, fields: ObjectIndex): number {
    const { first, targets } = this.#snapshot.references;
    let hash = before;
    for (let at = first[fields]!; at < first[fields + 1]!; at++) hash = mixed(hash, targets[at]!);
    return hash;
  }

  /** Whether two objects have the same class and the same values in the same order. O(references). */
  areEqual(object: ObjectIndex, other: ObjectIndex): boolean {
    if (this.#labelOf(object) !== this.#labelOf(other)) return false;
    const { first, targets } = this.#snapshot.references;
    if (this.#isFields !== null) {
      const values = this.valuesOf(object);
      const others = this.valuesOf(other);
      return values.length === others.length && values.every((value, at) => value === others[at]);
    }
    const start = first[object]!;
    const length = first[object + 1]! - start;
    const otherStart = first[other]!;
    if (first[other + 1]! - otherStart !== length) return false;
    for (let at = 0; at < length; at++) if (targets[start + at] !== targets[otherStart + at]) return false;
    return true;
  }

  /** What an object refers to, including the variables that another object holds for it. O(references). */
  valuesOf(object: ObjectIndex): ObjectIndex[] {
    const { references } = this.#snapshot;
    return Array.from(targetsOf(references, object)).flatMap(target =>
      this.#holdsFields(target) ? [...targetsOf(references, target)] : target,
    );
  }

  /** Whether {@link valuesOf} has any. O(references). */
  hasValues(object: ObjectIndex): boolean {
    const { first, targets } = this.#snapshot.references;
    for (let at = first[object]!; at < first[object + 1]!; at++) {
      const target = targets[at]!;
      if (!this.#holdsFields(target) || first[target + 1]! > first[target]!) return true;
    }
    return false;
  }

  #holdsFields(object: ObjectIndex): boolean {
    return this.#isFields !== null && this.#isFields[this.#snapshot.pair[object]!] === 1;
  }

  #labelOf(object: ObjectIndex): number {
    const { pair, pairs, descriptors } = this.#snapshot;
    return descriptors.label[pairs.descriptor[pair[object]!]!]!;
  }
}

function mixed(hash: number, value: number): number {
  const next = Math.imul(hash ^ value, 0x85ebca6b);
  return next ^ (next >>> 15);
}
