import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openRubyHeap } from '../testing/open-heap.ts';
import { type OracleDump, type OracleObject, readOracleDump } from '../testing/oracle-ruby-dump.ts';
import { randomHeaps } from '../testing/random-heaps.ts';

/** Members that no other member of the group dominates. */
function outermost(dump: OracleDump, group: readonly OracleObject[]): OracleObject[] {
  const find = (address: string) => dump.objects.find(object => object.address === address);
  return group.filter(object => {
    let above = find(object.dominator);
    while (above !== undefined && !group.includes(above)) above = find(above.dominator);
    return above === undefined;
  });
}

it('groups by several keys at once, with the retained size of each group', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeaps, async drawing => {
      const { session, info, drawn } = await openRubyHeap(drawing);
      const report = await session.ask('report', {
        snapshot: info.id,
        filter: 'size>50',
        group: ['type', 'generation'],
        top: 1000,
      });
      const dump = readOracleDump(drawn.bytes);
      const groups = new Map<string, OracleObject[]>();
      for (const object of dump.objects.filter(one => one.shallowBytes > 50)) {
        const generation = object.generation === null ? null : String(object.generation);
        const key = JSON.stringify([object.type, generation]);
        groups.set(key, [...(groups.get(key) ?? []), object]);
      }
      const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
      const expected = [...groups].map(([key, members]) => ({
        path: JSON.parse(key),
        objects: members.length,
        shallowBytes: sum(members.map(object => object.shallowBytes)),
        retainedBytes: sum(outermost(dump, members).map(object => object.retainedBytes)),
      }));
      const byPath = (a: { path: unknown }, b: { path: unknown }) =>
        JSON.stringify(a.path).localeCompare(JSON.stringify(b.path));
      expect([...report.groups!].sort(byPath)).toEqual(expected.sort(byPath));
      const bytes = report.groups!.map(group => group.shallowBytes);
      expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
      await session.close(info.id);
    }),
    { numRuns: 40 },
  );
});
