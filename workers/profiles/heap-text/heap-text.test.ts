import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  randomStacks,
  type Stack,
  selfByStack,
  sumOf,
  valueByStack,
} from '../../testing/profiles/random-stacks.ts';
import { fixture, fixtureText, open, profileIn } from '../../testing/profiles/read-text.ts';
import { scaleOf } from './sampling.ts';

const NAMES = new Map<string, number>();

/** A unique address for each name. */
function addressOf(name: string): number {
  const address = NAMES.get(name) ?? 0x40_0000 + NAMES.size * 16;
  NAMES.set(name, address);
  return address;
}

/** A symbol section with the calling instructions, one byte before the return addresses in stacks. */
function symbols(stacks: readonly Stack[]): string {
  const names = new Set(stacks.flatMap(stack => stack.frames));
  const lines = [...names].map(name => `0x${(addressOf(name) - 1).toString(16).padStart(16, '0')} ${name}`);
  return `--- symbol\nbinary=prog\n${lines.join('\n')}\n---\n--- heap\n`;
}

const addresses = ({ frames }: Stack) =>
  [...frames]
    .reverse()
    .map(name => ` 0x${addressOf(name).toString(16)}`)
    .join('');

describe('gperftools', () => {
  test('an exact profile has the sums of its first line, which pprof also prints', async () => {
    const { totals, notes } = await profileIn(fixtureText('gperftools.heap'));
    expect(totals).toEqual({
      liveBytes: 19163688,
      liveBlocks: 112472,
      allocatedBytes: 20831890,
      allocatedBlocks: 132490,
    });
    expect(notes.join()).toContain('no symbols, and are shown as module and offset');
  });

  test('pprof --raw adds names, inlined functions, and the bytes of each stack', async () => {
    const { totals, trees } = await profileIn(fixture('gperftools-symbolized.raw'));
    expect(totals).toEqual({ liveBytes: 52370639 });
    expect(trees[0]!.strings).toContain('std::__new_allocator<double>::allocate(unsigned long, void const*)');
  });

  test('reads back random stacks with symbols', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(4), async stacks => {
        const row = (stack: Stack) => {
          const [blocks, bytes, allBlocks, allBytes] = stack.values as [number, number, number, number];
          return `${blocks}: ${bytes} [${allBlocks}: ${allBytes}] @${addresses(stack)}`;
        };
        const header = `heap profile: ${sumOf(stacks, 0)}: ${sumOf(stacks, 1)} [${sumOf(stacks, 2)}: ${sumOf(stacks, 3)}] @ heapprofile`;
        const { totals, trees, missing, damage } = await profileIn(
          `${symbols(stacks)}${header}\n${stacks.map(row).join('\n')}\n`,
        );
        expect(selfByStack(trees[0]!, 'liveBytes')).toEqual(valueByStack(stacks, 1));
        expect(selfByStack(trees[0]!, 'allocatedBlocks')).toEqual(valueByStack(stacks, 2));
        expect(totals).toMatchObject({ liveBlocks: sumOf(stacks, 0), allocatedBytes: sumOf(stacks, 3) });
        expect([missing, damage.lines]).toEqual([[], 0]);
      }),
    );
  });

  test('a file cut off at its buffer of 1 MiB says how much has no row', async () => {
    const lines = fixtureText('gperftools.heap').split('\n');
    const { totals, missing } = await profileIn([...lines.slice(0, 2), ...lines.slice(4)].join('\n'));
    expect(totals.liveBytes).toBe(19163688);
    const [, bytes] = /^ *\d+: +(\d+) /.exec(lines[2]!)!;
    const [, more] = /^ *\d+: +(\d+) /.exec(lines[3]!)!;
    expect(missing).toContainEqual({
      total: 'liveBytes',
      amount: Number(bytes) + Number(more),
      why: expect.stringContaining('1 MiB'),
    });
  });

  test('rows of mapped regions, which the first line leaves out, are counted', async () => {
    const text =
      'heap profile: 1: 817 [1: 817] @ heapprofile\n1: 817 [1: 817] @ 0x1\n1: 4096 [1: 4096] @ 0x2\n';
    const { totals, notes } = await profileIn(text);
    expect(totals.liveBytes).toBe(4913);
    expect(notes.join()).toContain('mapped regions');
  });

  test('addresses without symbols are shown as the module and the offset in its file', async () => {
    const text =
      'heap profile: 1: 8 [1: 8] @ heapprofile\n1: 8 [1: 8] @ 0x7f0010\n\nMAPPED_LIBRARIES:\n7f0000-7f1000 r-xp 00002000 00:00 77  /lib/libc.so.6\n';
    expect(selfByStack((await profileIn(text)).trees[0]!, 'liveBytes')).toEqual({ 'libc.so.6+0x2010': 8 });
  });

  test('symbols without a profile after them are refused', async () => {
    await expect(open('--- symbol\nbinary=prog\n0x1 main\n---\n--- heap\n')).rejects.toThrow(
      'no heap profile behind them',
    );
  });
});

