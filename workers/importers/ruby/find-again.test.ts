import { expect, test } from 'vitest';
import type { ObjectRow } from '../../protocol/rows.ts';
import { findAgain } from './find-again.ts';

const ROW: ObjectRow = {
  index: 0,
  address: '0x7f2a40000198',
  type: 'OBJECT',
  family: 'object',
  isNamed: false,
  hasText: false,
  label: 'Order',
  title: '',
  shallowBytes: 40,
  retainedBytes: 40,
  reachable: true,
  generation: null,
  site: null,
};

test('by the address that Kernel#to_s prints, among the instances of the class', () => {
  expect(findAgain(ROW, null, '3.1')).toBe(
    'to_s = Kernel.instance_method(:to_s)\n' +
      'ObjectSpace.each_object(Order).find { |o| to_s.bind_call(o)[/:0x0*(\\h+)>\\z/, 1] == "7f2a40000198" }',
  );
  expect(findAgain({ ...ROW, label: '(anonymous)' }, null, '4.0')).toContain('ObjectSpace.each_object.find');
});

test('by the id up to Ruby 2.6', () => {
  expect(findAgain(ROW, null, '2.3 – 2.6')).toBe('ObjectSpace._id2ref(0x7f2a40000198 >> 1)');
});

test('classes by their names; nothing for objects that are internal to Ruby', () => {
  const named = { ...ROW, type: 'CLASS', label: 'Class', isNamed: true };
  expect(findAgain({ ...named, title: 'Shop::Order' }, null, '3.4')).toBe('Shop::Order');
  expect(findAgain({ ...named, title: '#<Class:Order>' }, null, '3.4')).toContain('each_object(Class)');
  expect(findAgain({ ...ROW, type: 'IMEMO', label: 'IMEMO:iseq' }, null, '3.4')).toBeNull();
  expect(findAgain({ ...ROW, label: '(internal) ARRAY' }, null, '3.4')).toBeNull();
});

test('a text becomes a literal without interpolation', () => {
  const text = findAgain({ ...ROW, type: 'STRING', label: 'String' }, 'a #{`rm`} "b"', '3.4');
  expect(text).toContain('o == "a \\#{`rm`} \\"b\\""');
});
