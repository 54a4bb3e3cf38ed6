import { expect, it } from 'vitest';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { openText } from '../../testing/open-heap.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';

const shape = (id: number, parent: number | null, name: string | null) =>
  `{"address":"0x${(0x900000 + id * 40).toString(16)}", "type":"SHAPE", "id":${id}, ${parent === null ? '' : `"parent_id":${parent}, `}"depth":1, "shape_type":"${name === null ? 'ROOT' : 'IVAR'}"${name === null ? '' : `,"edge_name":"${name}"`}, "edges":0, "memsize":40}\n`;

const TREE = [
  shape(0, null, null),
  shape(1, 0, '@a'),
  shape(2, 1, '@b'),
  shape(3, 0, '@b'),
  shape(4, 3, '@a'),
];

it('a dump with shapes only opens, with its tree', async () => {
  const { session, info } = await openText(TREE.join(''));
  const about = { snapshot: info.id };
  expect(info.objects).toBe(0);
  expect(await session.ask('shapes', { ...about, top: 10 })).toEqual({
    shapes: 5,
    countsObjects: false,
    classes: [],
    orders: [
      {
        names: [
          ['@a', '@b'],
          ['@b', '@a'],
        ],
      },
    ],
  });
  const [root] = await session.ask('shapeTree', { ...about, below: null });
  expect(root).toMatchObject({ id: 0, name: null, variables: 0, children: 2, below: 4, objects: null });
  const below = await session.ask('shapeTree', { ...about, below: root!.row });
  expect(below).toMatchObject([
    { id: 1, name: '@a', variables: 1, children: 1, below: 1 },
    { id: 3, name: '@b', variables: 1, children: 1, below: 1 },
  ]);
});

it('shapes in a cycle are all included, once', async () => {
  const { session, info } = await openText(
    [shape(5, 6, '@a'), shape(6, 5, '@b'), shape(7, 7, '@c')].join(''),
  );
  const outermost = await session.ask('shapeTree', { snapshot: info.id, below: null });
  expect(outermost.reduce((sum, { below }) => sum + below + 1, 0)).toBe(3);
});

it.each(['ruby-4.0'])('%s: objects of each shape and class are those of the records', async name => {
  const bytes = fixtureDump(name);
  const { session, info } = await openText(Buffer.from(bytes).toString('latin1'), { latin1: true });
  const plain = readOracleDump(bytes).objects.filter(({ type }) => type === 'OBJECT');
  const expected = new Map<string, { shapes: Set<unknown>; objects: number; complex: number }>();
  for (const { label, fields } of plain) {
    const row = expected.get(label) ?? { shapes: new Set(), objects: 0, complex: 0 };
    expected.set(label, row);
    row.shapes.add(fields.shape_id);
    row.objects++;
    if (fields.too_complex_shape === true) row.complex++;
  }
  const { classes, countsObjects } = await session.ask('shapes', { snapshot: info.id, top: 1000 });
  expect(countsObjects).toBe(true);
  expect(new Map(classes.map(({ label, ...row }) => [label, row]))).toEqual(
    new Map([...expected].map(([label, row]) => [label, { ...row, shapes: row.shapes.size }])),
  );
  const outermost = await session.ask('shapeTree', { snapshot: info.id, below: null });
  expect(outermost.reduce((sum, { objectsBelow }) => sum + objectsBelow!, 0)).toBe(plain.length);
});
