import { expect, test } from 'vitest';
import type { GroupingKey } from '../protocol/object-set.ts';
import { fixtureDump } from '../testing/fixture-dumps.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { openHeap, openText } from '../testing/open-heap.ts';

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

/** Label → names of the objects that have it, without classes. */
async function groupsBy(key: GroupingKey, drawing = DRAWING): Promise<Record<string, string>> {
  const { session, info, name } = await openHeap(drawing);
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

const RELOADED = `
  vm => o1 o2 o3 o4 o5 o6
  Object CLASS 10
  Order CLASS 10 superclass=Object
  reloaded CLASS 10 name=Order superclass=Object
  single CLASS 10 name= singleton=true superclass=reloaded
  nameless CLASS 10 name= superclass=Order
  lone CLASS 10 name= superclass=nameless
  Line CLASS 10 superclass=Object
  m MODULE 10 name=Line
  o1 OBJECT 40 class=Order
  o2 OBJECT 40 class=reloaded
  o3 OBJECT 40 class=single
  o4 OBJECT 40 class=nameless
  o5 OBJECT 40 class=lone
  o6 OBJECT 40 class=Line
  s1 DATA 40 struct=mutex class=Object
`;

test('objects by class object: distinguishes classes of one name and classes without one', async () => {
  const { address } = heapFromText(RELOADED);
  expect(await groupsBy('class', RELOADED)).toEqual({
    '(anonymous)': 'o4 o5',
    '(internal) mutex': 's1',
    Line: 'o6',
    Order: 'o1 o2 o3',
  });
  expect(await groupsBy('class-object', RELOADED)).toEqual({
    [`(subclass of Order) ${address('nameless')}`]: 'o4',
    [`(subclass of Order) ${address('lone')}`]: 'o5',
    '(internal) mutex': 's1',
    Line: 'o6',
    [`Order ${address('Order')}`]: 'o1',
    [`Order ${address('reloaded')}`]: 'o2 o3',
  });
  expect(await groupsBy('superclass', RELOADED)).toEqual({
    Object: 'o1 o2 o3 o6',
    Order: 'o4 o5',
    null: 's1',
  });
});

test('objects by class object have the class label if the dump does not mark singleton classes', async () => {
  const old =
    'vm => a b\nOrder CLASS 10\nother CLASS 10 name=Order\na OBJECT class=Order\nb OBJECT class=other';
  expect(Object.keys(await groupsBy('class-object', `${old}\no1 OBJECT class=other`))).toEqual(['Order']);
});

test('each group by class object is within one by class, in a real dump', async () => {
  const { session, info } = await openText(new TextDecoder().decode(fixtureDump('ruby-3.4-wasm')));
  const window = { sort: 'label', descending: false, offset: 0, limit: 500 } as const;
  const set = { kind: 'all' } as const;
  const ask = (key: GroupingKey) => session.ask('groups', { snapshot: info.id, set, key, ...window });
  const byClass = (await ask('class')).rows.filter(({ label }) => label !== '(anonymous)');
  const byObject = (await ask('class-object')).rows.filter(({ label }) => !label!.startsWith('(subclass of'));
  const counts = new Map<string, number>();
  for (const { label, objects } of byObject) {
    const name = label!.replace(/ 0x[0-9a-f]+$/, '');
    counts.set(name, (counts.get(name) ?? 0) + objects);
  }
  expect([...counts].sort()).toEqual(byClass.map(({ label, objects }) => [label, objects] as const).sort());
});
