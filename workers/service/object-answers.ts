import { classChain } from '../analysis/class-chain.ts';
import { edgeBetween, referencesOf, referrersOf } from '../analysis/edges.ts';
import { canBeObjectId } from '../analysis/find-object.ts';
import { neighboursOfLabel } from '../analysis/neighbour-groups.ts';
import { dominatorOf, isMeasurementOverhead, objectRow } from '../analysis/object-rows.ts';
import { UNREACHED } from '../indexes/shortest-paths.ts';
import {
  addressOf,
  allocationOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
  targetsOf,
} from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ObjectDetails } from '../protocol/object-details.ts';
import { gemOfFile } from '../protocol/origin.ts';
import type { PathStep, RetainerPath } from '../protocol/paths.ts';
import type { QueryOf } from '../protocol/questions.ts';
import type { EdgeName, FoundObject, Neighbour, ObjectRow, Window } from '../protocol/rows.ts';
import type { Excerpt } from '../protocol/strings.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { ROOT_EDGE, Trait } from '../protocol/vocabulary.ts';
import { nameEdges } from './edge-names.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FoundRecord } from './record-store.ts';

/** Excerpts are cut to this many characters. */
const EXCERPT_LENGTH = 80;
/** Shared strings are followed for this many steps to the one that has the text; in Ruby, one step is enough. */
const MAX_SHARED = 4;
/** Maximum number of steps of a path that are sent: its two ends are what matters. */
const MAX_STEPS = 1000;
/** Maximum number of ancestors in the dominator tree that are sent. */
const MAX_DOMINATORS = 1000;

/** Everything known of one object; its record is read from the file. */
export async function objectDetails(open: OpenSnapshot, object: ObjectIndex): Promise<ObjectDetails> {
  const { snapshot, retention } = open;
  const [record] = await open.records.read([object]);
  if (record === undefined || record === null) {
    throw new Error(`The record of ${addressOf(snapshot, object)} is not in the file any more.`);
  }
  const row = objectRow(snapshot, retention, object);
  const at = retention.tree.position[object]!;
  const site = snapshot.allocations.site[allocationOf(snapshot, object)]!;
  const file = snapshot.strings.text(snapshot.sites.file[site]!);
  const references = record.references;
  const [shared = null] = await sharedTexts(open, [object], [record]);
  return {
    object: row,
    dominator: dominatorOf(snapshot, retention, object),
    retainedObjects: at === 0 ? 1 : retention.tree.subtreeEnd[at]! - at,
    method: snapshot.strings.text(snapshot.sites.method[site]!) || null,
    gem: site === 0 ? null : gemOfFile(file, open.applicationRoot),
    classChain: classChain(snapshot, retention, object, 'object'),
    ancestors: row.isNamed ? classChain(snapshot, retention, object, 'ancestors') : [],
    variables: record.shapeId === null ? [] : open.variableNames.namesOfShape(record.shapeId),
    rootKinds: retention.kinds.filter((_, kind) => retention.kindObjects[kind]!.includes(object)),
    references: referencesOf(snapshot, object).length,
    referrers: referrersOf(snapshot, await open.referrers(), object).length,
    selfReferences: references.filter(address => address === row.address).length,
    danglingReferences: [...new Set(references)].filter(address => snapshot.pages.objectAtText(address) < 0),
    fields: record.fields,
    text: shared?.record.text ?? textOf(snapshot, object, record),
    textTruncated: (shared?.record ?? record).textTruncated,
    sharedFrom: shared === null ? null : objectRow(snapshot, retention, shared.object),
    raw: record.raw,
    rawTruncated: record.raw.length < record.rawBytes && record.rawBytes > 64 * 1024,
    rawBytes: record.rawBytes,
    line: { offset: record.offset },
    overhead: isMeasurementOverhead(snapshot, object),
    findAgain: open.findAgain(row, shared === null ? textOf(snapshot, object, record) : null),
  };
}

