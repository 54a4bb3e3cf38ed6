import type { Retention } from '../../indexes/retention.ts';
import { addressOf, allocationOf, descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { AddressText, Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import { Largest } from './largest.ts';

const SHOWN = 20;
/** Maximum number of sites, and of classes of holders, that are shown as evidence. */
const SITES = 5;
const HOLDERS = 3;
/** Maximum number of files shown as evidence. */
const FILES = 5;

interface Row {
  label: string;
  objects: Count;
  bytes: Bytes;
}

/** Totals of what objects waste: overall, by allocation site and by the class of their holder. O(sites + labels). */
export class WasteTally {
  objects: Count = 0;
  bytes: Bytes = 0;
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  readonly #siteBytes: Float64Array;
  readonly #siteObjects: Float64Array;
  readonly #holderBytes: Float64Array;
  readonly #holderObjects: Float64Array;
  readonly #largest = new Largest(SHOWN);

  constructor(snapshot: HeapSnapshot, retention: Retention) {
    this.#snapshot = snapshot;
    this.#retention = retention;
    this.#siteBytes = new Float64Array(snapshot.sites.length);
    this.#siteObjects = new Float64Array(snapshot.sites.length);
    this.#holderBytes = new Float64Array(snapshot.descriptors.length);
    this.#holderObjects = new Float64Array(snapshot.descriptors.length);
  }

  add(object: ObjectIndex, bytes: Bytes): void {
    const { allocations, objects } = this.#snapshot;
    const { position, dominator, vertex } = this.#retention.tree;
    this.objects++;
    this.bytes += bytes;
    const site = allocations.site[allocationOf(this.#snapshot, object)]!;
    this.#siteBytes[site]! += bytes;
    this.#siteObjects[site]!++;
    const holder = vertex[dominator[position[object]!]!]!;
    if (holder < objects) {
      const descriptor = descriptorOf(this.#snapshot, holder);
      this.#holderBytes[descriptor]! += bytes;
      this.#holderObjects[descriptor]!++;
    }
    this.#largest.add(object, bytes);
  }

  /** The largest objects that were added. */
  get objectsShown(): AddressText[] {
    return this.#largest.objects.map(object => addressOf(this.#snapshot, object));
  }

  /** Rows for the files with the most waste; each opens its part of `set`. */
  byFile(set: ObjectSetSpec | null): FindingEvidence[] {
    const { strings, sites } = this.#snapshot;
    const fileOf = (site: number) => (site === 0 ? null : strings.text(sites.file[site]!));
    return largest(this.#siteBytes, this.#siteObjects, FILES, fileOf).map(row => ({
      ...row,
      detail: 'file',
      object: null,
      set: intersection(set, { kind: 'group', key: 'file', label: row.label }),
    }));
  }

  /** Rows for the sites and holders with the most waste; each opens its part of `set`. */
  evidence(set: ObjectSetSpec | null): FindingEvidence[] {
    const { strings, sites, descriptors } = this.#snapshot;
    const bySite = largest(this.#siteBytes, this.#siteObjects, SITES, site =>
      site === 0 ? null : `${strings.text(sites.file[site]!)}:${sites.line[site]}`,
    );
    const byHolder = largest(this.#holderBytes, this.#holderObjects, HOLDERS, id =>
      strings.text(descriptors.label[id]!),
    );
    return [
      ...bySite.map(row => ({
        ...row,
        detail: 'allocation site',
        object: null,
        set: intersection(set, { kind: 'group', key: 'site', label: row.label }),
      })),
      ...byHolder.map(row => ({
        ...row,
        detail: 'holds them',
        object: null,
        set: intersection(set, { kind: 'group', key: 'dominator', label: row.label }),
      })),
    ];
  }
}

/** The rows with the most bytes, with rows of the same label merged. */
function largest(
  bytes: Float64Array,
  objects: Float64Array,
  count: number,
  labelOf: (id: number) => string | null,
): Row[] {
  const rows = new Map<string, Row>();
  for (let id = 0; id < bytes.length; id++) {
    const label = objects[id] === 0 ? null : labelOf(id);
    if (label === null) continue;
    const row = rows.get(label) ?? { label, objects: 0, bytes: 0 };
    rows.set(label, row);
    row.objects += objects[id]!;
    row.bytes += bytes[id]!;
  }
  return [...rows.values()].sort((a, b) => b.bytes - a.bytes || b.objects - a.objects).slice(0, count);
}

/** The intersection of two sets; null = everything. */
export function intersection(set: ObjectSetSpec | null, other: ObjectSetSpec): ObjectSetSpec {
  return set === null ? other : { kind: 'and', sets: [set, other] };
}

/** The union of sets. */
export function anyOf(sets: readonly ObjectSetSpec[]): ObjectSetSpec {
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) return only;
  return { kind: 'not', set: { kind: 'and', sets: sets.map(set => ({ kind: 'not', set })) } };
}
