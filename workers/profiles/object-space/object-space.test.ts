import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, profileIn } from '../../testing/profiles/read-text.ts';

const ruby = JSON.parse(fixtureText('ruby-totals.json')) as Record<string, number>;

test('count_objects has the slots that Ruby counts, including the free ones', async () => {
  const { totals } = await profileIn(fixtureText('count-objects.txt'));
  expect(totals).toEqual({
    slots: ruby.slots,
    freeSlots: ruby.freeSlots,
    liveObjects: ruby.slots! - ruby.freeSlots!,
  });
});

test('count_objects_size has bytes, and their sum is the total that Ruby states', async () => {
  const { totals, trees } = await profileIn(fixtureText('count-objects-size.txt'));
  expect(totals).toEqual({ liveBytes: ruby.countObjectsSize });
  const sum = Object.values(selfByStack(trees[0]!, 'liveBytes')).reduce((all, each) => all + each, 0);
  expect(sum).toBe(ruby.countObjectsSize);
});

test('memsize_of_all has the requested classes, and the size of the others', async () => {
  const { totals, missing } = await profileIn(fixtureText('memsize-of-all.txt'));
  expect(totals).toEqual({ liveBytes: ruby.memsizeOfAll });
  expect(missing).toEqual([{ total: 'liveBytes', amount: expect.any(Number), why: 'other classes' }]);
});

test('several counts are a series, and the tree shows the last', async () => {
  const { timeline, totals } = await profileIn(
    '{:TOTAL=>10, :FREE=>4, :T_STRING=>6}\nat 10:01\n{:TOTAL=>12, :FREE=>1, :T_STRING=>11}\n',
  );
  expect(totals).toEqual({ slots: 12, freeSlots: 1, liveObjects: 11 });
  expect([...timeline!.columns.find(column => column.name === 'T_STRING')!.values]).toEqual([6, 11]);
});

test('is found within the output of an rbtrace console', async () => {
  const text =
    '*** attached to process 24204\n>> ObjectSpace.count_objects\n=> {:TOTAL=>30643, :FREE=>3736, :T_OBJECT=>1183}\n*** detached from process 24204\n';
  expect((await profileIn(text)).totals.slots).toBe(30643);
});

test("derailed's mean counts per call are not integers, so there are no totals", async () => {
  const { totals, trees } = await profileIn(fixtureText('derailed-perf-allocated-objects.txt'));
  expect(totals).toEqual({});
  expect(selfByStack(trees[0]!, 'allocatedObjects').T_STRING).toBe(745.5);
});

test('reads back random tallies', async () => {
  const names = fc.constantFrom(
    'String',
    'Order::Line',
    'Thread::Mutex',
    '#<Class:0x7f>',
    'ARGF.class',
    'PP',
  );
  const tally = fc.uniqueArray(fc.tuple(names, fc.integer({ min: 1, max: 1e6 })), {
    minLength: 2,
    selector: ([name]) => name,
  });
  await fc.assert(
    fc.asyncProperty(tally, fc.boolean(), async (pairs, pretty) => {
      // A capitalised name is needed to recognise the format.
      const all = [['Array', 1] as const, ...pairs];
      const text = `{${all.map(([name, count]) => `${name}=>${count}`).join(pretty ? ',\n ' : ',\n')}}\n`;
      const { totals, trees } = await profileIn(text);
      expect(selfByStack(trees[0]!, 'liveObjects')).toEqual(Object.fromEntries(all));
      expect(totals).toEqual({ liveObjects: all.reduce((sum, [, count]) => sum + count, 0) });
    }),
  );
});
