import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GROUPING_KEYS, OBJECT_KEYS, type ObjectSetSpec } from '../protocol/object-set.ts';
import { openRubyHeap } from '../testing/open-heap.ts';
import { oracleReachable } from '../testing/oracle-graph.ts';
import { type OracleDump, type OracleObject, readOracleDump } from '../testing/oracle-ruby-dump.ts';
import { randomHeaps } from '../testing/random-heaps.ts';

const ALL: ObjectSetSpec = { kind: 'all' };
const FEW: ObjectSetSpec = { kind: 'filter', text: 'size>50 or type:STRING' };

/** Keys whose label depends on more than class, site and generation. */
const KEYS = [...OBJECT_KEYS, 'encoding', 'shape'] as const;

/** The label of each object under a key, one object at a time. */
function oracleLabels(dump: OracleDump, key: (typeof KEYS)[number]): (string | null)[] {
  switch (key) {
    case 'root': {
      const edges = dump.objects.map(({ edges: all }) =>
        all.filter(edge => edge.kind !== 'cache').map(edge => edge.target),
      );
      const at = new Map(dump.objects.map((object, index) => [object.address, index]));
      const reached = dump.roots.map(root =>
        oracleReachable(
          edges,
          root.references.flatMap(address => at.get(address) ?? []),
        ),
      );
      return dump.objects.map((_, index) => {
        const by = dump.roots.filter((_root, kind) => reached[kind]![index]);
        return by.length === 0 ? '(unreachable)' : by.length > 1 ? '(several roots)' : by[0]!.name;
      });
    }
    case 'dominator':
      return dump.objects.map(({ dominator }) => {
        if (dominator === 'UNREACHABLE') return '(unreachable)';
        if (dominator === 'ROOT') return '(several roots)';
        return dump.objects.find(({ address }) => address === dominator)?.label ?? `root ${dominator}`;
      });
    case 'encoding':
      return dump.objects.map(({ fields }) => fields.encoding ?? null);
    case 'slot':
      return dump.objects.map(({ slotBytes }) => slotBytes?.toString() ?? null);
    case 'shape':
      return dump.objects.map(({ fields }) => fields.shape_id?.toString() ?? null);
    case 'flags':
      return dump.objects.map(flagsOf);
  }
}

function flagsOf({ fields }: OracleObject): string {
  const { flags = {} } = fields;
  const isOld = flags.old === true || flags.long_lived === true || flags.age === 3;
  const set = ['frozen', 'embedded', 'shared', 'fstring'].filter(
    name => fields[name as keyof typeof fields] === true,
  );
  return [
    isOld ? 'old' : 'young',
    ...set,
    ...(flags.pinned === true ? ['pinned'] : []),
    ...['singleton', 'broken'].filter(name => fields[name as keyof typeof fields] === true),
  ].join(', ');
}

it('groups objects as if one at a time, for any set, and together with other keys', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomHeaps,
      fc.constantFrom(...KEYS),
      fc.constantFrom(...GROUPING_KEYS),
      async (drawing, key, other) => {
        const { session, info, drawn } = await openRubyHeap(drawing);
        const dump = readOracleDump(drawn.bytes);
        const labels = oracleLabels(dump, key);
        const query = {
          snapshot: info.id,
          sort: 'label',
          descending: false,
          offset: 0,
          limit: 1000,
        } as const;
        for (const set of [ALL, FEW]) {
          const listed = await session.ask('objects', { ...query, set, sort: 'address' });
          const counts = new Map<string | null, number>();
          for (const { index } of listed.rows)
            counts.set(labels[index] ?? null, (counts.get(labels[index] ?? null) ?? 0) + 1);
          const { rows } = await session.ask('groups', { ...query, set, key });
          expect(new Map(rows.map(row => [row.label, row.objects]))).toEqual(counts);
          for (const { label, objects } of rows) {
            const group: ObjectSetSpec = { kind: 'and', sets: [set, { kind: 'group', key, label }] };
            const size = await session.ask('setSize', { snapshot: info.id, set: group });
            expect(size.objects).toBe(objects);
          }
        }
        const both = await session.ask('report', { snapshot: info.id, group: [key, other] });
        const single = await session.ask('report', { snapshot: info.id, group: [other] });
        const sums = new Map<string | null, number>();
        for (const { path, objects } of both.groups!) {
          sums.set(path[1]!, (sums.get(path[1]!) ?? 0) + objects);
        }
        expect(sums).toEqual(new Map(single.groups!.map(({ path, objects }) => [path[0]!, objects])));
        await session.close(info.id);
      },
    ),
    { numRuns: 60 },
  );
});
