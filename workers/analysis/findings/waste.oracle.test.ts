import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIn } from '../../testing/find-kind.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { type OracleObject, readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { randomHeaps } from '../../testing/random-heaps.ts';
import { readSnapshot } from '../../testing/snapshot-columns.ts';
import { boxedValues } from './boxed-values.ts';
import { duplicateTexts } from './duplicate-texts.ts';
import { equalCollections } from './equal-collections.ts';
import { equalObjects } from './equal-objects.ts';
import type { FindingKind } from './finding-kind.ts';
import { runtimeSymbols } from './runtime-symbols.ts';
import { smallCollections } from './small-collections.ts';
import { spareCapacity } from './spare-capacity.ts';
import { sparseCollections } from './sparse-collections.ts';
import { unreachable } from './unreachable.ts';

interface Amount {
  objects: number;
  bytes: number;
}

const amountOf = (objects: readonly OracleObject[]): Amount => ({
  objects: objects.length,
  bytes: objects.reduce((total, { shallowBytes }) => total + shallowBytes, 0),
});
const isCollection = ({ type }: OracleObject) => type === 'ARRAY' || type === 'HASH';
const isTime = ({ type, fields }: OracleObject) => type === 'DATA' && fields.struct === 'time';
const isBoxed = (object: OracleObject) =>
  ['FLOAT', 'BIGNUM', 'RATIONAL', 'COMPLEX'].includes(object.type) || isTime(object);

/** All but the largest of each group of collections that name the same objects. */
function equal(objects: readonly OracleObject[]): Amount {
  const addresses = new Set(objects.map(({ address }) => address));
  const groups = new Map<string, number[]>();
  for (const { type, label, length, references, address, shallowBytes } of objects) {
    if ((type !== 'ARRAY' && type !== 'HASH') || length === null || length === 0) continue;
    const named = references.filter(target => target !== address && addresses.has(target));
    if (named.length !== (type === 'HASH' ? 2 : 1) * length) continue;
    const key = JSON.stringify([type, label, named]);
    groups.set(key, [...(groups.get(key) ?? []), shallowBytes]);
  }
  const sizes = [...groups.values()];
  return {
    objects: sizes.reduce((count, group) => count + group.length - 1, 0),
    bytes: sizes.flat().reduce((a, b) => a + b, 0) - sizes.reduce((a, group) => a + Math.max(...group), 0),
  };
}

/** All but the largest of each group of objects of one class that name the same objects. */
function equalPlain(objects: readonly OracleObject[]): Amount {
  const addresses = new Set(objects.map(({ address }) => address));
  const groups = new Map<string, number[]>();
  for (const { type, label, references, address, shallowBytes } of objects) {
    const named = references.filter(target => target !== address && addresses.has(target));
    if ((type !== 'OBJECT' && type !== 'STRUCT') || named.length === 0) continue;
    const key = JSON.stringify([label, named]);
    groups.set(key, [...(groups.get(key) ?? []), shallowBytes]);
  }
  const sizes = [...groups.values()];
  return {
    objects: sizes.reduce((count, group) => count + group.length - 1, 0),
    bytes: sizes.flat().reduce((a, b) => a + b, 0) - sizes.reduce((a, group) => a + Math.max(...group), 0),
  };
}

/** Room beyond the slot of five words of the lists and maps that hold at most half of what would fit. */
function sparse(objects: readonly OracleObject[]): Amount {
  const rooms = objects
    .filter(object => isCollection(object) && (object.length ?? 0) >= 2 && !object.fields.shared)
    .map(({ type, length, shallowBytes }) => ({
      room: shallowBytes - 40,
      used: length! * (type === 'HASH' ? 24 : 8),
    }))
    .filter(({ room, used }) => room >= 2 * used);
  return { objects: rooms.length, bytes: rooms.reduce((sum, { room, used }) => sum + room - used, 0) };
}

