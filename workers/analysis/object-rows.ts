import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import {
  addressOf,
  allocationOf,
  classObjectOf,
  descriptorOf,
  type HeapSnapshot,
  shallowBytesOf,
} from '../model/heap-snapshot.ts';
import type { Dominator, ObjectRow } from '../protocol/rows.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { className, classTitle } from './class-titles.ts';

/** The struct of the allocation tracer's own data. */
const TRACER = 'ObjectTracing/allocation_info_tracer';

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
    type: strings.text(descriptors.type[descriptor]!),
    label: strings.text(descriptors.label[descriptor]!),
    title: objectTitle(snapshot, object),
    shallowBytes: shallowBytesOf(snapshot, object),
    retainedBytes: retainedBytesOf(snapshot, retention, object),
    reachable: retention.tree.position[object] !== 0,
    generation: generation === 0 ? null : generation - 1,
    site: site === 0 ? null : `${strings.text(sites.file[site]!)}:${sites.line[site]}`,
  };
}

/** What tells the object from others of its label (numbers.md#title), as far as columns say. */
export function objectTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const { strings, descriptors } = snapshot;
  const descriptor = descriptorOf(snapshot, object);
  const type = strings.text(descriptors.type[descriptor]!);
  const length = snapshot.contentLength.of(object);
  switch (type) {
    case 'CLASS':
    case 'MODULE':
      return classTitle(snapshot, object);
    case 'ICLASS': {
      const module = classObjectOf(snapshot, object);
      return module < 0 ? '' : className(snapshot, module);
    }
    case 'ARRAY':
      return length === null ? '' : `[${length}]`;
    case 'HASH':
      return length === null ? '' : `{${length}}`;
    case 'DATA':
      return dataTitle(snapshot, object);
    default:
      return '';
  }
}

/** A proc by the end of its site; other data by its struct, unless that is its label already. */
function dataTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const { strings, descriptors, allocations, sites } = snapshot;
  const descriptor = descriptorOf(snapshot, object);
  const struct = strings.text(descriptors.kind[descriptor]!);
  if (struct === 'proc') {
    const site = allocations.site[allocationOf(snapshot, object)]!;
    const file = site === 0 ? '' : strings.text(sites.file[site]!);
    return file === '' ? '' : `${file.slice(file.lastIndexOf('/') + 1)}:${sites.line[site]}`;
  }
  return strings.text(descriptors.label[descriptor]!) === `(internal) ${struct}` ? '' : struct;
}

/** Whether the object is the allocation tracer itself: it measures, it was not measured. */
export function isMeasurementOverhead(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return isTracer(snapshot, descriptorOf(snapshot, object));
}

/** Whether objects of this descriptor are the allocation tracer's own data. */
export function isTracer({ strings, descriptors }: HeapSnapshot, descriptor: number): boolean {
  return (
    strings.text(descriptors.kind[descriptor]!) === TRACER &&
    strings.text(descriptors.type[descriptor]!) === 'DATA'
  );
}

/** Shallow size of the allocation tracer's own data (numbers.md#measurement-overhead). O(pairs). */
export function overheadBytes(snapshot: HeapSnapshot): Bytes {
  const { descriptor, shallowBytes, length } = snapshot.pairs;
  let bytes = 0;
  for (let pair = 0; pair < length; pair++) {
    if (isTracer(snapshot, descriptor[pair]!)) bytes += shallowBytes[pair]!;
  }
  return bytes;
}

/** What dominates an object. */
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
