import { addressOf, descriptorOf } from '../model/heap-snapshot.ts';
import type { EdgeKind } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FoundRecord } from './record-store.ts';

/** A reference whose name is looked for. */
export interface NamedEdge {
  source: ObjectIndex;
  target: ObjectIndex;
  kind: EdgeKind;
}

/** Characters of a hash key that a name shows. */
const KEY_LENGTH = 40;
/** Places of one target that a name lists. */
const MAX_PLACES = 3;

/**
 * What references go through: an instance variable, an index, the key or value of a hash, the superclass, the variables
 * of a block. Null where it is not certain: Ruby leaves numbers, nil and other immediates out of a record's references,
 * so the place of a reference is known only where there are as many as the object has places. Reads the sources'
 * records, and those of keys.
 */
export async function edgeNames(open: OpenSnapshot, edges: readonly NamedEdge[]): Promise<(string | null)[]> {
  const named = edges.filter(edge => edge.kind === 'reference' && canHaveNames(open, edge));
  const sources = [...new Set(named.map(edge => edge.source))];
  const records = await open.records.read(sources);
  const recordOf = new Map(sources.map((source, at) => [source, records[at] ?? null]));
  const names = edges.map(edge => {
    const record = edge.kind === 'reference' ? (recordOf.get(edge.source) ?? null) : null;
    return record === null ? null : nameIn(open, edge, record);
  });
  return await withKeys(open, names);
}

/** A name, or the object whose text it needs: the key of a hash's value. */
type Name = string | null | { key: ObjectIndex };

const NAMED =
  Trait.variables | Trait.elements | Trait.entries | Trait.class | Trait.block | Trait.environment;

function canHaveNames(open: OpenSnapshot, { source }: NamedEdge): boolean {
  return (traitsOf(open, source) & NAMED) !== 0;
}

function nameIn(open: OpenSnapshot, { source, target }: NamedEdge, record: FoundRecord): Name {
  const { snapshot } = open;
  const { references } = record;
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
  if ((traits & Trait.class) !== 0) return fieldOf(record, 'superclass') === address ? 'superclass' : null;
  if ((traits & Trait.block) !== 0) return partOfBlock(open, target, references);
  return (traitsOf(open, target) & Trait.code) === 0 ? 'variable' : null;
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
  const size = snapshot.contentLength.of(source);
  // A default comes last.
  const isWhole = size !== null && (references.length === size * 2 || references.length === size * 2 + 1);
  if (!isWhole || place === undefined) return null;
  if (place === size * 2) return 'default';
  if (place % 2 === 0) return 'key';
  if (others.length > 0) return `${others.length + 1} entries`;
  const key = snapshot.pages.objectAtAddress(BigInt(references[place - 1]!));
  return key < 0 ? 'value' : { key };
}

/** Of a block's two objects that are neither code nor variables, either may be its self. */
function partOfBlock(open: OpenSnapshot, target: ObjectIndex, references: readonly string[]): string | null {
  const partOf = (object: ObjectIndex) => {
    const traits = traitsOf(open, object);
    return (traits & Trait.environment) !== 0
      ? 'captured variables'
      : (traits & Trait.code) !== 0
        ? 'code'
        : null;
  };
  const own = partOf(target);
  if (own !== null) return own;
  const parts = [...new Set(references)].flatMap(address => {
    const object = open.snapshot.pages.objectAtAddress(BigInt(address));
    return object < 0 ? [] : [partOf(object)];
  });
  return parts.includes('code') && parts.filter(part => part === null).length === 1 ? 'self' : null;
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
    if (text === null) return 'value';
    const shown = text.length > KEY_LENGTH ? `${text.slice(0, KEY_LENGTH)}…` : text;
    return `[${JSON.stringify(shown)}]`;
  });
}

function fieldOf({ fields }: FoundRecord, name: string): string | null {
  return fields.find(field => field.name === name)?.value ?? null;
}

function traitsOf({ snapshot }: OpenSnapshot, object: ObjectIndex): number {
  return snapshot.descriptors.traits[descriptorOf(snapshot, object)]!;
}
