import { expect, test } from 'vitest';
import { heapFromText } from './heap-from-text.ts';

test('draws records as Ruby writes them', () => {
  const heap = heapFromText(`
    vm => App list            # what the roots list
    App CLASS 600 superclass=0x8
    list ARRAY length=3 -> a a 0xdead
    a class=App gen=3 at=app/a.rb:12 method=new -> list
    bare memsize=
  `);
  expect(heap.text.split('\n')).toEqual([
    '{"type":"ROOT", "root":"vm", "references":["0x10000", "0x10028"]}',
    '{"address":"0x10000", "type":"CLASS", "name":"App", "superclass":"0x8", "memsize":600}',
    '{"address":"0x10028", "type":"ARRAY", "length":3, "references":["0x10050", "0x10050", "0xdead"], "memsize":40}',
    '{"address":"0x10050", "type":"OBJECT", "class":"0x10000", "references":["0x10028"], "file":"app/a.rb", "line":12, "method":"new", "generation":3, "memsize":40}',
    '{"address":"0x10078", "type":"OBJECT"}',
    '',
  ]);
  expect(heap.index('a')).toBe(2);
  expect(heap.address('a')).toBe('0x10050');
});

test('rejects references to names that do not exist', () => {
  expect(() => heapFromText('a -> b')).toThrow('"b" is not in the drawing');
  expect(() => heapFromText('a\na')).toThrow('drawn twice');
});
