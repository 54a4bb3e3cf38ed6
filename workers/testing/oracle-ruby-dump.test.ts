import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { heapFromText } from './heap-from-text.ts';
import { dominatorsByIteration, dominatorsByRemoval, subtreeSums } from './oracle-graph.ts';
import { oracleReport } from './oracle-report.ts';
import { readOracleDump } from './oracle-ruby-dump.ts';
import { readRecords } from './oracle-ruby-records.ts';

/** The figure in Lengauer and Tarjan's paper (1979): R is the root, the letters are the nodes. */
const FIGURE: Record<string, string> = {
  R: 'ABC',
  A: 'D',
  B: 'ADE',
  C: 'FG',
  D: 'L',
  E: 'H',
  F: 'I',
  G: 'IJ',
  H: 'EK',
  I: 'K',
  J: 'I',
  K: 'IR',
  L: 'H',
};
const NAMES = Object.keys(FIGURE);
const SUCCESSORS = NAMES.map(name => [...FIGURE[name]!].map(target => NAMES.indexOf(target)));
const FIGURE_DOMINATORS = 'A:R B:R C:R D:R E:R F:C G:C H:R I:R J:G K:R L:D';

describe('the oracle graph', () => {
  test.each([dominatorsByRemoval, dominatorsByIteration])(
    '%o finds the dominators of the paper',
    dominators => {
      const found = dominators(SUCCESSORS, 0)
        .map((idom, node) => `${NAMES[node]}:${NAMES[idom]}`)
        .slice(1);
      expect(found.join(' ')).toBe(FIGURE_DOMINATORS);
    },
  );

  test('subtreeSums adds the values that a node dominates to its own', () => {
    expect(subtreeSums([-1, 0, 1, 1, -1], [1, 10, 100, 1000, 5])).toEqual([1111, 1110, 100, 1000, 5]);
  });
});

describe('the oracle dump', () => {
  test('a drawn heap has the numbers counted by hand', () => {
    const heap = heapFromText(`
      vm => App
      machine_context => a
      App CLASS 600 -> list
      list ARRAY 100 -> a b b
      a class=App gen=3 at=a.rb:1
      b class=App gen=3 -> c 0xdead
      c class=0x99
      use IMEMO imemo_type=constcache -> cached
      cached STRING 70
      garbage HASH 30 -> garbage2
      garbage2
    `);
    const report = oracleReport(readOracleDump(heap.bytes));
    expect(report.roots).toEqual([
      { name: 'vm', references: 1 },
      { name: 'machine_context', references: 1 },
    ]);
    expect(report).toMatchObject({
      objects: 9,
      shallowBytes: 1000,
      danglingReferences: 1,
      reachable: { objects: 5, shallowBytes: 820 },
      unreachable: { objects: 4, shallowBytes: 180 },
    });
    expect(report.classes.map(row => [row.label, row.objects, row.retainedBytes])).toEqual([
      ['Class', 1, 780],
      ['(internal) ARRAY', 1, 180],
      ['App', 2, 120],
      ['(internal) STRING', 1, 70],
      ['(unknown class)', 1, 40],
      ['IMEMO:constcache', 1, 40],
      ['(internal) OBJECT', 1, 40],
      ['(internal) HASH', 1, 30],
    ]);
    expect(report.topRetained.map(row => row.dominator)).toEqual([
      'ROOT',
      heap.address('App'),
      heap.address('list'),
      'ROOT',
      heap.address('b'),
    ]);
  });

  test('objects held only by an inline cache are placed under its pseudo-root', () => {
    const heap = heapFromText(
      'vm => use\nuse IMEMO imemo_type=constcache -> value\nvalue ARRAY -> inner\ninner',
    );
    const { roots, objects } = readOracleDump(heap.bytes);
    expect(roots.map(root => [root.name, root.retainedBytes])).toEqual([
      ['vm', 40],
      ['(inline caches)', 80],
    ]);
    expect(objects.map(object => object.dominator)).toEqual(['vm', '(inline caches)', heap.address('value')]);
  });

  test('a dump without roots starts at objects without referrers, then at the lowest unreached address', () => {
    const { roots } = readOracleDump(heapFromText('a -> b\nb\nx -> y\ny -> x').bytes);
    expect(roots).toEqual([
      { name: 'outside this dump', references: ['0x10000', '0x10050'], retainedBytes: 160 },
    ]);
  });
});

describe('damaged records', () => {
  const read = (latin1: string) => readRecords(Buffer.from(latin1, 'latin1'));
  const fieldsOf = (latin1: string) => read(latin1).records.map(record => record.fields);
  const head = '{"address":"0x10", "type":"OBJECT", "ivars":0, ';
  const tail = '"line":7, "method":"new", "generation":3, "memsize":40, "flags":{"old":true}}\n';
  const next = '{"address":"0x20", "type":"OBJECT", "memsize":40}\n';

  test.each([
    ['quotes and backslashes', 'eval "quoted" \\path\\x.rb', 'eval "quoted" \\path\\x.rb'],
    ['backslashes that read as escapes', 'C:\\temp\\new.rb', 'C:\\temp\\new.rb'],
    ['a newline and a tab', 'evil\nnew\tline.rb', 'evil\nnew\tline.rb'],
    ['bytes that are no UTF-8', 'latin1\xE9path.rb', 'latin1\uFFFDpath.rb'],
    ['what looks like the end', 'a", "line":1, "b.rb', 'a", "line":1, "b.rb'],
  ])('a path with %s', (_what, raw, file) => {
    const fields = fieldsOf(`${head}"file":"${raw}", ${tail}${next}`);
    expect(fields).toMatchObject([
      { address: '0x10', file, line: 7, method: 'new', memsize: 40 },
      { address: '0x20' },
    ]);
  });

  test('a name with quotes and backslashes', () => {
    const record =
      '{"address":"0x10", "type":"MODULE", "name":"fake "name" \\ x", "references":["0x20"], "memsize":9}\n';
    expect(fieldsOf(record)).toMatchObject([{ name: 'fake "name" \\ x', references: ['0x20'], memsize: 9 }]);
  });

  test('NUL and stale bytes in a method name', () => {
    const record = `${head}"file":"a.rb", "line":7, "method":"cr\\u00ff\0", "e\\u00ff\0":"USer", "memsize":40}\n`;
    expect(fieldsOf(record)).toMatchObject([{ method: 'cr\uFFFDer', memsize: 40 }]);
  });

  test('a byte order mark, CRLF, blank lines and other output', () => {
    const { records, foreign } = read(`\xEF\xBB\xBF${next.trim()}\r\n\r\n\nGC took 3 ms\n${head}${tail}`);
    expect(records.map(record => [record.line, record.offset])).toEqual([
      [1, 3],
      [5, 70],
    ]);
    expect(foreign).toEqual([{ line: 4, offset: 57 }]);
  });

  test('a cut record is skipped, or kept if address, type and memsize can be read', () => {
    expect(read(`${next}${head}"file":"`)).toMatchObject({ records: [{ line: 1 }], skipped: [{ line: 2 }] });
    expect(fieldsOf(`${head}"memsize":40, "flags":{"ol`)).toMatchObject([{ memsize: 40 }]);
    expect(read(`${head}"memsize":4`).skipped).toHaveLength(1);
  });
});
