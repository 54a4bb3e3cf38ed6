import { describe, expect, it } from 'vitest';
import { type Beginning, beginningOf, firstPart, groupParts, laterPart } from './split-names.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const group = (...files: [name: string, beginning: Beginning][]) =>
  groupParts(files.map(([name, beginning]) => ({ name, beginning }))).map(
    ({ files: members, name, missing }) =>
      `${name}: ${members.map(at => files[at]![0]).join(' ')}${missing === null ? '' : `, lacks ${missing}`}`,
  );

describe('names of parts', () => {
  it('are put in order, whatever program split the file', () => {
    const schemes: [string, string[]][] = [
      ['heap.json', ['heap.json.partaa', 'heap.json.partab', 'heap.json.partac']],
      ['heap.json', ['heap.jsonaa', 'heap.jsonab', 'heap.jsonac']],
      ['heap.json.gz', ['heap.json.gz-aa', 'heap.json.gz-ab', 'heap.json.gz-ac']],
      ['heap.json', ['heap.json.001', 'heap.json.002', 'heap.json.003']],
      ['heap.json', ['heap.json-00', 'heap.json-01', 'heap.json-02']],
      ['heap.json', ['heap.json.part1', 'heap.json.part2', 'heap.json.part3']],
      ['x', ['xaa', 'xab', 'xac']],
    ];
    for (const [base, [one, two, three]] of schemes) {
      expect(group([three!, 'other'], [one!, 'dump'], [two!, 'record'])).toEqual([
        `${base} (3 parts): ${one} ${two} ${three}`,
      ]);
    }
  });

  it('say which part is missing', () => {
    expect(group(['a.json.aa', 'dump'], ['a.json.ac', 'other'])).toEqual([
      'a.json (2 parts): a.json.aa a.json.ac, lacks ab',
    ]);
    expect(group(['a.002', 'other'], ['a.003', 'other'])).toEqual(['a (2 parts): a.002 a.003, lacks 001']);
    expect(laterPart('heap.json.partab')).toBe('ab');
    expect(laterPart('heap.json.002')).toBe('002');
    expect(laterPart('heap.json.partaa')).toBe(null);
    expect(firstPart('heap.json.partaa')).toBe('aa');
    expect(firstPart('heap.json.001')).toBe('001');
  });

  it('are ignored if each file is a dump of its own, or names are only similar', () => {
    const apart = (...files: [string, Beginning][]) =>
      expect(group(...files)).toEqual(files.map(([name]) => `${name}: ${name}`));
    apart(['heap.001', 'dump'], ['heap.002', 'dump']);
    apart(['heap.json.4711', 'record'], ['heap.json.4712', 'record']);
    apart(['heap-1.json', 'dump'], ['heap-2.json', 'dump']);
    apart(['heap.json.gz', 'dump'], ['heap.json.xz', 'other']);
    apart(['heap.json', 'dump'], ['notes.md', 'other'], ['run.rb', 'other']);
    for (const name of ['heap.json', 'heap.json.gz', 'heap-2024.json', 'heap.json.4711', 'run.rb', 'a.js']) {
      expect([name, firstPart(name), laterPart(name)]).toEqual([name, null, null]);
    }
  });

  it('are judged by how the files begin', () => {
    expect(beginningOf(bytes('{"type":"ROOT", "root":"vm"}'))).toBe('dump');
    expect(beginningOf(new Uint8Array([0x1f, 0x8b, 8, 0]))).toBe('dump');
    expect(beginningOf(bytes('{"address":"0x7f'))).toBe('record');
    expect(beginningOf(bytes('"0x7f2a", "0x'))).toBe('other');
    expect(beginningOf(new Uint8Array(0))).toBe('other');
  });
});
