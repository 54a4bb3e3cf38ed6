import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import {
  addressOf,
  allocationOf,
  classObjectOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
  shallowBytesOf,
} from '../model/heap-snapshot.ts';
import type { Dominator, ObjectRow } from '../protocol/rows.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { className, classTitle } from './class-titles.ts';
import { isOverhead, typeOf } from './descriptors.ts';

/** One object as lists show it, from columns alone. O(log classes). */
export function objectRow(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): ObjectRow {
  const { strings, descriptors, allocations, sites } = snapshot;
  const descriptor = descriptorOf(snapshot, object);
  const allocation = allocationOf(snapshot, object);
  const generation = allocations.generation[allocation]!;
  const site = allocations.site[allocation]!;
  return {
    index: object,
    address: addressOf(snapshot, object),
    ...typeOf(snapshot, descriptor),
    isNamed: hasTrait(snapshot, descriptor, Trait.classLike),
    hasText: hasTrait(snapshot, descriptor, Trait.text),
    label: strings.text(descriptors.label[descriptor]!),
    title: objectTitle(snapshot, object),
    shallowBytes: shallowBytesOf(snapshot, object),
    retainedBytes: retainedBytesOf(snapshot, retention, object),
    reachable: retention.tree.position[object] !== 0,
    generation: generation === 0 ? null : generation - 1,
    site: site === 0 ? null : `${strings.text(sites.file[site]!)}:${sites.line[site]}`,
  };
}

/** What distinguishes the object from others with its label (numbers.md#title), from columns alone. */
export function objectTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const descriptor = descriptorOf(snapshot, object);
  const length = snapshot.contentLength.of(object);
  switch (snapshot.descriptors.words[descriptor]!.title) {
    case 'none':
      return '';
    case 'name':
      return classTitle(snapshot, object);
    case 'name-of-class': {
      const named = classObjectOf(snapshot, object);
      return named < 0 ? '' : className(snapshot, named);
    }
    case 'length-in-brackets':
      return length === null ? '' : `[${length}]`;
    case 'length-in-braces':
      return length === null ? '' : `{${length}}`;
    case 'kind':
      return kindTitle(snapshot, descriptor);
    case 'site':
      return siteTitle(snapshot, object);
  }
}

/** The kind, unless the label contains it already. */
function kindTitle({ strings, descriptors, vocabulary }: HeapSnapshot, descriptor: number): string {
  const kind = strings.text(descriptors.kind[descriptor]!);
  return strings.text(descriptors.label[descriptor]!) === `${vocabulary.internalPrefix}${kind}` ? '' : kind;
}

/** The end of the allocation site. */
function siteTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const { strings, allocations, sites } = snapshot;
  const site = allocations.site[allocationOf(snapshot, object)]!;
  const file = site === 0 ? '' : strings.text(sites.file[site]!);
  return file === '' ? '' : `${file.slice(file.lastIndexOf('/') + 1)}:${sites.line[site]}`;
}

/** Whether the object is the allocation tracer itself, which exists only because the heap was measured. */
export function isMeasurementOverhead(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return isOverhead(snapshot, descriptorOf(snapshot, object));
}

/** Shallow size of the allocation tracer's own data (numbers.md#measurement-overhead). O(pairs). */
export function overheadBytes(snapshot: HeapSnapshot): Bytes {
  const { descriptor, shallowBytes, length } = snapshot.pairs;
  let bytes = 0;
  for (let pair = 0; pair < length; pair++) {
    if (isOverhead(snapshot, descriptor[pair]!)) bytes += shallowBytes[pair]!;
  }
  return bytes;
}

/** The immediate dominator of an object. */
export function dominatorOf(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): Dominator {
  const { position, dominator, vertex } = retention.tree;
  const at = position[object]!;
  if (at === 0) return { kind: 'unreachable' };
  const above = dominator[at]!;
  if (above === 0) return { kind: 'roots' };
  const by = vertex[above]!;
  if (by >= snapshot.objects) return { kind: 'root', root: retention.kinds[by - snapshot.objects]! };
  return { kind: 'object', object: objectRow(snapshot, retention, by) };
}
