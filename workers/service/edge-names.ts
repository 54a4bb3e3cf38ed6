import { addressOf, descriptorOf } from '../model/heap-snapshot.ts';
import type { EdgeKind } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
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

const NAMED_TYPES = new Set(['OBJECT', 'ARRAY', 'HASH', 'CLASS', 'DATA', 'IMEMO']);

function canHaveNames(open: OpenSnapshot, { source }: NamedEdge): boolean {
  return NAMED_TYPES.has(typeOf(open, source));
}

function nameIn(open: OpenSnapshot, { source, target }: NamedEdge, record: FoundRecord): Name {
  const { snapshot } = open;
  const { references } = record;
  const address = addressOf(snapshot, target);
  const places = references.flatMap((reference, at) => (reference === address ? [at] : []));
  switch (typeOf(open, source)) {
    case 'OBJECT':
      return open.variableNames.namesOfReferences(record.shapeId, references).get(address) ?? null;
    case 'ARRAY': {
      const isWhole = references.length === snapshot.contentLength.of(source);
      if (!isWhole || places.length === 0) return null;
      const listed = places.slice(0, MAX_PLACES).join(', ');
      return places.length > MAX_PLACES ? `[${listed}, …]` : `[${listed}]`;
    }
    case 'HASH': {
      const size = snapshot.contentLength.of(source);
      // A default comes last.
      const isWhole = size !== null && (references.length === size * 2 || references.length === size * 2 + 1);
      const [place, ...others] = places;
      if (!isWhole || place === undefined) return null;
      if (place === size * 2) return 'default';
      if (place % 2 === 0) return 'key';
      if (others.length > 0) return `${places.length} values`;
      const key = snapshot.pages.objectAtAddress(BigInt(references[place - 1]!));
      return key < 0 ? 'value' : { key };
    }
    case 'CLASS':
      return fieldOf(record, 'superclass') === address ? 'superclass' : null;
    case 'DATA':
      return fieldOf(record, 'struct') === 'proc' ? partOfProc(open, target, references) : null;
    case 'IMEMO':
      return fieldOf(record, 'imemo_type') === 'env' && typeOf(open, target) !== 'IMEMO' ? 'variable' : null;
    default:
      return null;
  }
}

/** A block refers to its self, its code and what it captured. Of two objects that are no records of the VM, either may be self. */
function partOfProc(open: OpenSnapshot, target: ObjectIndex, references: readonly string[]): string | null {
  const { strings, descriptors, pages } = open.snapshot;
  const kindOf = (object: ObjectIndex) =>
    typeOf(open, object) === 'IMEMO'
      ? strings.text(descriptors.kind[descriptorOf(open.snapshot, object)]!)
      : null;
  const own = kindOf(target);
  if (own !== null) return own === 'env' ? 'captured variables' : own === 'iseq' ? 'code' : null;
  const kinds = [...new Set(references)].flatMap(address => {
    const object = pages.objectAtAddress(BigInt(address));
    return object < 0 ? [] : [kindOf(object)];
  });
  return kinds.includes('iseq') && kinds.filter(kind => kind === null).length === 1 ? 'self' : null;
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
    const isSymbol = typeOf(open, name.key) === 'SYMBOL';
    const shown = text.length > KEY_LENGTH ? `${text.slice(0, KEY_LENGTH)}…` : text;
    return isSymbol ? `[:${shown}]` : `[${JSON.stringify(shown)}]`;
  });
}

function fieldOf({ fields }: FoundRecord, name: string): string | null {
  return fields.find(field => field.name === name)?.value ?? null;
}

function typeOf({ snapshot }: OpenSnapshot, object: ObjectIndex): string {
  return snapshot.strings.text(snapshot.descriptors.type[descriptorOf(snapshot, object)]!);
}
