import { type Retention, retainedBytesOf } from '../../indexes/retention.ts';
import { addressOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import type { Component } from './composition.ts';
import { nameInSentence } from './owner.ts';

/** A row about one object and all that it keeps. */
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

/** A row about the objects of one class below another object, but not below those `apart`; -1 = of all. */
export function componentEvidence(
  holder: ObjectIndex,
  component: Component,
  apart: readonly ObjectIndex[] = [],
): FindingEvidence {
  const { label, objects, bytes } = component;
  const ofClass: ObjectSetSpec = { kind: 'group', key: 'class', label };
  const below = (object: ObjectIndex): ObjectSetSpec => ({ kind: 'dominatedBy', object });
  const without = apart.map((object): ObjectSetSpec => ({ kind: 'not', set: below(object) }));
  const set: ObjectSetSpec =
    holder < 0 ? ofClass : { kind: 'and', sets: [below(holder), ofClass, ...without] };
  return { label, detail: '', objects, bytes, object: null, set };
}
