import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GroupingKey, isPlaceKey, type ObjectSetSpec } from '../protocol/object-set.ts';
import { placeOf } from '../protocol/origin.ts';
import type { ObjectRow } from '../protocol/rows.ts';
import { openRubyHeap } from '../testing/open-heap.ts';

const CLASSES = ['Order', 'OrderLine', 'User'];
const SITES = ['app/models/order.rb:3', 'app/models/user.rb:7', 'lib/rack.rb:3'];
const METHODS = ['new', 'build', 'order'];
const KEYS: readonly GroupingKey[] = ['class', 'type', 'site', 'method', 'generation'];
const OBJECTS = 90;

/** An object with everything that is needed to decide on its own whether it belongs to a set. */
interface Noted extends ObjectRow {
  method: string | null;
  /** The object itself and its dominators. */
  dominators: number[];
  /** Its path in the dominator tree merged by class. */
  path: string[];
}

function belongs(object: Noted, spec: ObjectSetSpec): boolean {
  switch (spec.kind) {
    case 'all':
      return true;
    case 'group':
      return groupOf(object, spec.key) === spec.label;
    case 'generations':
      return object.generation !== null && object.generation >= spec.from && object.generation <= spec.to;
    case 'untraced':
      return object.generation === null;
    case 'dominatedBy':
      return object.dominators.includes(spec.object);
    case 'branch':
      return object.reachable && spec.path.every((step, at) => object.path[at] === step);
    case 'reachability':
      return object.reachable === spec.reachable;
    case 'text': {
      const wanted = spec.text.toLowerCase();
      const title = object.type === 'CLASS' ? object.title : '';
      const texts = [object.label, object.site ?? '', object.method ?? '', title];
      return object.address === wanted || texts.some(text => text.toLowerCase().includes(wanted));
    }
    case 'and':
      return spec.sets.every(part => belongs(object, part));
    case 'not':
      return !belongs(object, spec.set);
    case 'filter':
      throw new Error('Filters have an oracle of their own: oracle-filter.ts.');
  }
}

/** The path in the merged tree by its definition: names from the root down, consecutive objects of one class once. */
function pathOf(root: string | null, steps: readonly ObjectRow[]): string[] {
  const names = steps.map(({ type, title, label }) =>
    type === 'CLASS' ? `class:${title}` : `objects:${label}`,
  );
  const path = names.filter((name, at) => name.startsWith('class:') || name !== names[at - 1]);
  return root === null ? path : [`root:${root}`, ...path];
}

function groupOf(object: Noted, key: GroupingKey): string | null {
  if (key === 'class') return object.label;
  if (key === 'generation') return object.generation === null ? null : String(object.generation);
  return object[key as 'type' | 'site' | 'method'];
}

/** A heap of more than 32 objects for all kinds of sets, with shared, unreachable and untraced ones. */
function drawing(): string {
  const classes = CLASSES.map(name => `${name} CLASS 500`);
  const objects = Array.from({ length: OBJECTS }, (_, i) => {
    const traced = i % 4 === 3 ? '' : `gen=${i % 6} at=${SITES[i % 3]} method=${METHODS[(i >> 2) % 3]}`;
    const targets = [i * 2 + 1, i * 2 + 2, (i * 7) % OBJECTS].filter(
      at => at < OBJECTS && at !== i && i % 5 !== 4,
    );
    const type = ['OBJECT', 'STRING', 'ARRAY'][i % 3];
    return `o${i} ${type} ${40 + i} class=${CLASSES[i % 3]} ${traced} -> ${targets.map(at => `o${at}`).join(' ')}`;
  });
  return ['vm => Order OrderLine User o0', 'global_tbl => o5', ...classes, ...objects].join('\n');
}

