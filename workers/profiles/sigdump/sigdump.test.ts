import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { profileIn } from '../../testing/profiles/read-text.ts';

interface Dump {
  slots: number;
  classes: [string, number][];
  threads: string[][];
}

/** The text that the gem writes on a signal. */
function dumpText({ slots, classes, threads }: Dump, minute: number): string {
  const grouped = (value: number) => value.toLocaleString('en-US').padStart(10);
  return [
    `Sigdump at 2026-11-27 11:${String(minute).padStart(2, '0')}:00 +0000 process 4242 (bin/worker)`,
    ...threads.flatMap(frames => [
      '  Thread #<Thread:0x000055 run> status=run priority=0',
      ...frames.map((name, at) => `      /srv/app.rb:${at + 1}:in \`${name}'`),
    ]),
    '  GC stat:',
    '      count: 12',
    `      heap_live_slots: ${slots - 1}`,
    '  Built-in objects:',
    `${grouped(slots)}: TOTAL`,
    `${grouped(1)}: FREE`,
    `${grouped(slots - 1)}: T_STRING`,
    '  All objects:',
    ...classes.map(([name, count]) => `${grouped(count)}: ${name}`),
    '  String 1,234 bytes',
    '   Array 5 elements',
    '    Hash 6 pairs',
    '',
  ].join('\n');
}

test('reads back random dumps, of which a file may have several', async () => {
  const dump = fc.record({
    slots: fc.integer({ min: 2, max: 1e7 }),
    classes: fc.uniqueArray(
      fc.tuple(fc.constantFrom('String', 'Order::Line', '#<Class:0x1>'), fc.integer({ min: 1, max: 1e6 })),
      {
        minLength: 1,
        selector: ([name]) => name,
      },
    ),
    threads: fc.array(
      fc.array(fc.constantFrom('run', 'block in sleep', 'loop'), { minLength: 1, maxLength: 4 }),
      { maxLength: 3 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(dump, { minLength: 1, maxLength: 4 }), async dumps => {
      const { totals, trees, timeline, damage } = await profileIn(dumps.map(dumpText).join(''));
      const last = dumps.at(-1)!;
      expect(damage.lines).toBe(0);
      expect(totals).toEqual({
        snapshots: dumps.length,
        threads: last.threads.length,
        slots: last.slots,
        freeSlots: 1,
        liveObjects: last.slots - 1,
      });
      expect(selfByStack(trees[0]!, 'liveObjects')).toEqual(Object.fromEntries(last.classes));
      const stacks = selfByStack(trees[2]!, 'threads');
      expect(Object.values(stacks).reduce((sum, count) => sum + count, 0)).toBe(last.threads.length);
      if (dumps.length > 1) {
        expect([...timeline!.x.values]).toEqual(dumps.map((_, at) => at * 60));
        expect([...timeline!.columns.find(column => column.name === 'heap_live_slots')!.values]).toEqual(
          dumps.map(each => each.slots - 1),
        );
      }
    }),
  );
});

test('counts lines that do not belong in their section', async () => {
  const text = dumpText({ slots: 5, classes: [['String', 1]], threads: [] }, 0).replace(
    ': T_STRING',
    ' T_STRING',
  );
  expect((await profileIn(text)).damage).toMatchObject({
    lines: 1,
    first: [{ line: 8, why: 'not a line of types' }],
  });
});
