import type { Edge } from '../analysis/edges.ts';
import { addressOf, classRowOf, descriptorOf } from '../model/heap-snapshot.ts';
import type { EdgeName } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { edgeWordsOf, type ReferenceNames, Trait } from '../protocol/vocabulary.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FoundRecord } from './record-store.ts';

/** Characters of a hash key that a name shows. */
const KEY_LENGTH = 40;
/** Places of one target that a name lists. */
const MAX_PLACES = 3;

/**
 * Edges in the words of the format, with their names: those that the columns have, else an instance variable, an index, the
 * key or value of a hash, the superclass, the variables of a block. Null where a name is not certain: Ruby leaves numbers,
 * nil and other immediates out of a record's references, so the place of a reference is known only where there are as
 * many as the object has places. Reads the sources' records, and those of keys.
 */
export async function nameEdges(open: OpenSnapshot, edges: readonly Edge[]): Promise<EdgeName[]> {
  const asked = new Set(edges.filter(edge => canHaveName(open, edge)).map(edge => edge.source));
  const sources = [...asked];
  const records = await open.records.read(sources);
  const recordOf = new Map(sources.map((source, at) => [source, records[at] ?? null]));
  const names = edges.map(edge => {
    const record = canHaveName(open, edge) ? (recordOf.get(edge.source) ?? null) : null;
    return record === null ? edge.name : nameIn(open, edge, record);
  });
  const texts = await withKeys(open, names);
  return edges.map(({ kind, multiplicity }, at) => ({
    ...edgeWordsOf(open.snapshot.vocabulary, kind),
    multiplicity,
    name: texts[at]!,
  }));
}

/** A name, or the object whose text it needs: the key of a hash's value. */
type Name = string | null | { key: ObjectIndex };

const NAMED =
  Trait.variables | Trait.elements | Trait.entries | Trait.class | Trait.block | Trait.environment;

/** Whether a record may tell the name of an edge that has none in the columns. */
function canHaveName(open: OpenSnapshot, { source, kind, name }: Edge): boolean {
  return kind === 'reference' && name === null && (traitsOf(open, source) & NAMED) !== 0;
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
  if ((traits & Trait.entries) !== 0) return entryName(open, source, places, references);
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

function indexText(places: readonly number[]): string {
  const listed = places.slice(0, MAX_PLACES).join(', ');
  return places.length > MAX_PLACES ? `[${listed}, …]` : `[${listed}]`;
}

function entryName(
  { snapshot }: OpenSnapshot,
  source: ObjectIndex,
  [place, ...others]: readonly number[],
  references: readonly string[],
): Name {
  const words = snapshot.vocabulary.referenceNames;
  const size = snapshot.contentLength.of(source);
  // A default comes last.
  const isWhole = size !== null && (references.length === size * 2 || references.length === size * 2 + 1);
  if (!isWhole || place === undefined) return null;
  if (place === size * 2) return words.default;
  if (place % 2 === 0) return words.key;
  if (others.length > 0) return `${others.length + 1} entries`;
  const key = snapshot.pages.objectAtAddress(BigInt(references[place - 1]!));
  return key < 0 ? words.value : { key };
}

/** Of a block's two objects that are neither code nor variables, either may be its self. */
function partOfBlock(open: OpenSnapshot, target: ObjectIndex, references: readonly string[]): string | null {
  const words = open.snapshot.vocabulary.referenceNames;
  const partOf = (object: ObjectIndex): keyof ReferenceNames | null => {
    const traits = traitsOf(open, object);
    if ((traits & Trait.environment) !== 0) return 'environment';
    return (traits & Trait.code) !== 0 ? 'code' : null;
  };
  const own = partOf(target);
  if (own !== null) return words[own];
  const parts = [...new Set(references)].flatMap(address => {
    const object = open.snapshot.pages.objectAtAddress(BigInt(address));
    return object < 0 ? [] : [partOf(object)];
  });
  return parts.includes('code') && parts.filter(part => part === null).length === 1 ? words.self : null;
}

/** The names with the texts of the keys that they need. */
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

function traitsOf({ snapshot }: OpenSnapshot, object: ObjectIndex): number {
  return snapshot.descriptors.traits[descriptorOf(snapshot, object)]!;
}
