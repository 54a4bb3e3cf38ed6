import type { ModelEdge } from '../protocol/vocabulary.ts';
import { oracleClassLabel } from './oracle-class-label.ts';
import { dominatorsByIteration, oracleReachable, subtreeSums } from './oracle-graph.ts';
import { type OracleFields, type OracleRecord, readRecords } from './oracle-ruby-records.ts';

/** One object of a dump with all its numbers, in file order. */
export interface OracleObject {
  address: string;
  type: string;
  classAddress: string | null;
  label: string;
  shallowBytes: number;
  file: string | null;
  line: number | null;
  method: string | null;
  generation: number | null;
  value: string | null;
  /** Bytes of a string, elements of an array, entries of a hash. */
  length: number | null;
  /** Entries of `references`, as they are in the record. */
  references: string[];
  /** The target of the `class` field of an IMEMO, up to Ruby 3.1; null if it is not a reference. */
  internalReference: string | null;
  /** Distinct edges to other objects of the dump, each with its multiplicity. */
  edges: { target: number; kind: ModelEdge; multiplicity: number }[];
  reachable: boolean;
  /** An address, a root's name, "ROOT" if several roots reach it on separate paths, or "UNREACHABLE". */
  dominator: string;
  retainedBytes: number;
  /** Offset of the record. */
  offset: number;
  fileLine: number;
  /** numbers.md#encoding. */
  slotBytes: number | null;
  /** The record itself. */
  fields: OracleFields;
}

export interface OracleDump {
  objects: OracleObject[];
  /** Distinct addresses by name of root, in file order; pseudo-roots last. */
  roots: { name: string; references: string[]; retainedBytes: number }[];
  freeSlots: number;
  shapes: number;
  skippedRecords: number;
  foreignLines: number;
  rescuedRecords: number;
  damagedFields: number;
  /** Number of records in the text, whether or not they were kept. */
  records: number;
  /** Whether the last record is cut. */
  truncated: boolean;
  danglingReferences: number;
  danglingClasses: number;
  duplicateAddresses: number;
}

export const INLINE_CACHES = '(inline caches)';
export const OUTSIDE = 'outside this dump';

/**
 * Reads a dump according to numbers.md#object and the sections after it, written to be obviously correct: maps, strings
 * and lists, no indexes, no shortcuts. The importer and the indexes are tested against it. Suitable for about ten
 * thousand objects.
 */
