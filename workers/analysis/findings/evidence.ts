import { type Retention, retainedBytesOf } from '../../indexes/retention.ts';
import { addressOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import type { Component } from './composition.ts';
import { nameInSentence } from './owner.ts';
import { anyOf, intersection } from './waste-tally.ts';

/** Maximum number of objects that a set names one by one. */
const NAMED = 20;

/** A row about one object and everything that it retains. */
export function holderEvidence(
  snapshot: HeapSnapshot,
  retention: Retention,
  object: ObjectIndex,
): FindingEvidence {
  const { position, subtreeEnd } = retention.tree;
  const at = position[object]!;
  return {
    label: nameInSentence(snapshot, object),
    detail: '',
    objects: at === 0 ? 1 : subtreeEnd[at]! - at,
    bytes: retainedBytesOf(snapshot, retention, object),
    object: { index: object, address: addressOf(snapshot, object) },
    set: { kind: 'dominatedBy', object },
  };
}

/** A row about the objects of one class within a set; it opens them, unless `set` is null. */
export function componentEvidence(component: Component, set: ObjectSetSpec | null): FindingEvidence {
  const { label, objects, bytes } = component;
  const ofClass: ObjectSetSpec = { kind: 'group', key: 'class', label };
  return {
    label,
    detail: '',
    objects,
    bytes,
    object: null,
    set: set === null ? null : intersection(set, ofClass),
  };
}

/** An object and everything that it retains, except what the objects in `apart` retain. */
export function keptBy(object: ObjectIndex, apart: readonly ObjectIndex[] = []): ObjectSetSpec {
  const below = (holder: ObjectIndex): ObjectSetSpec => ({ kind: 'dominatedBy', object: holder });
  const without = apart.map((holder): ObjectSetSpec => ({ kind: 'not', set: below(holder) }));
  return without.length === 0 ? below(object) : { kind: 'and', sets: [below(object), ...without] };
}

/** Objects and everything that they retain; null if they are too many to be named in a set. */
export function keptByAll(objects: readonly ObjectIndex[]): ObjectSetSpec | null {
  return objects.length > NAMED ? null : anyOf(objects.map(object => keptBy(object)));
}
