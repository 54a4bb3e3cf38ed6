import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  randomStacks,
  type Stack,
  selfByStack,
  sumOf,
  valueByStack,
} from '../../testing/profiles/random-stacks.ts';
import { fixture, open, profileIn } from '../../testing/profiles/read-text.ts';
import { ProtoReader } from './protobuf.ts';

type Bytes = number[];

function varint(value: number): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: Bytes = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const number = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const message = (field: number, bytes: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const text = (field: number, value: string): Bytes => message(field, [...new TextEncoder().encode(value)]);

/** A profile.proto with packed or unpacked lists, and two samples for each stack, as for different block sizes. */
function profileBytes(stacks: readonly Stack[], packed: boolean): Uint8Array {
  const strings = [
    '',
    'inuse_objects',
    'count',
    'inuse_space',
    'bytes',
    ...new Set(stacks.flatMap(each => each.frames)),
  ];
  const numbers = (field: number, values: number[]) =>
    packed ? message(field, values.flatMap(varint)) : values.flatMap(value => number(field, value));
  const functions = strings.slice(5);
  const bytes = [
    ...message(1, [...number(1, 1), ...number(2, 2)]),
    ...message(1, [...number(1, 3), ...number(2, 4)]),
    ...stacks.flatMap(({ frames, values }) => {
      const ids = [...frames].reverse().map(name => functions.indexOf(name) + 1);
      return [1, 2].flatMap(() => message(2, [...numbers(1, ids), ...numbers(2, values)]));
    }),
    ...functions.flatMap((_, at) => message(4, [...number(1, at + 1), ...message(4, number(1, at + 1))])),
    ...functions.flatMap((_, at) => message(5, [...number(1, at + 1), ...number(2, at + 5)])),
    ...strings.flatMap(each => text(6, each)),
  ];
  return Uint8Array.from(bytes);
}

describe('a profile of Go', () => {
  test('has the totals that "go tool pprof" prints', async () => {
    const { totals, trees } = await profileIn(fixture('go-heap.pb.gz'));
    expect(totals).toMatchObject({
      allocatedObjects: 285198,
      allocatedBytes: 436118870,
      liveObjects: 82255,
      liveBytes: 26760332,
    });
    expect(trees[0]!.weights[0]!.key).toBe('liveBytes');
  });
});

test('reads back random profiles, with lists packed or not, and merges samples of one stack', async () => {
  await fc.assert(
    fc.asyncProperty(randomStacks(2), fc.boolean(), async (stacks, packed) => {
      const { totals, trees, damage } = await profileIn(profileBytes(stacks, packed));
      const twice = Object.entries(valueByStack(stacks, 1)).map(([stack, bytes]) => [stack, bytes * 2]);
      expect(selfByStack(trees[0]!, 'liveBytes')).toEqual(Object.fromEntries(twice));
      expect(totals).toEqual({
        samples: stacks.length * 2,
        liveObjects: sumOf(stacks, 0) * 2,
        liveBytes: sumOf(stacks, 1) * 2,
      });
      expect(damage.lines).toBe(0);
    }),
  );
});

test('inlined functions are separate frames, the innermost first', async () => {
  const strings = ['', 'inuse_space', 'bytes', 'inner', 'outer'];
  const bytes = [
    ...message(1, [...number(1, 1), ...number(2, 2)]),
    ...message(2, [...number(1, 1), ...number(2, 64)]),
    ...message(4, [...number(1, 1), ...message(4, number(1, 1)), ...message(4, number(1, 2))]),
    ...message(5, [...number(1, 1), ...number(2, 3)]),
    ...message(5, [...number(1, 2), ...number(2, 4)]),
    ...strings.flatMap(each => text(6, each)),
  ];
  const { trees } = await profileIn(Uint8Array.from(bytes));
  expect(selfByStack(trees[0]!, 'liveBytes')).toEqual({ 'outer | inner': 64 });
});

test('numbers are signed, and up to ten bytes long', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), value => {
      expect(new ProtoReader(Uint8Array.from(varint(value))).varint()).toBe(value);
    }),
  );
  expect(new ProtoReader(Uint8Array.from(varint(-1))).varint()).toBe(-1);
});

test('a truncated file is refused, or says that names are missing, which come last', async () => {
  const bytes = fixture('go-heap.pb.gz');
  await expect(open(bytes.subarray(0, bytes.length - 1))).rejects.toThrow('ends in the middle of a field');
  const noLastName = await profileIn(bytes.subarray(0, bytes.length - 20));
  expect(noLastName.notes.join()).toContain('some are missing');
});