/** The object that a text names as a console prints it; null if there is none. */
export async function foundObject(open: OpenSnapshot, text: string): Promise<FoundObject | null> {
  if (canBeObjectId(text)) await open.readObjectIds();
  const object = open.find(text);
  return object < 0 ? null : { object, address: addressOf(open.snapshot, object) };
}

/** A window of an object's references or referrers, with names where they are certain. */
export async function neighbours(
  open: OpenSnapshot,
  { object, direction, label, offset, limit }: QueryOf<'neighbours'>,
): Promise<Window<Neighbour>> {
  const { snapshot, retention } = open;
  const distinct = await neighboursOf(open, object, direction);
  const all = label === undefined ? distinct : neighboursOfLabel(snapshot, retention, distinct, label);
  const shown = [...all.slice(offset, offset + limit)];
  const edges = shown.map(other =>
    direction === 'references' ? edgeBetween(snapshot, object, other) : edgeBetween(snapshot, other, object),
  );
  const names = await nameEdges(open, edges);
  const rows = shown.map((other, i) => ({ object: objectRow(snapshot, retention, other), ...names[i]! }));
  return { total: all.length, offset, rows };
}

/** The distinct objects that an object refers to, or that refer to it. */
export async function neighboursOf(
  open: OpenSnapshot,
  object: ObjectIndex,
  direction: 'references' | 'referrers',
): Promise<Uint32Array> {
  return direction === 'references'
    ? referencesOf(open.snapshot, object)
    : referrersOf(open.snapshot, await open.referrers(), object);
}

/** The beginnings of the texts of strings and symbols; for a shared string, of the text that it shares. */
export async function excerpts(open: OpenSnapshot, objects: readonly ObjectIndex[]): Promise<Excerpt[]> {
  const records = await open.records.read(objects);
  const shared = await sharedTexts(open, objects, records);
  return records.map((record, at) => {
    const from = shared[at] ?? null;
    const text = from?.record.text ?? (record && textOf(open.snapshot, objects[at]!, record));
    return { text: text === null ? null : text.slice(0, EXCERPT_LENGTH), shared: from !== null };
  });
}

/** The text of a record. Newer Rubies write no `value` for an empty string, but its length shows the text. */
function textOf(snapshot: HeapSnapshot, object: ObjectIndex, record: FoundRecord): string | null {
  return record.text ?? (hasText(snapshot, object) && snapshot.contentLength.of(object) === 0 ? '' : null);
}

/**
 * For each object that is a shared string without a text of its own, the string with the text that it shares; null
 * for all others. Ruby writes neither length nor offset of a shared string, so it may be only a part of that text.
 * `records` are those of the objects.
 */
async function sharedTexts(
  open: OpenSnapshot,
  objects: readonly ObjectIndex[],
  records: readonly (FoundRecord | null)[],
): Promise<({ object: ObjectIndex; record: FoundRecord } | null)[]> {
  const { snapshot } = open;
  const found = objects.map((): { object: ObjectIndex; record: FoundRecord } | null => null);
  /** The string that each followed chain has reached, by position in `objects`. */
  let followed = new Map<number, ObjectIndex>();
  for (const [at, object] of objects.entries()) {
    if (records[at]?.text === null && isShared(snapshot, object)) followed.set(at, object);
  }
  for (let steps = 0; steps < MAX_SHARED && followed.size > 0; steps++) {
    const next = new Map<number, ObjectIndex>();
    for (const [at, object] of followed) {
      const root = sharedRoot(snapshot, object);
      if (root !== null) next.set(at, root);
    }
    const roots = [...new Set(next.values())];
    const read = await open.records.read(roots);
    const recordOf = new Map(roots.map((root, at) => [root, read[at] ?? null]));
    followed = new Map();
    for (const [at, root] of next) {
      const record = recordOf.get(root) ?? null;
      if (record === null) continue;
      if (record.text !== null) found[at] = { object: root, record };
      else if (isShared(snapshot, root)) followed.set(at, root);
    }
  }
  return found;
}

function hasText(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, object), Trait.text);
}

function canShareText(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, object), Trait.sharesText);
}

