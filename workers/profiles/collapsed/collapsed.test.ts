import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomStacks, selfByStack, sumOf, valueByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, profileIn } from '../../testing/profiles/read-text.ts';
import { treeTotal } from '../model/call-tree.ts';
import { collapsed, collapsedLines, speedscope } from './collapsed.ts';

test('reads back random stacks, and writes them unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(randomStacks(1), async stacks => {
      // A single function is not enough to recognise the format.
      const all = [{ frames: ['root', 'first'], values: [7] }, ...stacks];
      const lines = all.map(({ frames, values }) => `${frames.join(';')} ${values[0]}`);
      const { trees, totals } = await profileIn(`# a comment\n${lines.join('\n')}\n`);
      expect(selfByStack(trees[0]!, 'samples')).toEqual(valueByStack(all, 0));
      expect(totals).toEqual({ samples: sumOf(all, 0) });
      expect([...collapsedLines(trees[0]!, trees[0]!.weights[0]!)].sort()).toEqual(lines.sort());
    }),
  );
});

test('counts lines without a number', async () => {
  const text = `${'a;b 1\n'.repeat(60)}a;b;c\n`;
  expect((await profileIn(text)).damage.first).toEqual([
    { line: 61, text: 'a;b;c', why: 'no number after a stack' },
  ]);
});

test('does not claim prose or a log, which may end in numbers', () => {
  const head = (lines: string[]) => ({ name: '', bytes: new Uint8Array(), text: lines.join('\n'), lines });
  expect(collapsed.sniff(head(['Chapter 1', 'Page 2']))).toBe(false);
  expect(collapsed.sniff(head(['main;run 12', 'and some words']))).toBe(false);
});

test('measurements of any tool export to collapsed stacks and to speedscope, with their sums', async () => {
  const { trees } = await profileIn(fixtureText('massif.out'));
  const [tree] = trees;
  const weight = tree!.weights[0]!;
  const lines = [...collapsedLines(tree!, weight)];
  const sum = lines.reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  expect(sum).toBe(treeTotal(weight));
  const file = speedscope(tree!, 'massif.out') as {
    shared: { frames: { name: string }[] };
    profiles: { unit: string; endValue: number; samples: number[][]; weights: number[] }[];
  };
  const [profile] = file.profiles;
  expect(profile).toMatchObject({ unit: 'bytes', endValue: treeTotal(weight) });
  const first = profile!.samples[0]!.map(frame => file.shared.frames[frame]!.name);
  expect(lines).toContain(`${first.join(';')} ${profile!.weights[0]}`);
});
