import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  randomStacks,
  type Stack,
  selfByStack,
  sumOf,
  valueByStack,
} from '../../testing/profiles/random-stacks.ts';
import { fixture, nativeTotals, open, profileIn } from '../../testing/profiles/read-text.ts';

const hex = (value: number) => value.toString(16);

/** A file in which every stack allocates its value once, and the first one frees it again. */
function heaptrackText(stacks: readonly Stack[], format: 2 | 3): string {
  const names = [...new Set(stacks.flatMap(stack => stack.frames))];
  const string = (text: string) =>
    format === 3 ? `s ${hex(new TextEncoder().encode(text).length)} ${text}` : `s ${text}`;
  const traces: string[] = [];
  const traceOf = new Map<string, number>();
  const trace = (frames: readonly string[]): number => {
    if (frames.length === 0) return 0;
    const key = frames.join('\n');
    const known = traceOf.get(key);
    if (known !== undefined) return known;
    const parent = trace(frames.slice(0, -1));
    traces.push(`t ${hex(names.indexOf(frames.at(-1)!) + 1)} ${hex(parent)}`);
    traceOf.set(key, traces.length);
    return traces.length;
  };
  const classes = stacks.map(({ frames, values }) => `a ${hex(values[0]!)} ${hex(trace(frames))}`);
  return [
    `v 10450 ${format}`,
    'X ./prog',
    'I 1000 5e298d',
    string('/srv/prog'),
    ...names.map(string),
    ...names.map((_, at) => `i ${hex(0x1000 + at)} 1 ${hex(at + 2)}`),
    ...traces,
    ...classes,
    'c 0',
    ...stacks.map((_, at) => `+ ${hex(at)}`),
    'R 10',
    'c a',
    '- 0',
    '# strings: 1',
    '# ips: 1',
    '',
  ].join('\n');
}

describe('heaptrack', () => {
  test('has the peak, the leaks and the calls that heaptrack_print prints', async () => {
    const { totals, timeline } = await profileIn(fixture('heaptrack.gz'));
    const native = nativeTotals().heaptrack!;
    expect(totals.allocations).toBe(native.allocations);
    // heaptrack_print prints K of 1000 bytes, with two decimals.
    expect(totals.peakBytes! / 1000).toBeCloseTo(native.peakKilobytes!, 1);
    expect(totals.leakedBytes! / 1000).toBeCloseTo(native.leakedKilobytes!, 1);
    expect(timeline!.x.unit).toBe('milliseconds');
  });

  test.each([2, 3] as const)('reads back random stacks in format %d', async format => {
    await fc.assert(
      fc.asyncProperty(randomStacks(1), async stacks => {
        const { totals, trees, damage, timeline } = await profileIn(heaptrackText(stacks, format));
        expect(damage).toEqual({ lines: 0, first: [] });
        expect(selfByStack(trees[0]!, 'peakBytes')).toEqual(valueByStack(stacks, 0));
        expect(selfByStack(trees[0]!, 'leakedBytes')).toEqual(valueByStack(stacks.slice(1), 0));
        expect(totals).toMatchObject({
          allocations: stacks.length,
          allocatedBytes: sumOf(stacks, 0),
          peakBytes: sumOf(stacks, 0),
          leakedBytes: sumOf(stacks, 0) - stacks[0]!.values[0]!,
          temporaryAllocations: stacks.length === 1 ? 1 : 0,
          peakRssBytes: 65536,
        });
        expect(timeline!.columns.find(column => column.name === 'rss')!.values.at(-1)).toBe(65536);
      }),
    );
  });

  test('inlined functions are separate frames', async () => {
    const text =
      'v 10450 3\nX ./prog\ns 4 prog\ns 5 inner\ns 5 a.cpp\ns 5 outer\ni 10 1 2 3 7 4 3 9\nt 1 0\na 8 1\n+ 0\n';
    const { trees, notes } = await profileIn(text);
    expect(selfByStack(trees[0]!, 'leakedBytes')).toEqual({ 'outer | inner': 8 });
    expect(notes.join()).toContain('does not end as heaptrack ends it');
  });

  test('counts lines that refer to undefined strings or traces', async () => {
    const { damage } = await profileIn('v 10450 3\nX ./prog\nt 5 0\n+ 3\nz what\n');
    expect(damage.first.map(each => each.line)).toEqual([3, 4, 5]);
  });

  test('refuses uninterpreted recordings, and says what to do', async () => {
    await expect(open('v 10550 3\nx 4 prog\nX ./prog\nm 1 x 5d 0 8\n')).rejects.toMatchObject({
      problem: {
        message: expect.stringContaining('raw recording'),
        advice: expect.stringContaining('--interpret'),
      },
    });
  });
});
