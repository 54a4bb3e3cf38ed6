import type { HeapColumns } from '../model/heap-columns.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { LARGE_SHALLOW, SnapshotBuilder } from '../model/snapshot-builder.ts';

/** An object as plain values. It refers to other objects by their positions. */
export interface PlainObject {
  /** As the file names it. */
  type: string;
  kind?: string | undefined;
  bytes: number;
  class?: number | undefined;
  /** Name of a class; '' for an anonymous one. Objects without it are not classes. */
  name?: string | undefined;
  superclass?: number | undefined;
  references?: readonly number[] | undefined;
  /** Kind and name of each reference, by position; references beyond the last entry have neither. */
  edges?: readonly { kind?: string | undefined; name?: string | undefined }[] | undefined;
  length?: number | undefined;
  generation?: number | undefined;
  site?: { file: string; line: number; method?: string | undefined } | undefined;
  /** Additional bits of `ObjectFlag`, besides those that follow from the values. */
  flags?: number | undefined;
  /** Where its record starts in the text. Ascending. */
  offset: number;
}

/** A kind of root, with the objects that it lists. */
export interface PlainRoot {
  root: string;
  objects: readonly number[];
}

/** Page 0 is unused: the first object is the first slot of page 1. */
const FIRST_KEY = 1 << 11;
const PAGE_BITS = 14;

/**
 * The columns of a heap given as plain values, as the importer of a format without addresses fills them: references are
 * indexes, addresses follow from positions, and each record is a block of its own. For small heaps, because it creates
 * objects and strings for everything. `addresses`: the address of the first object, at the start of a page of 16 KiB,
 * and the distance between objects; multiples of eight.
 */
export function columnsOf(
  objects: readonly PlainObject[],
  roots: readonly PlainRoot[],
  addresses = { first: 1 << PAGE_BITS, step: 8 },
): HeapColumns {
  const strings = new Table<string>('');
  const descriptors = new Table<readonly [type: number, classObject: number, kind: number]>();
  const sites = new Table<readonly [file: number, line: number, method: number]>([0, 0, 0]);
  const allocations = new Table<readonly [site: number, generation: number]>([0, 0]);
  const pairs = new Table<readonly [descriptor: number, allocation: number]>();
  const edges = new Table<readonly [kind: number, name: number]>([0, 0]);
  const keyOf = (object: number) => FIRST_KEY + (object * addresses.step) / 8;
  const referenceTo = (object: number | undefined) => (object === undefined ? 0 : object + 1);

  const pair = objects.map(({ type, kind = '', site, generation, ...object }) => {
    const descriptor = descriptors.id([strings.id(type), referenceTo(object.class), strings.id(kind)]);
    const siteId =
      site === undefined ? 0 : sites.id([strings.id(site.file), site.line, strings.id(site.method ?? '')]);
    return pairs.id([descriptor, allocations.id([siteId, generation === undefined ? 0 : generation + 1])]);
  });
  const classes = [...objects.entries()].filter(([, { name }]) => name !== undefined);
  const large = [...objects.entries()].filter(([, { bytes }]) => bytes >= LARGE_SHALLOW);
  const classNames = classes.map(([, { name }]) => strings.id(name!));
  const edgeOfReference = objects.flatMap(({ references = [], edges: said = [] }) =>
    references.map((_, at) => edges.id([strings.id(said[at]?.kind ?? ''), strings.id(said[at]?.name ?? '')])),
  );
  const pages = ((objects.length * addresses.step) >>> PAGE_BITS) + 2;
  const firstPage = addresses.first >>> PAGE_BITS;
  const text = strings.rows.map(row => new TextEncoder().encode(row));
  const column = (rows: readonly (readonly number[])[], at: number) =>
    Uint32Array.from(rows, row => row[at]!);

  const builder = new SnapshotBuilder(3, objects.length, objects.length);
  builder.columns.referencesBy = 'index';
  builder.append({
    keys: Uint32Array.from(objects, (_, object) => keyOf(object)),
    shallow: Uint32Array.from(objects, ({ bytes }) => Math.min(bytes, LARGE_SHALLOW)),
    pair: Uint32Array.from(pair),
    flags: Uint16Array.from(
      objects,
      ({ flags = 0, length }) => flags | (length === undefined ? 0 : ObjectFlag.hasLength),
    ),
    firstReference: startsOf(objects.map(({ references = [] }) => references.length)),
    references: Uint32Array.from(
      objects.flatMap(({ references = [] }) => references),
      referenceTo,
    ),
    referenceEdge: Uint32Array.from(edges.rows.length > 1 ? edgeOfReference : []),
    contentHash: new Uint32Array(),
    contentLength: Uint32Array.from(objects.flatMap(({ length }) => length ?? [])),
    blockObjects: Uint32Array.from(objects.keys()),
    blockOffsets: Float64Array.from(objects, ({ offset }) => offset),
    classObjects: Uint32Array.from(classes, ([object]) => object),
    classNames: Uint32Array.from(classNames),
    classSuperclasses: Uint32Array.from(classes, ([, { superclass }]) => referenceTo(superclass)),
    shapeIds: new Uint32Array(),
    shapeParents: new Uint32Array(),
    shapeNames: new Uint32Array(),
    largeObjects: Uint32Array.from(large, ([object]) => object),
    largeSizes: Float64Array.from(large, ([, { bytes }]) => bytes),
    freeKeys: new Uint32Array(),
    slotKeys: new Uint32Array(),
    slotBytes: new Uint32Array(),
    stringBytes: Uint8Array.from(text.flatMap(bytes => [...bytes])),
    stringOffsets: startsOf(text.map(bytes => bytes.length)).map((start, id) => start + text[id]!.length),
    descriptorType: column(descriptors.rows, 0),
    descriptorClass: column(descriptors.rows, 1),
    descriptorKind: column(descriptors.rows, 2),
    siteFile: column(sites.rows, 0),
    siteLine: column(sites.rows, 1),
    siteMethod: column(sites.rows, 2),
    allocationSite: column(allocations.rows, 0),
    allocationGeneration: column(allocations.rows, 1),
    layoutEncoding: Uint32Array.of(0),
    layoutShape: Uint32Array.of(0),
    pairDescriptor: column(pairs.rows, 0),
    pairAllocation: column(pairs.rows, 1),
    pairLayout: new Uint32Array(pairs.rows.length),
    pageNumbers: Uint32Array.from({ length: pages * 2 }, (_, at) =>
      at % 2 === 1 || at === 0 ? 0 : firstPage + at / 2 - 1,
    ),
    edgeKind: column(edges.rows, 0),
    edgeName: column(edges.rows, 1),
    roots: roots.map(({ root, objects: listed }) => ({
      name: root,
      keys: Uint32Array.from(listed, referenceTo),
    })),
    freeSlots: 0,
  });
  return builder.columns;
}

/** Distinct rows, numbered in order of first occurrence. */
class Table<Row> {
  readonly rows: Row[] = [];
  readonly #ids = new Map<string, number>();

  constructor(...first: Row[]) {
    for (const row of first) this.id(row);
  }

  id(row: Row): number {
    const key = JSON.stringify(row);
    const id = this.#ids.get(key) ?? this.rows.push(row) - 1;
    this.#ids.set(key, id);
    return id;
  }
}

/** Where each of several consecutive pieces starts. */
function startsOf(lengths: readonly number[]): Uint32Array {
  let sum = 0;
  return Uint32Array.from(lengths, length => {
    sum += length;
    return sum - length;
  });
}
