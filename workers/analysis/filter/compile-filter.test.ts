import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RELATIONS } from '../../protocol/comparison.ts';
import { printFilter } from '../../protocol/filter/print-filter.ts';
import { FLAG_NAMES, TERM_NAMES } from '../../protocol/filter/terms.ts';
import { openRubyHeap } from '../../testing/open-heap.ts';
import { oracleFilter } from '../../testing/oracle-filter.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { randomFilters } from '../../testing/random-filters.ts';
import { HEAP_WORDS, randomHeaps } from '../../testing/random-heaps.ts';

const { classes, files, methods, roots, structs } = HEAP_WORDS;

const filters = randomFilters({
  texts: fc.constantFrom(
    ...[...classes, ...files, ...methods, ...roots, ...structs],
    ...[
      'order',
      'LINE',
      'app/models',
      'rb:2',
      'string',
      'data',
      'proc',
      '(internal) ARRAY',
      '#<Class',
      'ment',
      'nothing',
      'open',
      'us-ascii',
      '7',
    ],
  ),
  expressions: fc.constantFrom('^Order', 'r$', 'e', '(o|u)r\\.rb', '^[A-Z]+$', 'l(in)*e', 'x'),
  amounts: fc.oneof(
    fc.nat(8),
    fc.integer({ min: 30, max: 60 }),
    fc.nat(6000),
    fc.constantFrom(0.5, 5_000_000_000),
  ),
  // Objects lie 40 bytes apart from 0x10000 on.
  addresses: fc.oneof(
    fc.nat(50).map(at => `0x${(0x10000 + at * 40).toString(16)}`),
    fc.constantFrom('0xdead', '0x10001', '0xffffffffffffffff'),
  ),
  terms: TERM_NAMES,
  // Flags about a series have their own oracle (oracle-comparison.ts).
  flags: FLAG_NAMES.filter(flag => !(RELATIONS as readonly string[]).includes(flag)),
});

it('finds the same as checking each object on its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomHeaps,
      fc.array(filters, { minLength: 20, maxLength: 20 }),
      async (drawing, asked) => {
        const { session, info, drawn } = await openRubyHeap(drawing);
        const oracle = readOracleDump(drawn.bytes);
        for (const filter of asked) {
          const text = printFilter(filter);
          const scope = { snapshot: info.id, set: { kind: 'filter', text } as const };
          const found = oracleFilter(oracle, filter);
          const members = oracle.objects.filter((_, at) => found[at]);
          expect(await session.ask('setSize', scope), text).toEqual({
            objects: members.length,
            shallowBytes: members.reduce((sum, object) => sum + object.shallowBytes, 0),
          });
          const order = { sort: 'address', descending: false, offset: 0, limit: 1000 } as const;
          const listed = await session.ask('objects', { ...scope, ...order });
          expect(
            listed.rows.map(row => row.address),
            text,
          ).toEqual(members.map(object => object.address));
        }
        await session.close(info.id);
      },
    ),
    { numRuns: 60 },
  );
});