export function readOracleDump(bytes: Uint8Array, options: { referencesOnly?: boolean } = {}): OracleDump {
  const { records: all, skipped, foreign, truncated } = readRecords(bytes);
  const second = startOfSecondDump(all);
  const records = all.slice(0, second);
  const roots = new Map<string, Set<string>>();
  const byAddress = new Map<string, { fields: OracleFields; index: number }>();
  const kept: { fields: OracleFields; address: string; offset: number; fileLine: number }[] = [];
  const counts = {
    freeSlots: 0,
    shapes: 0,
    danglingReferences: 0,
    danglingClasses: 0,
    duplicateAddresses: 0,
  };
  const rootReferences: string[] = [];
  let rescuedRecords = 0;
  let damagedFields = 0;
  for (const { fields, offset, line, rescued, damagedFields: damaged } of records) {
    const isDuplicate = fields.address !== undefined && byAddress.has(canonical(fields.address));
    if (!isDuplicate || isNoObject(fields)) {
      if (rescued) rescuedRecords++;
      damagedFields += damaged;
    }
    if (fields.type === 'ROOT') {
      const listed = (fields.references ?? []).map(canonical);
      const name = fields.root ?? '';
      roots.set(name, new Set([...(roots.get(name) ?? []), ...listed]));
      rootReferences.push(...listed);
    } else if (fields.type === 'NONE') counts.freeSlots++;
    else if (fields.type === 'SHAPE') counts.shapes++;
    else {
      const address = canonical(fields.address!);
      if (byAddress.has(address)) counts.duplicateAddresses++;
      else {
        byAddress.set(address, { fields, index: kept.length });
        kept.push({ fields, address, offset, fileLine: line });
      }
    }
  }
  // In a second dump, addresses that any earlier object has are counted.
  const repeated = all.slice(second).filter(({ fields }, at, later) => {
    if (isNoObject(fields)) return false;
    const address = canonical(fields.address!);
    const isEarlier = (record: OracleRecord) => !isNoObject(record.fields) && addressOf(record) === address;
    return byAddress.has(address) || later.slice(0, at).some(isEarlier);
  });
  const hasSlotSizes = records.some(({ fields }) => fields.slot_size !== undefined);
  const slotBytesOf = slotSizes(records);
  const find = (address: string) => byAddress.get(canonical(address));

  const objects: OracleObject[] = kept.map(({ fields, address, offset, fileLine }, index) => {
    const references = (fields.references ?? []).map(canonical);
    const edges: OracleObject['edges'] = [];
    const link = (target: string, kind: ModelEdge) => {
      const found = find(target)?.index;
      if (found === undefined || found === index) return;
      const known = edges.find(edge => edge.target === found && edge.kind === kind);
      if (known === undefined) edges.push({ target: found, kind, multiplicity: 1 });
      else known.multiplicity++;
    };
    const isCache = fields.type === 'IMEMO' && fields.imemo_type === 'constcache' && !options.referencesOnly;
    for (const target of references) {
      if (find(target) === undefined) counts.danglingReferences++;
      link(target, isCache ? 'cache' : 'reference');
    }
    const isImemo = fields.type === 'IMEMO';
    const isInternal = isImemo && !hasSlotSizes && fields.imemo_type !== 'callcache';
    if (fields.class !== undefined && !options.referencesOnly) {
      if (!isImemo) {
        if (find(fields.class) === undefined) counts.danglingClasses++;
        link(fields.class, 'class');
      } else if (isInternal) link(fields.class, isCache ? 'cache' : 'internal');
    }
    return {
      address,
      type: fields.type,
      classAddress: fields.class === undefined ? null : canonical(fields.class),
      label: oracleClassLabel(fields, of => find(of)?.fields),
      shallowBytes: fields.memsize ?? 0,
      file: fields.file ?? null,
      line: fields.line ?? null,
      method: fields.method ?? null,
      generation: fields.generation ?? null,
      value: fields.value ?? null,
      length: fields.bytesize ?? fields.size ?? fields.length ?? null,
      references,
      internalReference: isInternal && fields.class !== undefined ? canonical(fields.class) : null,
      edges,
      reachable: false,
      dominator: 'UNREACHABLE',
      retainedBytes: fields.memsize ?? 0,
      offset,
      fileLine,
      slotBytes: slotBytesOf(address),
      fields,
    };
  });
  for (const target of rootReferences) if (find(target) === undefined) counts.danglingReferences++;

  addPseudoRoots(objects, roots, address => find(address)?.index);
  const rootRetained = retain(objects, roots, address => find(address)?.index);
  return {
    objects,
    roots: [...roots].map(([name, listed], at) => ({
      name,
      references: [...listed],
      retainedBytes: rootRetained[at]!,
    })),
    skippedRecords: skipped.length,
    foreignLines: foreign.length,
    rescuedRecords,
    damagedFields,
    records: all.length + skipped.length,
    truncated,
    ...counts,
    duplicateAddresses: counts.duplicateAddresses + repeated.length,
  };
}

function addressOf({ fields }: OracleRecord): string {
  return canonical(fields.address ?? '');
}

/** The slot size of an object: what the last record on its page says that says it. Of an address, one object counts. */
function slotSizes(records: readonly OracleRecord[]): (address: string) => number | null {
  const pageOf = (address: string) => `${BigInt(address) >> 14n} ${BigInt(address) % 8n}`;
  const told = new Map<string, number>();
  const known = new Set<string>();
  for (const { fields } of records) {
    if (fields.type === 'ROOT' || fields.type === 'SHAPE' || fields.address === undefined) continue;
    const address = canonical(fields.address);
    const isDuplicate = fields.type !== 'NONE' && known.has(address);
    if (fields.type !== 'NONE') known.add(address);
    if (!isDuplicate && fields.slot_size) told.set(pageOf(address), fields.slot_size);
  }
  return address => told.get(pageOf(address)) ?? null;
}

