import { objectRow } from '../analysis/object-rows.ts';
import type { ContentRow, ContentValue, ObjectContents } from '../protocol/contents.ts';
import { withThousands } from '../protocol/digits.ts';
import type { AddressText, Count, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { codeNames } from './code-names.ts';
import { pairsOf, partOfBlock, traitsOf } from './edge-names.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FoundRecord } from './record-store.ts';

/** The words for values that a dump does not list. */
const IMMEDIATES = 'numbers, symbols, nil, true or false';
/** Maximum number of enclosing environments that are followed from the one that a block captured. */
const MAX_ENVIRONMENTS = 20;

/** A row before its objects are looked up: with addresses instead. */
interface Part {
  name: string | null;
  key: AddressText | null;
  value: AddressText | null;
}

/** All rows of an object; only those in the window are created. */
interface Parts {
  kind: ObjectContents['kind'];
  total: Count;
  at(place: number): Part;
  notes: string[];
}

/**
 * A window of the contents of an object that is a hash, list, struct, block or object with variables. O(record), and
 * O(records) of the environments of a block.
 */
export async function objectContents(
  open: OpenSnapshot,
  object: ObjectIndex,
  offset: number,
  limit: number,
): Promise<ObjectContents> {
  // An index file contains no records.
  const [record] = open.records.hasText ? await open.records.read([object]) : [];
  const parts = record === undefined || record === null ? null : await partsOf(open, object, record);
  if (parts === null) return { kind: 'none', total: 0, offset, rows: [], notes: [] };
  const { kind, total, notes } = parts;
  const places = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => offset + at);
  const rows = places.map((place): ContentRow => {
    const { name, key, value } = parts.at(place);
    return { name, key: described(open, key), value: described(open, value) };
  });
  return { kind, total, offset, rows, notes };
}

async function partsOf(open: OpenSnapshot, object: ObjectIndex, record: FoundRecord): Promise<Parts | null> {
  const traits = traitsOf(open, object);
  if ((traits & Trait.elements) !== 0) return elements(open, object, record);
  if ((traits & Trait.entries) !== 0) return entries(open, object, record);
  if ((traits & Trait.members) !== 0) return members(record);
  if ((traits & Trait.block) !== 0) return await block(open, record);
  const fields = await fieldsOf(open, record);
  if (fields !== null) return variables(open, fields);
  return (traits & Trait.variables) !== 0 ? variables(open, record) : null;
}

function elements({ snapshot }: OpenSnapshot, object: ObjectIndex, { references }: FoundRecord): Parts {
  const length = snapshot.contentLength.of(object);
  const isWhole = references.length === length;
  return {
    kind: 'elements',
    total: references.length,
    at: place => ({ name: isWhole ? `[${place}]` : null, key: null, value: references[place]! }),
    notes: isWhole || length === null ? [] : [missingOf(length - references.length, length, 'element')],
  };
}

function entries({ snapshot }: OpenSnapshot, object: ObjectIndex, record: FoundRecord): Parts {
  const { references } = record;
  const pairs = pairsOf(snapshot, object, record);
  const size = snapshot.contentLength.of(object) ?? 0;
  if (pairs === null) {
    return {
      kind: 'entries',
      total: references.length,
      at: place => ({ name: null, key: null, value: references[place]! }),
      notes: [
        `${entriesText(size)}, of which the dump lists ${withThousands(references.length)} keys and values in order. The others are ${IMMEDIATES}, which a dump leaves out, so it does not show which belong together.`,
      ],
    };
  }
  return {
    kind: 'entries',
    total: pairs + (references.length > pairs * 2 ? 1 : 0),
    at: place =>
      place === pairs
        ? { name: 'default', key: null, value: references[place * 2]! }
        : { name: null, key: references[place * 2]!, value: references[place * 2 + 1]! },
    notes: [],
  };
}

function members({ references }: FoundRecord): Parts {
  return {
    kind: 'members',
    total: references.length,
    at: place => ({ name: null, key: null, value: references[place]! }),
    notes: [
      `Members that are objects, in order. A dump tells neither their names nor those that are ${IMMEDIATES}.`,
    ],
  };
}

