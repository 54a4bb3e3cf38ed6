import { expect, test } from 'vitest';
import { openRubyHeap } from '../testing/open-heap.ts';

const DRAWING = `
  vm => Object
  Object CLASS -> Shop loose
  Shop MODULE -> Base Order
  Base CLASS name=Shop::Base
  Order CLASS name=Shop::Order superclass=Base -> Base fields code
  fields IMEMO imemo_type=fields shape_id=2 -> cache
  cache HASH size=1 -> key order
  key STRING value=first
  order OBJECT class=Order shape_id=3 -> list
  list ARRAY length=2 -> point line
  point STRUCT shape_id=1 -> text
  line STRUCT shape_id=2 -> text
  text STRING value=x
  code IMEMO imemo_type=iseq -> label base path
  label STRING value=save
  base STRING value=save
  path STRING value=/app/order.rb
  loose STRING value=y
  s1 SHAPE id=1 parent_id=1 shape_type=ROOT
  s2 SHAPE id=2 parent_id=1 shape_type=IVAR edge_name=@cache
  s3 SHAPE id=3 parent_id=1 shape_type=IVAR edge_name=@items
`;

test('names references only if the name is certain', async () => {
  const { session, info, index } = await openRubyHeap(DRAWING);
  const pairs = [
    ['Object', 'Shop', 'constant Shop'],
    // It may be a constant or a variable of the class that holds the string.
    ['Object', 'loose', null],
    ['Shop', 'Order', 'constant Order'],
    ['Order', 'Base', 'superclass'],
    ['Order', 'fields', 'variables'],
    ['Order', 'code', 'code of save'],
    ['fields', 'cache', '@cache'],
    ['cache', 'key', 'key'],
    ['cache', 'order', '["first"]'],
    ['order', 'list', '@items'],
    ['list', 'line', '[1]'],
    ['point', 'text', 'member'],
    // Its reference may be the variable in its shape.
    ['line', 'text', null],
  ] as const;
  const edges = pairs.map(([source, target]) => ({ source: index(source), target: index(target) }));
  const names = await session.ask('edgeNames', { snapshot: info.id, edges });
  expect(names.map(({ name }, at) => [...pairs[at]!.slice(0, 2), name])).toEqual(pairs);
});
