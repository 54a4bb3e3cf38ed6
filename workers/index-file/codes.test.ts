import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ObjectFlag } from '../model/object-flags.ts';
import { packHashes, unpackHashes } from './hash-codes.ts';
import { packObjects, unpackObjects } from './object-codes.ts';
import { packReferences, unpackReferences } from './reference-codes.ts';

const LARGEST = 2 ** 32 - 1;
const PAIRS = 30;
const DESCRIPTORS = 7;

/** Few different numbers, so that they repeat; and the largest ones. */
const number = fc.oneof(
  fc.nat(20).map(each => each * 8),
  fc.nat(300),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, LARGEST - 8, LARGEST),
);

const object = fc.record({
  pair: fc.nat(PAIRS - 1),
  flags: fc.constantFrom(
    0,
    ObjectFlag.hasLength,
    ObjectFlag.hasValue,
    ObjectFlag.hasLength | ObjectFlag.hasValue,
    5,
  ),
  length: number,
  shallow: number,
  hash: fc.oneof(fc.nat(5), fc.constant(LARGEST), fc.nat(LARGEST)),
  references: fc.array(fc.nat(), { maxLength: 12 }),
});

it('what objects have comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 200 }), given => {
      const has = (flag: number) => given.filter(each => (each.flags & flag) !== 0);
      const columns = {
        pair: Uint32Array.from(given, each => each.pair),
        flags: Uint16Array.from(given, each => each.flags),
        shallow: Uint32Array.from(given, each => each.shallow),
        lengths: Uint32Array.from(has(ObjectFlag.hasLength), each => each.length),
      };
      const pairs = { descriptor: Uint32Array.from({ length: PAIRS }, (_, pair) => pair % DESCRIPTORS) };
      expect(unpackObjects(packObjects(columns, pairs), pairs, columns.lengths.length)).toEqual(columns);

      const hashes = Uint32Array.from(has(ObjectFlag.hasValue), each => each.hash);
      const packedHashes = packHashes(hashes, columns);
      expect(packedHashes.distinct.length).toBe(new Set(hashes).size);
      expect(unpackHashes(packedHashes, columns)).toEqual(hashes);

      const first = new Uint32Array(given.length + 1);
      for (const [at, each] of given.entries()) first[at + 1] = first[at]! + each.references.length;
      const targets = Uint32Array.from(given.flatMap(each => each.references.map(to => to % given.length)));
      const objects = { ...columns, descriptorOf: pairs.descriptor, descriptors: DESCRIPTORS };
      const references = { first, targets };
      expect(unpackReferences(objects, packReferences(objects, references))).toEqual(references);
    }),
  );
});