describe('jemalloc', () => {
  test('samples are scaled to the total that jeprof prints', async () => {
    const { totals, notes } = await profileIn(fixtureText('jemalloc.heap'));
    expect(totals).toEqual({ liveBytes: 83790369, liveBlocks: 643372, samples: 148 });
    expect(notes.join()).toContain('one in 524288 bytes');
  });

  test('reads back random stacks: each is scaled by the mean size of its blocks', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(2), fc.constantFrom(1, 4096, 524288), async (stacks, rate) => {
        const rows = stacks.map(stack => {
          const numbers = `${stack.values[0]}: ${stack.values[1]} [0: 0]`;
          return `@${addresses(stack)}\n  t*: ${numbers}\n  t0: ${numbers}`;
        });
        const { trees, totals, damage } = await profileIn(
          `${symbols(stacks)}heap_v2/${rate}\n  t*: 9: 9 [0: 0]\n  t1: 9: 9 [0: 0] worker 1\n${rows.join('\n')}\n`,
        );
        expect(damage.lines).toBe(0);
        const found = selfByStack(trees[0]!, 'liveBytes');
        let sum = 0;
        for (const { frames, values } of stacks) {
          const scale = rate === 1 ? 1 : 1 / (1 - Math.exp(-values[1]! / values[0]! / rate));
          expect(found[frames.join(' | ')]! / (values[1]! * scale)).toBeCloseTo(1, 4);
          sum += values[1]! * scale;
        }
        expect(totals.liveBytes! / Math.floor(sum)).toBeCloseTo(1, 4);
        expect(trees[0]!.weights.map(weight => weight.key)).toEqual(['liveBytes', 'liveBlocks']);
      }),
    );
  });
});

test('scaling by a sampling rate: large blocks are nearly always sampled', () => {
  expect(scaleOf(1, 1, 1)).toBe(1);
  expect(scaleOf(1e9, 1, 524288)).toBeCloseTo(1);
  expect(scaleOf(100, 1, 524288)).toBeCloseTo(5243.38, 1);
  expect(scaleOf(0, 0, 524288)).toBe(1);
});

test("Go's text format has the numbers and symbols of its binary profile", async () => {
  const { totals, trees } = await profileIn(fixtureText('go-heap-debug1.txt'));
  const binary = await profileIn(fixture('go-heap.pb.gz'));
  for (const key of ['liveBytes', 'liveObjects', 'allocatedBytes', 'allocatedObjects']) {
    expect(totals[key]).toBe(binary.totals[key]);
  }
  expect(trees[0]!.strings).toContain('main.grow');
});

test('Java: bytes before blocks, methods in a table after the rows', async () => {
  const text =
    '--- heapz 1 ---\nformat = java\nresolution = bytes\n     1048576     1 @ 0x3 0x4\n\n\n 0x3 com.shop.Cart.add (Cart.java:103)\n 0x4 com.shop.Main.run (Main.java:7)\n';
  const { trees, damage } = await profileIn(text);
  expect(damage.lines).toBe(0);
  expect(Object.keys(selfByStack(trees[0]!, 'liveBytes'))).toEqual(['com.shop.Main.run | com.shop.Cart.add']);
});
