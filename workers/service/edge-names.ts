import { blockPartOf, findSelf } from '../analysis/captured-self.ts';
import type { Edge } from '../analysis/edges.ts';
import { addressOf, classRowOf, descriptorOf, type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { EdgeName } from '../protocol/rows.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { edgeWordsOf, Trait } from '../protocol/vocabulary.ts';
import { codeNames } from './code-names.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FoundRecord } from './record-store.ts';

/** Maximum number of characters of a hash key in a name. */
const KEY_LENGTH = 40;
/** Maximum number of places of one target in a name. */
const MAX_PLACES = 3;

/**
 * Edges in the terms of the format, with their names: those in the columns, or else an instance variable, an index,
 * the key or value of a hash, a constant, the superclass, the variables of a block, the name of a piece of bytecode.
 * Null if a name is uncertain: Ruby leaves numbers, nil and other immediates out of a record's references, so the
 * position of a reference is known only if the object has as many references as positions. Reads the sources'
 * records, and those of keys and labels.
 */
export async function nameEdges(open: OpenSnapshot, edges: readonly Edge[]): Promise<EdgeName[]> {
  const asked = new Set(edges.filter(edge => canHaveName(open, edge)).map(edge => edge.source));
  const sources = [...asked];
  const records = await open.records.read(sources);
  const recordOf = new Map(sources.map((source, at) => [source, records[at] ?? null]));
  const { vocabulary } = open.snapshot;
  const words = vocabulary.referenceNames;
  const names = edges.map((edge): Name => {
    if (!canHaveOwnName(edge)) return edge.name;
    const own = ownName(open, edge);
    const record = recordOf.get(edge.source) ?? null;
    const inRecord = record === null ? null : nameIn(open, edge, record);
    return own === null ? inRecord : inRecord === words.superclass ? `${inRecord}, ${own}` : own;
  });
  const code = await codeNames(open, codeTargets(open, edges));
  const texts = await withKeys(open, names);
  return edges.map((edge, at) => {
    const label = canHaveOwnName(edge) ? code.get(edge.target) : undefined;
    return {
      ...edgeWordsOf(vocabulary, edge.kind),
      multiplicity: edge.multiplicity,
      name: label === undefined ? texts[at]! : `${words.code} of ${label}`,
    };
  });
}

/** A name, or the hash key whose text is needed for the name of its value. */
type Name = string | null | { key: ObjectIndex };

const NAMED =
  Trait.variables |
  Trait.elements |
  Trait.entries |
  Trait.members |
  Trait.class |
  Trait.block |
  Trait.environment |
  Trait.fields;

/** Whether the record may give a name to an edge that has none in the columns. */
function canHaveName(open: OpenSnapshot, { source, kind, name }: Edge): boolean {
  return kind === 'reference' && name === null && (traitsOf(open, source) & NAMED) !== 0;
}

/** Whether an edge is a reference that has no name in the columns. */
function canHaveOwnName({ kind, name }: Edge): boolean {
  return kind === 'reference' && name === null;
}

function codeTargets(open: OpenSnapshot, edges: readonly Edge[]): ObjectIndex[] {
  const targets = edges.flatMap(edge =>
    canHaveOwnName(edge) && (traitsOf(open, edge.target) & Trait.bytecode) !== 0 ? [edge.target] : [],
  );
  return [...new Set(targets)];
}

/** A name that follows from the two objects alone. */
function ownName(open: OpenSnapshot, { source, target }: Edge): string | null {
  const words = open.snapshot.vocabulary.referenceNames;
  if ((traitsOf(open, target) & Trait.fields) !== 0) return words.fields;
  const name = constantName(open, source, target);
  return name === null ? null : `${words.constant} ${name}`;
}

/**
 * The name of a class or module within the one that refers to it. A class is named after the constant that refers to
 * it.
 */
function constantName({ snapshot }: OpenSnapshot, source: ObjectIndex, target: ObjectIndex): string | null {
  const owner = nameOfClass(snapshot, source);
  const name = nameOfClass(snapshot, target);
  if (owner === '' || name === '') return null;
  if (owner === snapshot.vocabulary.topLevelClass) return name.includes('::') ? null : name;
  if (!name.startsWith(`${owner}::`)) return null;
  const own = name.slice(owner.length + 2);
  return own.includes('::') ? null : own;
}

/** The name of a class or module, unless it is a singleton class or represents another one; otherwise ''. */
function nameOfClass(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const row = classRowOf(snapshot.classes, object);
  const isOther =
    row < 0 ||
    (snapshot.flags[object]! & ObjectFlag.singleton) !== 0 ||
    hasTrait(snapshot, descriptorOf(snapshot, object), Trait.proxy);
  return isOther ? '' : snapshot.strings.text(snapshot.classes.name[row]!);
}

function nameIn(open: OpenSnapshot, { source, target }: Edge, record: FoundRecord): Name {
  const { snapshot } = open;
  const { references } = record;
  const words = snapshot.vocabulary.referenceNames;
  const address = addressOf(snapshot, target);
  const places = references.flatMap((reference, at) => (reference === address ? [at] : []));
  const traits = traitsOf(open, source);
  if ((traits & Trait.variables) !== 0)
    return open.variableNames.namesOfReferences(record.shapeId, references).get(address) ?? null;
  if ((traits & Trait.elements) !== 0) {
    const isWhole = references.length === snapshot.contentLength.of(source);
    return isWhole && places.length > 0 ? indexText(places) : null;
  }
  if ((traits & Trait.entries) !== 0) return entryName(open, source, places, record);
  if ((traits & Trait.members) !== 0) return hasOnlyMembers(open, record) ? words.member : null;
  if ((traits & Trait.class) !== 0) return isSuperclass(open, source, target) ? words.superclass : null;
  if ((traits & Trait.block) !== 0) return partOfBlock(open, target, references);
  return (traitsOf(open, target) & Trait.code) === 0 ? words.variable : null;
}

function isSuperclass(
  { snapshot: { classes } }: OpenSnapshot,
  source: ObjectIndex,
  target: ObjectIndex,
): boolean {
  const row = classRowOf(classes, source);
  const superclass = row < 0 ? -1 : classes.superclass[row]!;
  return superclass >= 0 && classes.object[superclass] === target;
}

/** A struct may have instance variables besides its members; only its shape shows them. */
function hasOnlyMembers({ variableNames }: OpenSnapshot, { shapeId }: FoundRecord): boolean {
  return shapeId !== null && variableNames.namesOfShape(shapeId).every(name => !name.startsWith('@'));
}

function indexText(places: readonly number[]): string {
  const listed = places.slice(0, MAX_PLACES).join(', ');
  return places.length > MAX_PLACES ? `[${listed}, …]` : `[${listed}]`;
}

function entryName(
  { snapshot }: OpenSnapshot,
  source: ObjectIndex,
  [place, ...others]: readonly number[],
  record: FoundRecord,
): Name {
  const { references } = record;
  const words = snapshot.vocabulary.referenceNames;
  const pairs = pairsOf(snapshot, source, record);
  if (pairs === null || place === undefined) return null;
  if (place === pairs * 2) return words.default;
  if (place % 2 === 0) return words.key;
  if (others.length > 0) return `${others.length + 1} entries`;
  const key = snapshot.pages.objectAtAddress(BigInt(references[place - 1]!));
  return key < 0 ? words.value : { key };
}

/**
 * The number of pairs of a hash if its references are its keys and values in turn, followed by its default if it has
 * one. Null if some keys or values are immediates, or that is uncertain.
 */
export function pairsOf(snapshot: HeapSnapshot, hash: ObjectIndex, record: FoundRecord): Count | null {
  const pairs = snapshot.contentLength.of(hash);
  if (pairs === null) return null;
  const listed = record.references.length;
  // The record marks a default that is a block; any other is a reference like all others.
  if (fieldOf(record, 'default') !== null) return listed === pairs * 2 + 1 ? pairs : null;
  return listed === pairs * 2 || listed === pairs * 2 + 1 ? pairs : null;
}

/**
 * What a block refers to: its code, captured variables, or its self. Null if uncertain: of two objects that are
 * neither code nor variables, either may be its self.
 */
export function partOfBlock(
  open: OpenSnapshot,
  target: ObjectIndex,
  references: readonly string[],
): string | null {
  const { snapshot } = open;
  const words = snapshot.vocabulary.referenceNames;
  const own = blockPartOf(snapshot, target);
  if (own !== null) return words[own];
  const objects = references.map(address => snapshot.pages.objectAtAddress(BigInt(address)));
  return findSelf(
    snapshot,
    objects.filter(object => object >= 0),
  ) === target
    ? words.self
    : null;
}

/** The names, with the texts of the keys that they need. */
async function withKeys(open: OpenSnapshot, names: readonly Name[]): Promise<(string | null)[]> {
  const keys = [
    ...new Set(names.flatMap(name => (typeof name === 'object' && name !== null ? [name.key] : []))),
  ];
  const records = await open.records.read(keys);
  const textOf = new Map(keys.map((key, at) => [key, records[at]?.text ?? null]));
  return names.map(name => {
    if (name === null || typeof name === 'string') return name;
    const text = textOf.get(name.key) ?? null;
    if (text === null) return open.snapshot.vocabulary.referenceNames.value;
    const shown = text.length > KEY_LENGTH ? `${text.slice(0, KEY_LENGTH)}…` : text;
    return `[${JSON.stringify(shown)}]`;
  });
}

function fieldOf({ fields }: FoundRecord, name: string): string | null {
  return fields.find(field => field.name === name)?.value ?? null;
}

export function traitsOf({ snapshot }: OpenSnapshot, object: ObjectIndex): number {
  return snapshot.descriptors.traits[descriptorOf(snapshot, object)]!;
}
