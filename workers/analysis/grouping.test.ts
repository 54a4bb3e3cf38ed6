import { expect, test } from 'vitest';
import type { GroupingKey } from '../protocol/object-set.ts';
import { openHeap } from '../testing/open-heap.ts';

const DRAWING = `
  vm => o1 o2 o3 o4 s1
  Object CLASS 10
  Base CLASS 10 superclass=Object
  Order CLASS 10 name=Store::Order superclass=Base
  single CLASS 10 name= singleton=true superclass=Order
  o1 OBJECT 40 class=Order gen=3 at=/srv/app/models/order.rb:1 method=new
  o2 OBJECT 40 class=single gen=7 at=/srv/app/models/order.rb:2
  o3 OBJECT 40 class=Base gen=7 at=order.rb:2
  o4 OBJECT 40 class=Object
  s1 STRING 40
`;

/** Label → names of the objects that have it; classes left out. */
async function groupsBy(key: GroupingKey): Promise<Record<string, string>> {
  const { session, info, name } = await openHeap(DRAWING);
  const window = { sort: 'label', descending: false, offset: 0, limit: 100 } as const;
  const { rows } = await session.ask('groups', { snapshot: info.id, set: { kind: 'all' }, key, ...window });
  const groups: Record<string, string> = {};
  for (const { label } of rows) {
    const set = { kind: 'group', key, label } as const;
    const objects = { sort: 'address', descending: false, offset: 0, limit: 100 } as const;
    const members = await session.ask('objects', { snapshot: info.id, set, ...objects });
    const names = members.rows.map(row => name(row.index)).filter(each => /^[os]\d$/.test(each));
    if (names.length > 0) groups[String(label)] = names.join(' ');
  }
  return groups;
}

test.each([
  ['class', { 'Store::Order': 'o1 o2', Base: 'o3', Object: 'o4', '(internal) STRING': 's1' }],
  ['superclass', { Base: 'o1 o2', Object: 'o3', null: 'o4 s1' }],
  ['namespace', { Store: 'o1 o2', null: 'o3 o4 s1' }],
  ['directory', { '/srv/app/models': 'o1 o2', '.': 'o3', null: 'o4 s1' }],
  ['generation', { '3': 'o1', '7': 'o2 o3', null: 'o4 s1' }],
  ['age', { '4': 'o1', '0': 'o2 o3', null: 'o4 s1' }],
  ['method', { new: 'o1', null: 'o2 o3 o4 s1' }],
] as const)('objects by %s', async (key, expected) => {
  expect(await groupsBy(key)).toEqual(expected);
});