function isShared(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return (snapshot.flags[object]! & ObjectFlag.shared) !== 0 && canShareText(snapshot, object);
}

/** The string that a shared string refers to; null if there is none, or more than one. O(references). */
function sharedRoot(snapshot: HeapSnapshot, object: ObjectIndex): ObjectIndex | null {
  let root: ObjectIndex | null = null;
  for (const target of targetsOf(snapshot.references, object)) {
    if (!canShareText(snapshot, target) || target === root) continue;
    if (root !== null) return null;
    root = target;
  }
  return root;
}

/** A shortest path from a root to the object, found by going up the tree of shortest paths. */
export async function pathObjects(
  open: OpenSnapshot,
  object: ObjectIndex,
): Promise<{ root: string | null; objects: ObjectIndex[] }> {
  const { retention } = open;
  const before = await open.answers.paths.shortest();
  if (before[object] === UNREACHED) return { root: null, objects: [object] };
  const objects = [object];
  let above = before[object]!;
  while (above < open.snapshot.objects) {
    objects.push(above);
    above = before[above]!;
  }
  return { root: retention.kinds[above - open.snapshot.objects]!, objects: objects.reverse() };
}

/** A path that was found from the object up, reversed to begin at its root. */
export function rootFirst(
  { snapshot, retention }: OpenSnapshot,
  path: readonly number[],
): { root: string | null; objects: ObjectIndex[] } {
  return { root: retention.kinds[path.at(-1)! - snapshot.objects]!, objects: path.slice(0, -1).reverse() };
}

/** The path with descriptions of its steps; names are read from the file. */
export async function describePath(
  open: OpenSnapshot,
  path: { root: string | null; objects: ObjectIndex[] },
): Promise<RetainerPath> {
  const { snapshot, retention } = open;
  const { objects } = path;
  const isLong = objects.length > MAX_STEPS;
  const places = [...(isLong ? Array(MAX_STEPS).keys() : objects.keys())].map(place =>
    isLong && place >= MAX_STEPS / 2 ? objects.length - MAX_STEPS + place : place,
  );
  // The first step is the object that the root lists.
  const edges = places.slice(1).map(place => edgeBetween(snapshot, objects[place - 1]!, objects[place]!));
  const names = [{ ...ROOT_EDGE, name: null, multiplicity: 1 }, ...(await nameEdges(open, edges))];
  const steps = places.map((place, i): PathStep => {
    const { kind, phrase, name, multiplicity } = names[i]!;
    return {
      object: objectRow(snapshot, retention, objects[place]!),
      omittedBefore: i === 0 ? 0 : place - places[i - 1]! - 1,
      edge: kind,
      phrase,
      name,
      multiplicity,
    };
  });
  return { root: path.root, length: objects.length, steps };
}

/** The dominators of an object, outermost first; if there are too many, the innermost ones. */
export function dominatorChain(
  open: OpenSnapshot,
  object: ObjectIndex,
): { root: string | null; steps: ObjectRow[]; omitted: number } {
  const { snapshot, retention } = open;
  const { position, dominator, vertex } = retention.tree;
  let at = position[object]!;
  const objects: ObjectIndex[] = at === 0 ? [object] : [];
  let length = 0;
  while (at !== 0 && vertex[at]! < snapshot.objects) {
    if (objects.length < MAX_DOMINATORS) objects.push(vertex[at]!);
    length++;
    at = dominator[at]!;
  }
  const root = at === 0 ? null : retention.kinds[vertex[at]! - snapshot.objects]!;
  return {
    root,
    steps: objects.reverse().map(each => objectRow(snapshot, retention, each)),
    omitted: Math.max(0, length - objects.length),
  };
}

/** How objects refer to others, and through what. Names are read from the file. */
export async function describeEdges(
  open: OpenSnapshot,
  pairs: readonly { source: ObjectIndex; target: ObjectIndex }[],
): Promise<EdgeName[]> {
  const edges = pairs.map(({ source, target }) => edgeBetween(open.snapshot, source, target));
  return nameEdges(open, edges);
}
