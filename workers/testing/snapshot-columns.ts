import { referrersOf } from '../analysis/edges.ts';
import { rubyImporter } from '../importers/ruby/ruby-importer.ts';
import { buildReferrers } from '../indexes/referrers.ts';
import { computeRetention, type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { buildSnapshot } from '../loading/build-snapshot.ts';
import {
  type Adjacency,
  addressOf,
  allocationOf,
  classObjectOf,
  descriptorOf,
  type HeapSnapshot,
  shallowBytesOf,
} from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { runToEnd } from '../model/steps.ts';
import { bytesSource } from './bytes-source.ts';
import { INLINE_CACHES, type OracleDump, type OracleObject, OUTSIDE } from './oracle-ruby-dump.ts';

/** A dump as the importer and the indexes read it. */
export interface ReadSnapshot {
  snapshot: HeapSnapshot;
  retention: Retention;
}

/** Reads a dump like the service, in slices that end at `cuts`. */
export async function readSnapshot(
  bytes: Uint8Array,
  { cuts = [], referencesOnly = false }: { cuts?: readonly number[]; referencesOnly?: boolean } = {},
): Promise<ReadSnapshot> {
  const source = bytesSource(bytes, cuts);
  const imported = await rubyImporter.read(
    source,
    { head: bytes, slices: source.slices() },
    { onProgress: () => undefined, availableBytes: Number.POSITIVE_INFINITY },
  );
  const snapshot = runToEnd(buildSnapshot(imported, rubyImporter));
  return { snapshot, retention: runToEnd(computeRetention(snapshot, referencesOnly, () => undefined)) };
}

/** One object as comparable values, for both the snapshot and the oracle. */
export type ObjectColumns = Pick<
  OracleObject,
  | 'address'
  | 'type'
  | 'label'
  | 'shallowBytes'
  | 'file'
  | 'generation'
  | 'length'
  | 'dominator'
  | 'retainedBytes'
> & {
  /** 0 without a file: then there is no site. */
  line: number;
  method: string | null;
  hasValue: boolean;
  encoding: string | null;
  shape: number | null;
  /** Null if the class is not in the dump, and for IMEMOs. */
  classAddress: string | null;
  /** The references of the record to objects in the dump, in order, without self references. */
  references: string[];
  /** Distinct referrers in file order, instances included for classes. */
  referrers: string[];
};

/** Figures of a whole dump as comparable values. */
export interface DumpFigures {
  objects: number;
  /** `references` is null for pseudo-roots, whose members no record lists. */
  roots: { name: string; references: number | null; retainedBytes: number }[];
  freeSlots: number;
  shapes: number;
  skippedRecords: number;
  rescuedRecords: number;
  foreignLines: number;
  damagedFields: number;
  records: number;
  truncated: boolean;
  danglingReferences: number;
  duplicateAddresses: number;
}

export function figuresOfSnapshot({ snapshot, retention }: ReadSnapshot): DumpFigures {
  const { facts } = snapshot;
  const listed = new Map(snapshot.roots.map(root => [root.name, root.listed]));
  return {
    objects: snapshot.objects,
    roots: retention.kinds.map((name, kind) => ({
      name,
      references: listed.get(name) ?? null,
      retainedBytes: retention.retained[retention.kindPositions[kind]!]!,
    })),
    freeSlots: facts.freeSlots,
    shapes: snapshot.shapes.length,
    skippedRecords: facts.import.skippedRecords,
    rescuedRecords: facts.import.rescuedRecords,
    foreignLines: facts.import.foreignLines,
    damagedFields: facts.import.damagedFields,
    records: facts.import.records,
    truncated: facts.import.truncated,
    danglingReferences: facts.danglingReferences,
    duplicateAddresses: facts.duplicateAddresses,
  };
}

export function columnsOfSnapshot({ snapshot, retention }: ReadSnapshot): ObjectColumns[] {
  const allReferrers = runToEnd(buildReferrers(snapshot.references));
  const { strings, descriptors, sites, allocations, layouts, flags, contentLength } = snapshot;
  const text = (id: number) => (id === 0 ? null : strings.text(id));
  const addresses = Array.from({ length: snapshot.objects }, (_, object) => addressOf(snapshot, object));
  const row = (rows: Adjacency, object: number) =>
    [...rows.targets.subarray(rows.first[object]!, rows.first[object + 1]!)].map(
      target => addresses[target]!,
    );
  return addresses.map((address, object) => {
    const descriptor = descriptorOf(snapshot, object);
    const allocation = allocationOf(snapshot, object);
    const layout = snapshot.pairs.layout[snapshot.pair[object]!]!;
    const site = allocations.site[allocation]!;
    const classObject = classObjectOf(snapshot, object);
    const position = retention.tree.position[object]!;
    const above = position === 0 ? -1 : retention.tree.vertex[retention.tree.dominator[position]!]!;
    return {
      address,
      type: strings.text(descriptors.type[descriptor]!),
      label: strings.text(descriptors.label[descriptor]!),
      classAddress: classObject < 0 ? null : addresses[classObject]!,
      shallowBytes: shallowBytesOf(snapshot, object),
      file: text(sites.file[site]!),
      line: sites.line[site]!,
      method: text(sites.method[site]!),
      generation: allocations.generation[allocation]! === 0 ? null : allocations.generation[allocation]! - 1,
      length: contentLength.of(object),
      hasValue: (flags[object]! & ObjectFlag.hasValue) !== 0,
      encoding: text(layouts.encoding[layout]!),
      shape: layouts.shape[layout]! === 0 ? null : layouts.shape[layout]! - 1,
      references: row(snapshot.references, object),
      referrers: [...referrersOf(snapshot, allReferrers, object)].map(at => addresses[at]!),
      dominator:
        above < 0 ? 'UNREACHABLE' : (addresses[above] ?? retention.kinds[above - snapshot.objects] ?? 'ROOT'),
      retainedBytes: retainedBytesOf(snapshot, retention, object),
    };
  });
}

export function figuresOfOracle(dump: OracleDump): DumpFigures {
  const { objects, roots, danglingClasses: _notAFigure, ...rest } = dump;
  return {
    ...rest,
    objects: objects.length,
    roots: roots.map(({ name, references, retainedBytes }) => ({
      name,
      references: name === INLINE_CACHES || name === OUTSIDE ? null : references.length,
      retainedBytes,
    })),
  };
}

export function columnsOfOracle({ objects }: OracleDump): ObjectColumns[] {
  const known = new Set(objects.map(object => object.address));
  const referrers = objects.map((): string[] => []);
  for (const { address, edges } of objects) {
    for (const { target } of edges)
      if (referrers[target]!.at(-1) !== address) referrers[target]!.push(address);
  }
  return objects.map((object, index) => {
    const { address, type, label, shallowBytes, generation, length, dominator, retainedBytes } = object;
    const file = object.file === '' ? null : object.file;
    const isClass = type !== 'IMEMO' && object.classAddress !== null && known.has(object.classAddress);
    return {
      address,
      type,
      label,
      shallowBytes,
      file,
      generation,
      length,
      dominator,
      retainedBytes,
      line: file === null ? 0 : (object.line ?? 0),
      method: file === null ? null : object.method,
      hasValue: object.value !== null,
      encoding: textOrNull(object.fields.encoding),
      shape: object.fields.shape_id ?? null,
      classAddress: isClass ? object.classAddress : null,
      references: [...object.references, object.internalReference ?? ''].filter(
        target => target !== address && known.has(target),
      ),
      referrers: referrers[index]!,
    };
  });
}

/** A text; null if it is empty, or a damaged record has another value in its place. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const SHOWN_OF_A_COLUMN = 3;

/** Differences between the two sides, in words, the first few of each column; empty if they are equal. */
export function differences(
  ours: readonly ObjectColumns[],
  theirs: readonly ObjectColumns[],
  columns: readonly (keyof ObjectColumns)[] = Object.keys(theirs[0] ?? {}) as (keyof ObjectColumns)[],
): string[] {
  if (ours.length !== theirs.length) return [`${ours.length} objects, the oracle has ${theirs.length}`];
  return columns.flatMap(column => {
    const differing = ours.flatMap((row, index) => {
      const left = JSON.stringify(row[column]);
      const right = JSON.stringify(theirs[index]![column]);
      return left === right ? [] : [`${column} of ${row.address}: ${left}, the oracle has ${right}`];
    });
    const more = differing.length - SHOWN_OF_A_COLUMN;
    return more > 0 ? [...differing.slice(0, SHOWN_OF_A_COLUMN), `and ${more} more`] : differing;
  });
}
