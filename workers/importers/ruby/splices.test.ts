import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { excerptOfDump } from '../../testing/fixture-dumps.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { readRecords } from '../../testing/oracle-ruby-records.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  differences,
  figuresOfOracle,
  figuresOfSnapshot,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';

/** What may stand between two records instead of a newline, or in addition to one. */
const SEPARATORS: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['a space', ' '],
  ['a carriage return', '\r'],
  ['NUL', '\0'],
  ['a comma', ','],
  ['a record separator', '\x1e'],
  ['a bracket', ']'],
  ['log text', 'I, [2026-03-04T05:06:07] INFO -- : 200 OK '],
  ['a newline', '\n'],
  ['a newline and a prefix', '\n2026-03-04T05:06:07Z stdout F '],
  ['a newline and log text', '\nGC took 3 ms\n'],
];

/** Records of a real dump, one of each kind, including some that Ruby wrote badly. */
function recordsOf(name: string): string[] {
  const text = Buffer.from(excerptOfDump(name, 12)).toString('latin1');
  const starts = readRecords(Buffer.from(text, 'latin1')).records.map(({ offset }) => offset);
  return starts.map((start, at) => text.slice(start, starts[at + 1] ?? text.length).replace(/\n$/, ''));
}

function addressOf(number: number): string {
  return `0x${(0x5500_0000_0000 + number * 40).toString(16)}`;
}

/** The record with another address, so that a dump can contain it several times. */
function numbered(record: string, number: number): string {
  return record.replace(/"address":"0x[0-9a-f]+"/, `"address":"${addressOf(number)}"`);
}

const isObject = (record: string) => record.startsWith('{"address"') && !/"type":"(SHAPE|NONE)"/.test(record);

async function expectAsOracle(text: string) {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
  const read = await readSnapshot(bytes);
  const oracle = readOracleDump(bytes);
  expect(figuresOfSnapshot(read)).toEqual(figuresOfOracle(oracle));
  const columns = columnsOfSnapshot(read);
  expect(differences(columns, columnsOfOracle(oracle))).toEqual([]);
  return { columns, report: read.snapshot.facts.import };
}

/** What a record says about itself, without what depends on the rest of the dump. */
function own({
  address: _address,
  dominator,
  retainedBytes,
  referrers,
  classAddress,
  references,
  ...rest
}: Awaited<ReturnType<typeof expectAsOracle>>['columns'][number]) {
  return rest;
}

describe.each(['ruby-3.1', 'ruby-4.1', 'ruby-3.3-wasm'])('two records of %s', name => {
  const records = recordsOf(name);
  const objects = records.filter(isObject);
  const MEMSIZE_KNOWN = `${numbered(objects[0]!, 1_000_000)}\n`;
  const pairs = objects.map((first, at) => [first, objects[(at * 5 + 3) % objects.length]!] as const);

  test.each(SEPARATORS)('with %s between them are two', async (_name, separator) => {
    const text = pairs.map(
      ([first, next], at) => `${numbered(first, at * 2)}${separator}${numbered(next, at * 2 + 1)}\n`,
    );
    const { columns, report } = await expectAsOracle(MEMSIZE_KNOWN + text.join(''));
    const alone = await expectAsOracle(
      MEMSIZE_KNOWN +
        pairs
          .flatMap(([first, next], at) => [numbered(first, at * 2), numbered(next, at * 2 + 1)])
          .map(line => `${line}\n`)
          .join(''),
    );
    expect(columns.map(own)).toEqual(alone.columns.map(own));
    expect(report).toMatchObject({ records: pairs.length * 2 + 1, skippedRecords: 0, duplicateAddresses: 0 });
  });

  test.each(SEPARATORS)(
    'of which the first is cut at any position, with %s between them',
    async (_name, separator) => {
      for (const [first, next] of pairs) {
        const cuts = Array.from({ length: first.length - 1 }, (_, cut) => cut + 1);
        const text = cuts.map(
          cut => `${numbered(first, cut * 2).slice(0, cut)}${separator}${numbered(next, cut * 2 + 1)}\n`,
        );
        const { columns, report } = await expectAsOracle(MEMSIZE_KNOWN + text.join(''));
        const [alone] = (await expectAsOracle(MEMSIZE_KNOWN + numbered(next, 1))).columns.slice(1).map(own);
        const intact = new Map(columns.map(object => [object.address, own(object)]));
        for (const cut of cuts) {
          expect(intact.get(addressOf(cut * 2 + 1))).toEqual(alone);
        }
        // With the brace alone, nobody can tell that it was a record.
        expect(report.records).toBe(cuts.length * 2);
        expect(report.records).toBe(columns.length + report.skippedRecords + report.duplicateAddresses);
      }
    },
  );

  test('of which the first is split by a newline at any position', async () => {
    for (const [first, next] of pairs) {
      const cuts = Array.from({ length: first.length - 1 }, (_, cut) => cut + 1);
      const text = cuts.map(cut => {
        const whole = numbered(first, cut * 2);
        return `${whole.slice(0, cut)}\n${whole.slice(cut)}\n${numbered(next, cut * 2 + 1)}\n`;
      });
      const bytes = new Uint8Array(Buffer.from(MEMSIZE_KNOWN + text.join(''), 'latin1'));
      const read = await readSnapshot(bytes);
      const addresses = new Set(columnsOfSnapshot(read).map(({ address }) => address));
      for (const cut of cuts) expect(addresses).toContain(addressOf(cut * 2 + 1));
      const { records, skippedRecords } = read.snapshot.facts.import;
      expect(records).toBe(addresses.size + skippedRecords);
      // No object is made up of parts of two records.
      const known = new Set(cuts.flatMap(cut => [addressOf(cut * 2), addressOf(cut * 2 + 1)]));
      expect([...addresses].filter(address => !known.has(address))).toEqual([addressOf(1_000_000)]);
    }
  });
});