function variables({ variableNames }: OpenSnapshot, { shapeId, references }: FoundRecord): Parts | null {
  const names = (shapeId === null ? [] : variableNames.namesOfShape(shapeId)).filter(name =>
    name.startsWith('@'),
  );
  const isCertain = variableNames.namesOfReferences(shapeId, references).size > 0;
  if (isCertain || (references.length === 0 && names.length > 0)) {
    return {
      kind: 'variables',
      total: names.length,
      at: place => ({ name: names[place]!, key: null, value: references[place] ?? null }),
      notes: [],
    };
  }
  if (references.length === 0) return null;
  const note =
    names.length === 0
      ? 'Values of instance variables, in order. This dump does not contain the names.'
      : `Instance variables: ${names.join(', ')}. ${withThousands(references.length)} hold objects, in this order; the others hold ${IMMEDIATES}, so the dump does not show which is which.`;
  return {
    kind: 'variables',
    total: references.length,
    at: place => ({ name: null, key: null, value: references[place]! }),
    notes: [note],
  };
}

/** The parts of a block: its code by name, and the values that it captured, also from the environments around it. */
async function block(open: OpenSnapshot, { references }: FoundRecord): Promise<Parts> {
  const targets = [...new Set(references)].flatMap(address => {
    const object = objectAt(open, address);
    return object < 0 ? [] : [{ address, object }];
  });
  const code = targets.filter(({ object }) => (traitsOf(open, object) & Trait.bytecode) !== 0);
  const names = await codeNames(
    open,
    code.map(({ object }) => object),
  );
  const parts: Part[] = targets.map(({ address, object }) => {
    const label = names.get(object);
    const part = partOfBlock(open, object, references);
    return { name: label === undefined ? part : `code of ${label}`, key: null, value: address };
  });
  const first = targets.find(({ object }) => (traitsOf(open, object) & Trait.environment) !== 0);
  const captured = first === undefined ? [] : await capturedBy(open, first.object);
  parts.push(...captured);
  const notes =
    captured.length > 0
      ? [`A dump contains neither the names of captured variables, nor those that hold ${IMMEDIATES}.`]
      : [];
  return { kind: 'block', total: parts.length, at: place => parts[place]!, notes };
}

/** What an environment and those around it hold, besides their code. */
async function capturedBy(open: OpenSnapshot, innermost: ObjectIndex): Promise<Part[]> {
  const parts: Part[] = [];
  const seen = new Set<ObjectIndex>();
  let environment = innermost;
  while (environment >= 0 && !seen.has(environment) && seen.size < MAX_ENVIRONMENTS) {
    seen.add(environment);
    const [record] = await open.records.read([environment]);
    let outer = -1;
    for (const address of record?.references ?? []) {
      const object = objectAt(open, address);
      const traits = object < 0 ? 0 : traitsOf(open, object);
      if ((traits & Trait.environment) !== 0) outer = object;
      else if ((traits & Trait.code) === 0)
        parts.push({ name: seen.size === 1 ? 'variable' : 'outer variable', key: null, value: address });
    }
    environment = outer;
  }
  return parts;
}

/** The record of the object that holds the variables of another one, if there is one. */
async function fieldsOf(open: OpenSnapshot, { references }: FoundRecord): Promise<FoundRecord | null> {
  const fields = references
    .map(address => objectAt(open, address))
    .find(object => object >= 0 && (traitsOf(open, object) & Trait.fields) !== 0);
  if (fields === undefined) return null;
  const [record] = await open.records.read([fields]);
  return record ?? null;
}

function missingOf(missing: Count, all: Count, what: string): string {
  if (missing <= 0)
    return `The record lists more references than it has ${what}s, so positions are not known.`;
  if (missing === all)
    return `All ${withThousands(all)} ${what}s are ${IMMEDIATES}, which a dump leaves out.`;
  return `${withThousands(missing)} of ${withThousands(all)} ${what}s are ${IMMEDIATES}, which a dump leaves out, so it does not show the positions of the others.`;
}

function entriesText(size: Count): string {
  return `${withThousands(size)} ${size === 1 ? 'entry' : 'entries'}`;
}

function objectAt({ snapshot }: OpenSnapshot, address: AddressText): ObjectIndex {
  return snapshot.pages.objectAtText(address);
}

function described(open: OpenSnapshot, address: AddressText | null): ContentValue | null {
  if (address === null) return null;
  const object = objectAt(open, address);
  return { address, object: object < 0 ? null : objectRow(open.snapshot, open.retention, object) };
}
