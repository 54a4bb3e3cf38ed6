import { expect, it } from 'vitest';
import { openRubyHeap } from '../testing/open-heap.ts';

const STRINGS = `
  vm => a b c d e f plain binary empty symbol
  root STRING 80 bytesize=4 value=PEER
  a STRING 40 shared=true -> root
  b STRING 40 shared=true -> a
  c STRING 40 shared=true
  d STRING 40 shared=true -> root plain
  e STRING 40 shared=true -> f
  f STRING 40 shared=true -> e
  plain STRING 40 bytesize=5 value=plain
  binary STRING 3000 bytesize=2960
  empty STRING 40 bytesize=0
  symbol SYMBOL 40 bytesize=7
`;

it('shows a shared string with the text that it shares, and no text if the dump has none', async () => {
  const { session, info, index, name } = await openRubyHeap(STRINGS);
  const names = ['root', 'a', 'b', 'c', 'd', 'e', 'plain', 'binary', 'empty', 'symbol'];
  const texts = await session.ask('excerpts', { snapshot: info.id, objects: names.map(index) });
  const expected: [string, { text: string | null; shared: boolean }][] = [
    ['root', { text: 'PEER', shared: false }],
    ['a', { text: 'PEER', shared: true }],
    ['b', { text: 'PEER', shared: true }],
    ['c', { text: null, shared: false }],
    // Either of two strings may be the shared one.
    ['d', { text: null, shared: false }],
    ['e', { text: null, shared: false }],
    ['plain', { text: 'plain', shared: false }],
    ['binary', { text: null, shared: false }],
    ['empty', { text: '', shared: false }],
    ['symbol', { text: null, shared: false }],
  ];
  expect(names.map((each, at) => [each, texts[at]])).toEqual(expected);
  for (const [each, { text, shared }] of expected) {
    const details = await session.ask('object', { snapshot: info.id, object: index(each) });
    expect(details.text, each).toBe(text);
    expect(details.sharedFrom && name(details.sharedFrom.index), each).toBe(shared ? 'root' : null);
  }
});

it('frees what a filter finds by text, which is read from the file', async () => {
  const { session, info } = await openRubyHeap(STRINGS);
  const freed = await session.ask('freedBy', { snapshot: info.id, cut: [], filter: 'value:plain' });
  expect(freed).toMatchObject({ objects: 1, shallowBytes: 40 });
});
