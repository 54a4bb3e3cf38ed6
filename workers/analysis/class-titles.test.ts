import { expect, it } from 'vitest';
import { type OpenHeap, openHeap } from '../testing/open-heap.ts';

async function titles({ session, info, index }: OpenHeap, names: string[]): Promise<string[]> {
  const rows = await session.ask('rows', { snapshot: info.id, objects: names.map(index) });
  return rows.map(row => row.title);
}

/** Ruby 3.1 and later write singleton classes and superclasses. */
const NEWER = `
  vm => Object Order anonymous user module orphan meta unknown deep of_nothing
  Class CLASS class=MetaClass superclass=Object
  Object CLASS class=Class
  MetaClass CLASS name= singleton=true superclass=Class class=Class -> Class
  ApplicationRecord CLASS class=Class superclass=Object
  Order CLASS class=MetaOrder superclass=proxy
  proxy ICLASS class=Comparable superclass=ApplicationRecord
  Comparable MODULE class=MetaComparable
  MetaComparable CLASS name= singleton=true superclass=Class -> Comparable
  MetaOrder CLASS name= singleton=true superclass=Class class=MetaMeta -> Order
  MetaMeta CLASS name= singleton=true superclass=MetaClass -> MetaOrder
  anonymous CLASS name= class=meta superclass=Order
  meta CLASS name= singleton=true superclass=MetaOrder -> anonymous
  user OBJECT class=single
  single CLASS name= singleton=true superclass=Order real_class_name=Order -> user
  unknown CLASS name= singleton=true superclass=anonymous real_class_name=Order
  orphan CLASS name= superclass=0xdead0
  module MODULE name=
  of_nothing CLASS name= singleton=true
`;

it('titles classes as Ruby prints them', async () => {
  const heap = await openHeap(NEWER.replace(' deep of_nothing', ' of_nothing'));
  const expected = {
    Order: 'Order',
    proxy: 'Comparable',
    Comparable: 'Comparable',
    MetaComparable: '#<Class:Comparable>',
    MetaOrder: '#<Class:Order>',
    MetaMeta: '#<Class:#<Class:Order>>',
    anonymous: '(subclass of Order)',
    meta: '#<Class:(subclass of Order)>',
    single: `#<Class:#<Order:${heap.drawn.address('user')}>>`,
    unknown: '#<Class:#<Order>>',
    orphan: '',
    module: '',
    of_nothing: '#<Class:…>',
  };
  expect(await titles(heap, Object.keys(expected))).toEqual(Object.values(expected));
});

it('recognizes singleton classes up to Ruby 2.7, which have the names of their superclasses', async () => {
  const heap = await openHeap(`
    vm => Class Object Zoo zoo Config other
    Class CLASS class=MetaClass -> Object
    MetaClass CLASS name=Class class=MetaClass -> MetaObject Class
    Object CLASS class=MetaObject -> Zoo
    MetaObject CLASS name=Class class=MetaClass -> Class Object
    Zoo CLASS class=MetaZoo -> Object Config
    MetaZoo CLASS name=Class class=MetaClass -> MetaObject Zoo
    zoo OBJECT class=Single
    Single CLASS name=Zoo class=MetaZoo -> Zoo zoo
    Config CLASS class=Class -> Object other
    other OBJECT class=Config
  `);
  const expected = {
    Class: 'Class',
    MetaClass: '#<Class:Class>',
    MetaObject: '#<Class:Object>',
    Zoo: 'Zoo',
    MetaZoo: '#<Class:Zoo>',
    Single: `#<Class:#<Zoo:${heap.drawn.address('zoo')}>>`,
    // Refers to its only instance, but is not a singleton class.
    Config: 'Config',
  };
  expect(await titles(heap, Object.keys(expected))).toEqual(Object.values(expected));
});

it('recognizes singleton classes of classes in Ruby 3.0, which have no names', async () => {
  const heap = await openHeap(`
    vm => Zoo Cache
    Zoo CLASS class=MetaZoo
    MetaZoo CLASS name= -> Zoo
    Cache CLASS name= -> cached
    cached OBJECT class=Cache
  `);
  expect(await titles(heap, ['MetaZoo', 'Cache'])).toEqual(['#<Class:Zoo>', '']);
});

it('ends in cycles of damaged dumps', async () => {
  const heap = await openHeap(`
    vm => a b c
    a CLASS name= superclass=b singleton=true class=b -> b
    b CLASS name= superclass=a singleton=true class=a -> a
    c CLASS name= superclass=c
  `);
  expect(await titles(heap, ['a', 'c'])).toEqual([`${'#<Class:'.repeat(8)}…${'>'.repeat(8)}`, '']);
});
