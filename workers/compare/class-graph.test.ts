import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSeries } from '../testing/open-series.ts';
import { readOracleSeries } from '../testing/oracle-comparison.ts';

const address = (slot: number) => `0x${(0x7f0000000000 + slot * 40).toString(16)}`;
const CLASSES = ['Session', 'Store', 'List', 'Leaf'];

/** A dump of objects, each of one of four classes, with references to others by their number. */
function dumpOf(objects: readonly { of: number; to: readonly number[] }[]): string {
  const records = [
    { type: 'ROOT', root: 'vm', references: [address(100)] },
    ...CLASSES.map((name, at) => ({ address: address(at), type: 'CLASS', name, memsize: 500 })),
    ...objects.map(({ of, to }, at) => ({
      address: address(100 + at),
      type: 'OBJECT',
      class: address(of),
      references: to.map(other => address(100 + other)),
      memsize: 40,
    })),
  ];
  return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

it('leads from a class that grows back to what holds it', async () => {
  // A store that refers to a list, which refers to sessions, each of which refers to a leaf.
  const leaking = (sessions: number) => {
    const own = Array.from({ length: sessions }, (_, at) => 2 + at);
    return dumpOf([
      { of: 1, to: [1] },
      { of: 2, to: own },
      ...own.map(at => ({ of: 0, to: [at + sessions] })),
      ...own.map(() => ({ of: 3, to: [] })),
    ]);
  };
  const { session, ids } = await openSeries([leaking(2), leaking(5), leaking(9)]);
  const slice = await session.ask('growthSlice', { snapshot: ids[0]!, label: 'Leaf', top: 3 });
  expect(slice!.edges).toEqual([
    { from: 'Session', to: 'Leaf', counts: [2, 5, 9], monotone: true, level: 1 },
    { from: 'List', to: 'Session', counts: [2, 5, 9], monotone: true, level: 2 },
    { from: 'Store', to: 'List', counts: [1, 1, 1], monotone: false, level: 3 },
  ]);
  const unknown = await session.ask('growthSlice', { snapshot: ids[0]!, label: 'Nobody', top: 3 });
  expect(unknown!.edges).toEqual([]);
});

it('leaves out references that hardly increased compared with others', async () => {
  // A hundred leaves below a list each time; a store refers to one of them more each time.
  const leaking = (leaves: number, others: number) =>
    dumpOf([
      { of: 2, to: Array.from({ length: leaves }, (_, at) => 2 + at) },
      { of: 1, to: Array.from({ length: others }, (_, at) => 2 + at) },
      ...Array.from({ length: leaves }, () => ({ of: 3, to: [] })),
    ]);
  const { session, ids } = await openSeries([leaking(100, 1), leaking(200, 2), leaking(300, 3)]);
  const slice = await session.ask('growthSlice', { snapshot: ids[0]!, label: 'Leaf', top: 3 });
  expect(slice!.edges.filter(({ level }) => level === 1).map(({ from }) => from)).toEqual(['List']);
  expect(slice!.classes.map(({ label, counts }) => [label, counts])).toEqual([
    ['Leaf', [100, 200, 300]],
    ['List', [1, 1, 1]],
  ]);
});

it('counts references between classes as a naive count does', async () => {
  const heaps = fc.array(
    fc.array(fc.record({ of: fc.nat(3), to: fc.array(fc.nat(11), { maxLength: 5 }) }), {
      minLength: 12,
      maxLength: 12,
    }),
    { minLength: 2, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(heaps, async drawn => {
      const texts = drawn.map(dumpOf);
      const dumps = readOracleSeries(texts);
      const { session, ids } = await openSeries(texts);
      for (const label of CLASSES) {
        const slice = await session.ask('growthSlice', { snapshot: ids[0]!, label, top: 20 });
        for (const edge of slice!.edges) {
          const expected = dumps.map(dump => {
            const labelOf = new Map(dump.objects.map(object => [object.address, object.label]));
            return dump.objects
              .filter(object => object.label === edge.from)
              .flatMap(object =>
                object.references.filter(to => to !== object.address && labelOf.get(to) === edge.to),
              ).length;
          });
          expect(edge.counts).toEqual(expected);
        }
      }
    }),
    { numRuns: 15 },
  );
});