const leaf: fc.Arbitrary<ObjectSetSpec> = fc.oneof(
  fc.constant<ObjectSetSpec>({ kind: 'all' }),
  fc.constant<ObjectSetSpec>({ kind: 'untraced' }),
  fc.boolean().map((reachable): ObjectSetSpec => ({ kind: 'reachability', reachable })),
  fc
    .array(fc.constantFrom('root:vm', 'class:Order', ...CLASSES.map(name => `objects:${name}`)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((path): ObjectSetSpec => ({ kind: 'branch', path })),
  fc.nat(OBJECTS + CLASSES.length - 1).map((object): ObjectSetSpec => ({ kind: 'dominatedBy', object })),
  fc
    .tuple(fc.nat(5), fc.nat(3))
    .map(([from, more]): ObjectSetSpec => ({ kind: 'generations', from, to: from + more })),
  fc
    .constantFrom('order', 'LINE', 'rack', 'build', 'user', '0x10028', '0xdead', 'nothing')
    .map((text): ObjectSetSpec => ({ kind: 'text', text })),
  fc.constantFrom<ObjectSetSpec>(
    { kind: 'group', key: 'class', label: 'User' },
    { kind: 'group', key: 'type', label: 'STRING' },
    { kind: 'group', key: 'site', label: SITES[0]! },
    { kind: 'group', key: 'method', label: null },
    { kind: 'group', key: 'generation', label: '2' },
    { kind: 'group', key: 'class', label: 'no such class' },
  ),
);
const specs = fc.letrec<{ spec: ObjectSetSpec }>(tie => ({
  spec: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('spec').map((set): ObjectSetSpec => ({ kind: 'not', set })),
    fc.array(tie('spec'), { maxLength: 3 }).map((sets): ObjectSetSpec => ({ kind: 'and', sets })),
  ),
})).spec;

it('has the same members as checking each object on its own, under every grouping', async () => {
  const { session, info } = await openRubyHeap(drawing());
  const snapshot = info.id;
  const rows = await session.ask('rows', { snapshot, objects: [...Array(info.objects).keys()] });
  const noted = await Promise.all(
    rows.map(async (row): Promise<Noted> => {
      const { method } = await session.ask('object', { snapshot, object: row.index });
      const { root, steps } = await session.ask('dominators', { snapshot, object: row.index });
      return { ...row, method, dominators: steps.map(step => step.index), path: pathOf(root, steps) };
    }),
  );
  await fc.assert(
    fc.asyncProperty(specs, fc.constantFrom(...KEYS), async (set, key) => {
      const members = noted.filter(object => belongs(object, set));
      const shallowBytes = sum(members.map(object => object.shallowBytes));
      const scope = { snapshot, set };
      expect(await session.ask('setSize', scope)).toEqual({ objects: members.length, shallowBytes });

      const order = { sort: 'address', descending: false, offset: 0, limit: 1000 } as const;
      const listed = await session.ask('objects', { ...scope, ...order });
      expect(listed.rows.map(row => row.index)).toEqual(members.map(object => object.index));

      const window = { sort: 'label', descending: false, offset: 0, limit: 1000 } as const;
      const groups = await session.ask('groups', { ...scope, ...window, key });
      const expected = [...new Set(members.map(object => groupOf(object, key)))].map(label => {
        const group = members.filter(object => groupOf(object, key) === label);
        const indexes = new Set(group.map(object => object.index));
        const outermost = group.filter(
          object => !object.dominators.some(above => above !== object.index && indexes.has(above)),
        );
        return {
          label,
          objects: group.length,
          shallowBytes: sum(group.map(object => object.shallowBytes)),
          retainedBytes: sum(outermost.map(object => object.retainedBytes)),
          origin: isPlaceKey(key) && label !== null ? placeOf(label, '').origin : null,
        };
      });
      const byLabel = (a: { label: string | null }, b: { label: string | null }) =>
        (a.label ?? '').localeCompare(b.label ?? '');
      expect(groups.rows.map(({ type: _, family: __, meanAge: ___, ...row }) => row).sort(byLabel)).toEqual(
        expected.sort(byLabel),
      );

      const overview = await session.ask('overview', { ...scope, top: 3 });
      const unreachable = members.filter(object => !object.reachable);
      expect(overview.unreachable).toEqual({
        objects: unreachable.length,
        shallowBytes: sum(unreachable.map(object => object.shallowBytes)),
      });

      const chart = await session.ask('generations', { ...scope, key, measure: 'bytes' });
      const charted = chart.series.flatMap(series => [...series.bytes, series.untraced.shallowBytes]);
      expect(sum(charted)).toBe(shallowBytes);

      const tree = await session.ask('dominatorTree', {
        ...scope,
        root: { kind: 'all' },
        maxNodes: 500,
        minShare: 0,
      });
      expect(tree[0]).toMatchObject({ objects: members.length, bytes: shallowBytes });
      for (const { object, bytes, objects, kind } of tree) {
        if (kind !== 'object') continue;
        const below = members.filter(member => member.dominators.includes(object!));
        expect({ bytes, objects }).toEqual({
          bytes: sum(below.map(member => member.shallowBytes)),
          objects: below.length,
        });
      }
    }),
    { numRuns: 300 },
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

it('groups of code can be sorted by origin: the application, gems, Ruby, untraced', async () => {
  const { session, info } = await openRubyHeap(`
    vm => a b c d e f
    a STRING 10 at=/srv/app/models/user.rb:1
    b STRING 500 at=/usr/lib/ruby/vendor_ruby/sqlite3/statement.rb:2
    c STRING 70 at=/gems/rack-3.0.8/lib/rack.rb:3
    d STRING 900 at=/usr/lib/ruby/3.1.0/set.rb:4
    e STRING 1000
    f STRING 20 at=<internal:kernel>:5`);
  const { rows } = await session.ask('groups', {
    snapshot: info.id,
    set: { kind: 'all' },
    key: 'gem',
    sort: 'origin',
    descending: false,
    offset: 0,
    limit: 10,
  });
  expect(rows.map(({ origin, label }) => [origin, label])).toEqual([
    ['application', 'application'],
    ['gem', 'sqlite3'],
    ['gem', 'rack-3.0.8'],
    ['ruby', 'ruby 3.1.0'],
    ['internal', 'ruby core'],
    [null, null],
  ]);
});
