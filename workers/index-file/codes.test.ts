import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { runToEnd } from '../model/steps.ts';
import { packHashes, unpackHashes } from './hash-codes.ts';
import { packObjects, sumPairs, unpackObjects } from './object-codes.ts';
import { packReferences, unpackReferences } from './reference-codes.ts';
import { packTree, unpackTree } from './tree-codes.ts';

const LARGEST = 2 ** 32 - 1;
const PAIRS = 30;
const DESCRIPTORS = 7;

/** A few distinct numbers, so that they repeat, and the largest ones. */
const number = fc.oneof(
  fc.nat(20).map(each => each * 8),
  fc.nat(300),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, LARGEST - 8, LARGEST),
);

type Given = typeof object extends fc.Arbitrary<infer Each> ? Each : never;

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
  references: fc.array(fc.nat(), { maxLength: 12 }),
});

function columnsOf(given: readonly Given[]) {
  return {
    pair: Uint32Array.from(given, each => each.pair),
    flags: Uint16Array.from(given, each => each.flags),
    shallow: Uint32Array.from(given, each => each.shallow),
    lengths: Uint32Array.from(
      given.filter(each => (each.flags & ObjectFlag.hasLength) !== 0),
      each => each.length,
    ),
  };
}

it('columns of objects, and the sums of pairs, are the same after unpacking', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 200 }), given => {
      const columns = columnsOf(given);
      const largeShallow = new Map(
        given.flatMap(({ shallow }, at) => (shallow === LARGE_SHALLOW ? [[at, 2 ** 40 + at]] : [])) as [
          number,
          number,
        ][],
      );
      const packed = packObjects(columns);
      const { ofKind, ...unpacked } = unpackObjects(packed, columns.lengths.length);
      expect(unpacked).toEqual(columns);

      const pairs = { objects: new Uint32Array(PAIRS), shallowBytes: new Float64Array(PAIRS) };
      sumPairs(pairs, packed.kinds, ofKind, unpacked.pair, largeShallow);
      const sums = { objects: new Uint32Array(PAIRS), shallowBytes: new Float64Array(PAIRS) };
      for (const [at, { pair, shallow }] of given.entries()) {
        sums.objects[pair]!++;
        sums.shallowBytes[pair]! += largeShallow.get(at) ?? shallow;
      }
      expect(pairs).toEqual(sums);
    }),
  );
});

it('hashes are the same after unpacking, and each distinct one is written once', () => {
  const hash = fc.oneof(fc.nat(5), fc.constant(LARGEST), fc.nat(LARGEST));
  fc.assert(
    fc.property(fc.uint32Array({ maxLength: 50 }), fc.array(hash, { maxLength: 200 }), (some, others) => {
      const hashes = Uint32Array.from([...some, ...others, ...some]);
      const packed = packHashes(hashes);
      expect(packed.distinct.length / 4).toBe(new Set(hashes).size);
      const filled = new Uint32Array(hashes.length);
      runToEnd(unpackHashes(packed, filled));
      expect(filled).toEqual(hashes);
    }),
  );
});

it('tree and references are the same after unpacking', () => {
  fc.assert(
    fc.property(
      fc.array(object, { maxLength: 200 }),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 200 }),
      (given, placed) => {
        const columns = columnsOf(given);
        const tree = drawnTree(given.length, placed);
        expect(unpackTree(packTree(tree), given.length)).toEqual(tree);

        const first = new Uint32Array(given.length + 1);
        for (const [at, each] of given.entries()) first[at + 1] = first[at]! + each.references.length;
        // Some refer to what they dominate, in the order of the tree or in another one.
        const targets = given.flatMap(({ references }, at) =>
          references.map((to, nth) => {
            const below = tree.position[at]! + 1 + (to % 4);
            const child = tree.vertex[below];
            return nth % 2 === 0 && child !== undefined && child < given.length ? child : to % given.length;
          }),
        );
        const references = { first, targets: Uint32Array.from(targets) };
        const descriptorOf = Uint32Array.from({ length: PAIRS }, (_, pair) => pair % DESCRIPTORS);
        const known = { ...columns, descriptorOf, descriptors: DESCRIPTORS, tree };
        const filled = { first: new Uint32Array(first.length), targets: new Uint32Array(targets.length) };
        runToEnd(unpackReferences(known, packReferences(known, references), filled));
        expect(filled).toEqual(references);
      },
    ),
  );
});

/** A tree of some objects below a super-root, which is not an object. Each pair: an object, and the one above it. */
function drawnTree(objects: number, placed: readonly (readonly [number, number])[]): DominatorTree {
  const children = new Map<number, number[]>([[objects, []]]);
  for (const [which, below] of placed) {
    const vertex = objects === 0 ? 0 : which % objects;
    if (objects === 0 || children.has(vertex)) continue;
    const above = [...children.keys()][below % children.size]!;
    children.get(above)!.push(vertex);
    children.set(vertex, []);
  }
  const vertex: number[] = [];
  const dominator: number[] = [];
  const subtreeEnd: number[] = [];
  const position = new Uint32Array(objects);
  const place = (each: number, above: number) => {
    const at = vertex.push(each) - 1;
    dominator.push(above);
    if (each < objects) position[each] = at;
    for (const child of children.get(each)!) place(child, at);
    subtreeEnd[at] = vertex.length;
  };
  place(objects, 0);
  return {
    length: vertex.length,
    position,
    vertex: Uint32Array.from(vertex),
    dominator: Uint32Array.from(dominator),
    subtreeEnd: Uint32Array.from(subtreeEnd),
  };
}
