import { expect, it } from 'vitest';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import type { SnapshotId } from '../protocol/units.ts';
import { HeapSession } from './heap-session.ts';

/** A dump of strings at these slots, each referring to the next, and of five classes that all dumps have. */
function dump(from: number, to: number): Blob {
  const address = (slot: number) => `0x${(0x7f0000000000 + slot * 40).toString(16)}`;
  const classes = ['A', 'B', 'C', 'D', 'E'].map((name, at) => ({
    address: address(at),
    type: 'CLASS',
    name,
  }));
  const strings = Array.from({ length: to - from }, (_, at) => ({
    address: address(100 + from + at),
    type: 'STRING',
    class: address(0),
    references: [address(101 + from + at)],
    file: 'a.rb',
    line: 1,
    generation: from + at < 40_000 ? 1 : from + at < 41_000 ? 2 : 3,
    memsize: 40,
  }));
  const records = [{ type: 'ROOT', root: 'vm', references: [] }, ...classes, ...strings];
  return new Blob([records.map(record => `${JSON.stringify(record)}\n`).join('')]);
}

async function open(session: HeapSession, file: Blob, loadId: number, ignoreMemoryLimit = false) {
  const outcome = await session.open(
    file,
    { loadId, name: `${loadId}.json`, ignoreMemoryLimit },
    () => undefined,
  );
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

it('reduces dumps to what comparison needs to make room for another, with the same figures', async () => {
  const dumps = [dump(0, 40_000), dump(0, 41_000), dump(40_500, 41_500)];
  const roomy = new HeapSession();
  const opened: SnapshotInfo[] = [];
  for (const [at, file] of dumps.entries()) opened.push(await open(roomy, file, at + 1));
  const whole = opened.map(info => info.id);
  const ids: SnapshotId[] = [];
  await roomy.setSeries(whole, 'given');
  const expected = await roomy.ask('comparison', { snapshot: whole[2]!, top: 10 });
  const slice = await roomy.ask('growthSlice', { snapshot: whole[2]!, label: 'A', top: 3 });
  expect(await roomy.reducedDumps()).toEqual([]);

  // Less than the first two take up, and enough for both of them reduced and for the small third one.
  const [first, second] = opened;
  const tight = new HeapSession(null, 0.8 * (first!.memoryBytes + second!.memoryBytes));
  for (const [at, file] of dumps.entries()) ids.push((await open(tight, file, at + 1, at < 2)).id);
  const reduced = await tight.reducedDumps();
  // No more of them than needed.
  expect(reduced).toEqual(ids.slice(0, 1));

  await tight.setSeries(ids, 'given');
  const found = await tight.ask('comparison', { snapshot: ids[2]!, top: 10 });
  expect(found).toMatchObject({ identity: 'same process', retained: { objects: 500 }, growthByHolder: [] });
  expect({ ...found, dumps: [], growthByHolder: [], notes: [] }).toEqual({
    ...expected,
    dumps: [],
    growthByHolder: [],
    notes: [],
  });
  expect(found!.notes.join()).toMatch(/^To save memory, 1\.json/);
  // Any dump of the series, even a reduced one, answers questions about it; a reduced one answers nothing else.
  expect(await tight.ask('growthSlice', { snapshot: reduced[0]!, label: 'A', top: 3 })).toEqual(slice);
  await expect(
    tight.ask('overview', { snapshot: reduced[0]!, set: { kind: 'all' }, top: 1 }),
  ).rejects.toThrow(/^1\.json was reduced to what comparison needs, to save memory\./);
  // Any other dump can be reduced, too; answers about the series stay the same.
  await roomy.reduce(whole[1]!);
  expect(await roomy.reducedDumps()).toEqual([whole[1]!]);
  const again = await roomy.ask('comparison', { snapshot: whole[2]!, top: 10 });
  expect(again!.retained).toEqual(expected!.retained);
  await roomy.reduce(whole[1]!);
  expect(await roomy.reducedDumps()).toHaveLength(1);
  await tight.close(reduced[0]!);
  expect(await tight.reducedDumps()).not.toContain(reduced[0]);
  await expect(
    tight.ask('overview', { snapshot: reduced[0]!, set: { kind: 'all' }, top: 1 }),
  ).rejects.toThrow(/No snapshot/);
});
