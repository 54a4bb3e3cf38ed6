import { expect, test } from 'vitest';
import type { ContentRow, ObjectContents } from '../protocol/contents.ts';
import { type OpenHeap, openRubyHeap } from '../testing/open-heap.ts';

/** What an object consists of, with the names of the drawing: `@a: b`, `key => value`. */
async function contentsOf(heap: OpenHeap, name: string, offset = 0, limit = 100) {
  const query = { snapshot: heap.info.id, object: heap.index(name), offset, limit };
  const contents = await heap.session.ask('contents', query);
  return { ...contents, rows: contents.rows.map(row => rowText(heap, row)) };
}

function rowText({ name }: OpenHeap, row: ContentRow): string {
  const textOf = (value: ContentRow['value']) =>
    value === null ? 'no object' : value.object === null ? value.address : name(value.object.index);
  if (row.key !== null) return `${textOf(row.key)} => ${textOf(row.value)}`;
  return `${row.name ?? '?'}: ${textOf(row.value)}`;
}

const kindAndRows = (
  contents: Awaited<ReturnType<typeof contentsOf>>,
): [ObjectContents['kind'], ...string[]] => [contents.kind, ...contents.rows];

test('elements in order, with repetitions; positions if all are objects', async () => {
  const heap = await openRubyHeap(`
    vm => list some numbers
    list ARRAY length=4 -> a b a 0xdead
    some ARRAY length=3 -> a b
    numbers ARRAY length=2
    a STRING
    b STRING
  `);
  expect(kindAndRows(await contentsOf(heap, 'list'))).toEqual([
    'elements',
    '[0]: a',
    '[1]: b',
    '[2]: a',
    '[3]: 0xdead',
  ]);
  expect((await contentsOf(heap, 'list', 1, 2)).rows).toEqual(['[1]: b', '[2]: a']);
  const some = await contentsOf(heap, 'some');
  expect(some.rows).toEqual(['?: a', '?: b']);
  expect(some.notes).toEqual([
    expect.stringMatching(/^1 of 3 elements are numbers, .* positions of the others/),
  ]);
  expect((await contentsOf(heap, 'numbers')).notes).toEqual([expect.stringMatching(/^All 2 elements are/)]);
});

test('pairs of a hash, with its default; no pairs if values are missing', async () => {
  const heap = await openRubyHeap(`
    vm => pairs withDefault withBlock numbers
    block DATA struct=proc
    pairs HASH size=2 -> a b c a
    withDefault HASH size=1 -> a b c
    withBlock HASH size=1 default=0x10000 -> a block
    numbers HASH size=3 -> a b c
    a STRING
    b STRING
    c STRING
  `);
  expect(kindAndRows(await contentsOf(heap, 'pairs'))).toEqual(['entries', 'a => b', 'c => a']);
  expect((await contentsOf(heap, 'withDefault')).rows).toEqual(['a => b', 'default: c']);
  // One of the two is the default block, so the key or the value of the entry is missing.
  const withBlock = await contentsOf(heap, 'withBlock');
  expect(withBlock.rows).toEqual(['?: a', '?: block']);
  expect(withBlock.notes[0]).toMatch(/^1 entry, of which the dump lists 2 keys and values/);
  expect((await contentsOf(heap, 'numbers')).rows).toEqual(['?: a', '?: b', '?: c']);
});

test('instance variables by their shape, also if another object holds them', async () => {
  const heap = await openRubyHeap(`
    vm => both one none apart
    both OBJECT shape_id=3 -> a b
    one OBJECT shape_id=3 -> a
    none OBJECT shape_id=3
    apart OBJECT shape_id=3 -> fields
    fields IMEMO imemo_type=fields shape_id=3 -> b a
    a STRING
    b STRING
    s1 SHAPE id=1 parent_id=1 shape_type=ROOT
    s2 SHAPE id=2 parent_id=1 shape_type=IVAR edge_name=@name
    s3 SHAPE id=3 parent_id=2 shape_type=IVAR edge_name=@age
  `);
  expect(kindAndRows(await contentsOf(heap, 'both'))).toEqual(['variables', '@name: a', '@age: b']);
  expect((await contentsOf(heap, 'none')).rows).toEqual(['@name: no object', '@age: no object']);
  expect((await contentsOf(heap, 'apart')).rows).toEqual(['@name: b', '@age: a']);
  const one = await contentsOf(heap, 'one');
  expect(one.rows).toEqual(['?: a']);
  expect(one.notes[0]).toMatch(/^Instance variables: @name, @age\. 1 hold objects/);
});

test('a block: self, code by its name, and captured variables, also of the block around it', async () => {
  const heap = await openRubyHeap(`
    vm => block
    block DATA struct=proc -> me inner code
    inner IMEMO imemo_type=env -> a outer code
    outer IMEMO imemo_type=env -> b
    code IMEMO imemo_type=iseq -> text label base path code2
    code2 IMEMO imemo_type=iseq
    me OBJECT
    a STRING
    b STRING
    text STRING value=literal
    label STRING value=block_in_run
    base STRING value=block_in_run
    path STRING value=/app/run.rb
  `);
  expect(kindAndRows(await contentsOf(heap, 'block'))).toEqual([
    'block',
    'self: me',
    'captured variables: inner',
    'code of block_in_run: code',
    'variable: a',
    'outer variable: b',
  ]);
});

test('members of a struct in order; nothing for other objects', async () => {
  const heap = await openRubyHeap(`
    vm => point text
    point STRUCT -> a b
    a STRING
    b STRING
    text STRING value=x
  `);
  expect(kindAndRows(await contentsOf(heap, 'point'))).toEqual(['members', '?: a', '?: b']);
  expect(kindAndRows(await contentsOf(heap, 'text'))).toEqual(['none']);
});
