import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FoundHash, HashFinder } from './hash-finder.ts';
import { inspect, numbersOf, type RubyHash, RubyReader, RubySyntaxError } from './ruby-value.ts';

const read = (text: string) => new RubyReader(text).value();

test('reads values as all versions of Ruby print them, and JSON', () => {
  const hash = read(
    '{:count=>12, time: 3, "rss" => 4.5, "pid": 7, :"a b"=>-1, nil=>nil, true=>false}',
  ) as RubyHash;
  expect(hash.pairs).toEqual([
    ['count', 12],
    ['time', 3],
    ['rss', 4.5],
    ['pid', 7],
    ['a b', -1],
    [null, null],
    [true, false],
  ]);
  expect(read('["/a.rb", 9, :T_STRING, JSON::Ext::Parser, ARGF.class]')).toEqual([
    '/a.rb',
    9,
    'T_STRING',
    'JSON::Ext::Parser',
    'ARGF.class',
  ]);
  const objects = read('{#<Class:#<Object:0x00007f>>=>1, Thread::Mutex=>2}') as RubyHash;
  expect(objects.pairs).toEqual([
    ['#<Class:#<Object:0x00007f>>', 1],
    ['Thread::Mutex', 2],
  ]);
  expect(read('"\\u00e9\\n\\"\\x41"')).toBe('é\n"A');
  expect(read('1_000_000')).toBe(1_000_000);
});

test('a hash that is cut off has its complete pairs, but not a number that may have lost digits', () => {
  const hash = read('{:count=>12, :heap_live_slots=>10626') as RubyHash;
  expect(hash.complete).toBe(false);
  expect(hash.pairs).toEqual([['count', 12]]);
});

test('rejects invalid values with an error that says where', () => {
  expect(() => read('=>')).toThrow(RubySyntaxError);
  expect(() => read(`${'['.repeat(40)}1`)).toThrow('nested too deep');
});

test('numbers in nested hashes have the path of keys', () => {
  const hash = read('{0=>{:slot_size=>40, :name=>"a"}, 1=>{:slot_size=>80}, total: 3}') as RubyHash;
  expect([...numbersOf(hash)]).toEqual([
    ['0.slot_size', 40],
    ['1.slot_size', 80],
    ['total', 3],
  ]);
  expect(inspect(hash)).toBe('{0=>{slot_size=>40, name=>a}, 1=>{slot_size=>80}, total=>3}');
});

/** All hashes in lines, and the numbers of damaged lines. */
function found(lines: readonly string[]): { hashes: FoundHash[]; damaged: number[] } {
  const hashes: FoundHash[] = [];
  const damaged: number[] = [];
  const finder = new HashFinder(
    hash => hashes.push(hash),
    line => damaged.push(line),
  );
  for (const [at, line] of lines.entries()) finder.line(line, at + 1);
  finder.end();
  return { hashes, damaged };
}

test('finds random hashes in a log, however they are printed', () => {
  const key = fc.constantFrom('count', 'time', 'heap_live_slots', 'old_objects', 'malloc_increase_bytes');
  const record = fc.uniqueArray(fc.tuple(key, fc.nat(1e9)), { minLength: 1, selector: ([name]) => name });
  const style = fc.constantFrom('old', 'new', 'json', 'pp', 'logger');
  fc.assert(
    fc.property(fc.array(fc.tuple(record, style), { minLength: 1, maxLength: 12 }), records => {
      const lines = records.flatMap(([pairs, how]) => {
        const joined = (separator: string, between: (name: string) => string) =>
          `{${pairs.map(([name, value]) => `${between(name)}${value}`).join(separator)}}`;
        switch (how) {
          case 'old':
            return [joined(', ', name => `:${name}=>`)];
          case 'new':
            return [joined(', ', name => `${name}: `)];
          case 'json':
            return [joined(',', name => `"${name}":`)];
          case 'pp':
            return ['GET / 200 OK', ...joined(',\n ', name => `:${name}=>`).split('\n')];
          default:
            return [
              `I, [2026-11-27T11:43:25.8 #1]  INFO -- : ${joined(', ', name => `:${name}=>`)}`,
              'and more',
            ];
        }
      });
      const { hashes, damaged } = found(lines);
      expect(hashes.map(each => [...numbersOf(each.hash)])).toEqual(records.map(([pairs]) => pairs));
      expect(damaged).toEqual([]);
    }),
  );
});

test('the beginning of the next hash ends one that was cut off', () => {
  const { hashes } = found(['{:count=>372, ', ':heap_live_slots=>5,', '{:count=>373}']);
  expect(hashes.map(({ hash, line }) => [line, hash.complete, [...numbersOf(hash)]])).toEqual([
    [
      1,
      false,
      [
        ['count', 372],
        ['heap_live_slots', 5],
      ],
    ],
    [3, true, [['count', 373]]],
  ]);
});