/** All but the largest of the strings of each text. Random heaps have lengths that are not those of the texts. */
function sameText(objects: readonly OracleObject[]): Amount {
  const groups = new Map<string, number[]>();
  for (const { type, value, length, shallowBytes } of objects) {
    if (type !== 'STRING' || value === null) continue;
    const key = `${length ?? 0} ${value}`;
    groups.set(key, [...(groups.get(key) ?? []), shallowBytes]);
  }
  const sizes = [...groups.values()].filter(group => group.length > 1);
  const spareOf = (group: readonly number[]) => group.reduce((a, b) => a + b, 0) - Math.max(...group);
  return {
    objects: sizes.reduce((count, group) => count + group.length - 1, 0),
    bytes: sizes.reduce((sum, group) => sum + spareOf(group), 0),
  };
}

/** What each takes beyond the smallest of its type that holds as much. */
function spare(objects: readonly OracleObject[]): Amount {
  const word = 8;
  const isText = ({ type }: OracleObject) => type === 'STRING' || type === 'SYMBOL';
  const compared = objects.filter(
    object => (isCollection(object) || isText(object)) && object.length !== null && !object.fields.shared,
  );
  const own = compared.map(object => {
    const holding = compared.filter(
      other =>
        other.type === object.type &&
        other.length! >= object.length! &&
        other.shallowBytes >= other.length! * (isText(other) ? 1 : word),
    );
    const needed = Math.min(...holding.map(({ shallowBytes }) => shallowBytes));
    return object.shallowBytes >= object.length! ? Math.max(0, object.shallowBytes - needed) : 0;
  });
  return { objects: own.filter(bytes => bytes > 0).length, bytes: own.reduce((a, b) => a + b, 0) };
}

const TWINS: [kind: FindingKind, id: string, oracle: (objects: readonly OracleObject[]) => Amount][] = [
  [
    smallCollections,
    'small-collections 0',
    all => amountOf(all.filter(o => isCollection(o) && o.length === 0)),
  ],
  [
    smallCollections,
    'small-collections 1',
    all => amountOf(all.filter(o => isCollection(o) && o.length === 1)),
  ],
  [boxedValues, 'boxed-values', all => amountOf(all.filter(isBoxed))],
  [
    runtimeSymbols,
    'runtime-symbols',
    all => amountOf(all.filter(o => o.type === 'SYMBOL' && (o.generation ?? o.file) !== null)),
  ],
  [equalCollections, 'equal-collections', equal],
  [equalObjects, 'equal-objects', equalPlain],
  [duplicateTexts, 'duplicate-strings', sameText],
  [spareCapacity, 'spare-capacity', spare],
  [unreachable, 'unreachable', all => amountOf(all.filter(o => !o.reachable))],
];

async function compare(bytes: Uint8Array): Promise<void> {
  const { objects } = readOracleDump(bytes);
  const read = await readSnapshot(bytes);
  for (const [kind, id, oracle] of TWINS) {
    const found = findIn(read, kind).find(finding => finding.id === id);
    const expected = oracle(objects);
    const amount = { objects: found?.objects ?? 0, bytes: found?.bytes ?? 0 };
    // What takes no bytes is no finding.
    expect(amount, id).toEqual(expected.bytes === 0 ? { objects: 0, bytes: 0 } : expected);
  }
}

describe('waste', () => {
  it('is what the oracle finds, on random heaps', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, drawing => compare(heapFromText(drawing).bytes)),
      { numRuns: 30 },
    );
  });

  it('of strings with the same text is what the oracle finds, in a whole dump', async () => {
    const bytes = fixtureDump('ruby-3.1');
    const [found] = findIn(await readSnapshot(bytes), duplicateTexts);
    expect({ objects: found!.objects, bytes: found!.bytes }).toEqual(sameText(readOracleDump(bytes).objects));
  }, 60_000);

  it('of sparse collections is what the oracle finds, where slots are of one size', async () => {
    const bytes = fixtureDump('ruby-3.1-since');
    const [found] = findIn(await readSnapshot(bytes), sparseCollections);
    const expected = sparse(readOracleDump(bytes).objects);
    expect({ objects: found?.objects ?? 0, bytes: found?.bytes ?? 0 }).toEqual(expected);
  });

  it('is what the oracle finds, in a real dump', () => compare(fixtureDump('ruby-3.1-since')), 60_000);
});