/** Where a second dump begins: at roots of which two kinds came before, or one and the next two objects. */
function startOfSecondDump(records: readonly OracleRecord[]): number {
  const isObject = ({ fields }: OracleRecord) => !isNoObject(fields);
  let start = 0;
  for (const [at, { fields }] of records.entries()) {
    if (isObject(records[at]!)) continue;
    if (fields.type !== 'ROOT') continue;
    start = records.slice(0, at).findLastIndex(isObject) + 1;
    const rootsOf = (part: readonly OracleRecord[]) =>
      part.flatMap(record => (record.fields.type === 'ROOT' ? [record.fields.root ?? ''] : []));
    const earlier = new Set(rootsOf(records.slice(0, start)));
    // Roots of other kinds just before them are the last ones of the first dump.
    const begin = records.findIndex(
      (record, index) =>
        index >= start && record.fields.type === 'ROOT' && earlier.has(record.fields.root ?? ''),
    );
    if (begin < 0 || begin > at) continue;
    const before = new Set(rootsOf(records.slice(0, begin)));
    const run = rootsOf(records.slice(begin, at + 1));
    const repeated = run.filter(name => before.has(name)).length;
    const known = new Set(records.slice(0, start).filter(isObject).map(addressOf));
    const next = records
      .slice(at + 1)
      .filter(isObject)
      .slice(0, 2)
      .map(addressOf);
    const restarts = next.length > 0 && next.every(address => known.has(address));
    if (repeated === 0 || (repeated === 1 && !restarts)) continue;
    return begin;
  }
  return records.length;
}

function isNoObject({ type }: OracleFields): boolean {
  return type === 'ROOT' || type === 'NONE' || type === 'SHAPE';
}

/** Adds "outside this dump" to a dump without roots, and "(inline caches)" if only cache edges hold some objects. */
function addPseudoRoots(
  objects: OracleObject[],
  roots: Map<string, Set<string>>,
  indexOf: (address: string) => number | undefined,
): void {
  const everyEdge = objects.map(({ edges }) => edges.map(edge => edge.target));
  if (roots.size === 0) {
    const referred = new Set(everyEdge.flat());
    const starts = objects.flatMap((_, index) => (referred.has(index) ? [] : [index]));
    const reached = oracleReachable(everyEdge, starts);
    const ascending = objects.map((_, index) => index).sort((a, b) => order(objects[a]!, objects[b]!));
    for (const index of ascending) {
      if (reached[index]) continue;
      starts.push(index);
      for (const [other, now] of oracleReachable(everyEdge, [index]).entries())
        if (now) reached[other] = true;
    }
    roots.set(OUTSIDE, new Set(starts.map(index => objects[index]!.address)));
  }
  const starts = [...roots.values()].flatMap(listed =>
    [...listed].flatMap(address => indexOf(address) ?? []),
  );
  const strong = oracleReachable(strongEdges(objects), starts);
  const withCaches = oracleReachable(everyEdge, starts);
  const members = new Set<string>();
  for (const [index, object] of objects.entries()) {
    for (const { target, kind } of object.edges)
      if (kind === 'cache' && withCaches[index] && withCaches[target] && !strong[target])
        members.add(objects[target]!.address);
  }
  if (members.size > 0) roots.set(INLINE_CACHES, members);
}

/** Sets reachability, dominators and retained sizes; returns the retained bytes of each root. */
function retain(
  objects: OracleObject[],
  roots: Map<string, Set<string>>,
  indexOf: (address: string) => number | undefined,
): number[] {
  const names = [...roots.keys()];
  const superRoot = objects.length + names.length;
  const successors = [
    ...strongEdges(objects),
    ...[...roots.values()].map(listed => [...listed].flatMap(address => indexOf(address) ?? [])),
    names.map((_, at) => objects.length + at),
  ];
  const idom = dominatorsByIteration(successors, superRoot);
  const retained = subtreeSums(idom, [
    ...objects.map(object => object.shallowBytes),
    ...names.map(() => 0),
    0,
  ]);
  for (const [index, object] of objects.entries()) {
    const dominator = idom[index]!;
    if (dominator < 0) continue;
    object.reachable = true;
    object.retainedBytes = retained[index]!;
    object.dominator =
      dominator === superRoot ? 'ROOT' : (objects[dominator]?.address ?? names[dominator - objects.length]!);
  }
  return names.map((_, at) => retained[objects.length + at]!);
}

function strongEdges(objects: OracleObject[]): number[][] {
  return objects.map(({ edges }) => edges.flatMap(edge => (edge.kind === 'cache' ? [] : [edge.target])));
}

function order(left: OracleObject, right: OracleObject): number {
  return Number(BigInt(left.address) - BigInt(right.address));
}

/** Lower-case hexadecimal without padding, for dumps of any platform. */
export function canonical(address: string): string {
  return `0x${address
    .slice(2)
    .toLowerCase()
    .replace(/^0+(?=.)/, '')}`;
}
