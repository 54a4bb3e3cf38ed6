import { expect, it } from 'vitest';
import { HeapSession } from './heap-session.ts';

/** A dump of this many strings, enough text to judge its memory by, and five classes. */
function dump(strings: number): Blob {
  const address = (slot: number) => `0x${(0x7f0000000000 + slot * 40).toString(16)}`;
  const classes = ['A', 'B', 'C', 'D', 'E'].map(
    (name, at) => `{"address":"${address(at)}", "type":"CLASS", "name":"${name}", "memsize":500}\n`,
  );
  const value = 'x'.repeat(6000);
  const objects = Array.from(
    { length: strings },
    (_, at) =>
      `{"address":"${address(100 + at)}", "type":"STRING", "class":"${address(0)}", "bytesize":6000, "value":"${value}", "references":["${address(101 + at)}"], "file":"a.rb", "line":1, "generation":${at < 4000 ? 1 : at < 5000 ? 2 : 3}, "memsize":6040}\n`,
  );
  return new Blob(['{"type":"ROOT", "root":"vm", "references":[]}\n', ...classes, ...objects]);
}

async function open(session: HeapSession, file: Blob, loadId: number) {
  const outcome = await session.open(file, { loadId, name: `${loadId}.json` }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

/** The least memory with which a dump opens. */
async function leastMemory(file: Blob): Promise<number> {
  for (let limit = 1; ; ) {
    const outcome = await new HeapSession(null, limit).open(file, { loadId: 1, name: '' }, () => undefined);
    if (outcome.ok) return limit;
    limit = outcome.problem.neededBytes!;
  }
}

it('keeps what comparison needs of dumps that leave no room for another, with the same figures', async () => {
  const dumps = [dump(4000), dump(5000), dump(6000)];
  const roomy = new HeapSession();
  const whole = [];
  for (const [at, file] of dumps.entries()) whole.push((await open(roomy, file, at + 1)).id);
  const sizes = [];
  await roomy.setSeries(whole, 'given');
  const expected = await roomy.ask('comparison', { snapshot: whole[2]!, top: 10 });
  const slice = await roomy.ask('growthSlice', { snapshot: whole[2]!, label: 'A', top: 3 });
  expect(await roomy.reducedDumps()).toEqual([]);

  // Room to load the largest of them, and for little more than the smallest.
  const limit = await leastMemory(dumps[2]!);
  const { memoryBytes } = await open(new HeapSession(), dumps[0]!, 1);
  const tight = new HeapSession(null, limit + 1.3 * memoryBytes);
  for (const [at, file] of dumps.entries()) sizes.push((await open(tight, file, at + 1)).id);
  const reduced = await tight.reducedDumps();
  expect(reduced.length).toBeGreaterThan(0);
  expect(reduced).not.toContain(sizes[2]);

  await tight.setSeries(sizes, 'given');
  const found = await tight.ask('comparison', { snapshot: sizes[2]!, top: 10 });
  expect(found).toMatchObject({ identity: 'same process', retained: { objects: 1000 }, growthByHolder: [] });
  expect({ ...found, dumps: [], growthByHolder: [], notes: [] }).toEqual({
    ...expected,
    dumps: [],
    growthByHolder: [],
    notes: [],
  });
  expect(found!.notes.join()).toMatch(/^To save memory, 1\.json/);
  // Any dump of the series answers for it, a reduced one too; nothing else is answered by that.
  expect(await tight.ask('growthSlice', { snapshot: reduced[0]!, label: 'A', top: 3 })).toEqual(slice);
  await expect(
    tight.ask('overview', { snapshot: reduced[0]!, set: { kind: 'all' }, top: 1 }),
  ).rejects.toThrow(/^1\.json was reduced to what comparison needs, to save memory\./);
  await tight.close(reduced[0]!);
  expect(await tight.reducedDumps()).not.toContain(reduced[0]);
  await expect(
    tight.ask('overview', { snapshot: reduced[0]!, set: { kind: 'all' }, top: 1 }),
  ).rejects.toThrow(/No snapshot/);
});
