import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectFlag } from '../../model/object-flags.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  differences,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';
import { RecordScanner } from './record-scanner.ts';

const RUNS = { seed: 20_260_201, numRuns: 300 };

/** A record as Ruby writes it, with its keys in this order. */
function recordText(fields: readonly (readonly [string, unknown])[]): string {
  const texts = fields
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `"${key}":${JSON.stringify(value, null, 1).replace(/\n */g, ' ').replace(/\[ /g, '[').replace(/ \]/g, ']').replace(/": /g, '":').replace(/\{ /g, '{').replace(/ \}/g, '}')}`,
    );
  return `{${texts.join(', ')}}\n`;
}

describe('the scanner', () => {
  // Texts are compared sixteen bytes at a time: use every length around that, and escapes at every position.
  const plain = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '.', 'é', '_'),
    minLength: 1,
    maxLength: 70,
  });
  const escaped = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '\n', '\u0000', 'é', ' '),
    maxLength: 70,
  });
  const digits = fc.constantFrom(1, 4, 8, 11, 12, 13, 15);
  const address = fc
    .tuple(fc.bigInt({ min: 1n, max: 2n ** 48n }), digits)
    .map(([bits, length]) => `0x${((bits % 16n ** BigInt(length)) & ~7n).toString(16)}`);
  const number = fc.constantFrom(
    0,
    7,
    40,
    1023,
    65_536,
    2 ** 32 - 2,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 40,
    2 ** 53 - 1,
  );
  const flags = fc.constantFrom(
    {},
    { wb_protected: true },
    { wb_protected: true, old: true, uncollectible: true, marked: true },
    { wb_protected: true, age: 3, old: true },
    { age: 2, pinned: true },
    { wb_protected: true, object_id: 12, old: true },
  );
  const record = fc
    .record({
      type: fc.constantFrom('STRING', 'OBJECT', 'ARRAY', 'DATA', 'T_NEW'),
      class: fc.option(address, { nil: undefined }),
      references: fc.option(fc.array(address, { minLength: 1, maxLength: 6 }), { nil: undefined }),
      value: fc.option(escaped, { nil: undefined }),
      file: fc.option(plain, { nil: undefined }),
      line: fc.nat(70_000),
      method: fc.option(plain, { nil: undefined }),
      generation: fc.option(fc.nat(300), { nil: undefined }),
      memsize: number,
      flags,
    })
    .map(fields => Object.entries(fields));

  it('agrees with the oracle for texts, addresses and numbers of any length', async () => {
    const heap = fc.uniqueArray(fc.tuple(address, record), {
      selector: ([at]) => at,
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(heap, async records => {
        const text = records.map(([at, fields]) => recordText([['address', at], ...fields])).join('');
        const bytes = new TextEncoder().encode(text);
        const ours = await readSnapshot(bytes);
        const theirs = readOracleDump(bytes);
        expect(ours.snapshot.facts.import).toMatchObject({ skippedRecords: theirs.skippedRecords });
        expect(differences(columnsOfSnapshot(ours), columnsOfOracle(theirs))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('gives equal values equal hashes, and different values different ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(escaped, { minLength: 2, maxLength: 30 }), async values => {
        const text = [...values, ...values]
          .map((value, i) =>
            recordText([
              ['address', `0x${(0x7f00_0000 + i * 40).toString(16)}`],
              ['type', 'STRING'],
              ['value', value],
              ['memsize', 40],
            ]),
          )
          .join('');
        const { snapshot } = await readSnapshot(new TextEncoder().encode(text));
        expect(snapshot.objects).toBe(values.length * 2);
        const hashes = Array.from({ length: snapshot.objects }, (_, object) =>
          snapshot.contentHash.of(object),
        );
        expect(hashes.slice(values.length)).toEqual(hashes.slice(0, values.length));
        expect(new Set(hashes).size).toBe(values.length);
        expect(snapshot.flags.every(bits => (bits & ObjectFlag.hasValue) !== 0)).toBe(true);
      }),
      RUNS,
    );
  });

  it('hashes and interns the same for the slow reader as for itself', () => {
    const scanner = new RecordScanner(3);
    const bytes = new TextEncoder().encode('a/long/path/of/more/than/sixteen/bytes.rb');
    expect(scanner.intern(bytes)).toBe(scanner.intern(bytes.slice()));
    expect(scanner.hash(bytes)).toBe(scanner.hash(bytes.slice()));
    expect(scanner.intern(bytes.slice(1))).not.toBe(scanner.intern(bytes));
  });

  it('compares with the words that the comments in its source name', () => {
    const source = readFileSync(new URL('./wasm/literals.ts', import.meta.url), 'utf8');
    const literals = [...source.matchAll(/\/\*\* `(.+)` \*\/\nexport const \w+: \w+ = 0x([0-9a-f]+);/g)];
    expect(literals.length).toBeGreaterThan(15);
    for (const [, text, digits] of literals) {
      const bytes = [...new TextEncoder().encode(text)].reverse();
      expect(digits).toBe(
        bytes
          .map(byte => byte.toString(16).padStart(2, '0'))
          .join('')
          .replace(/^0+/, ''),
      );
    }
  });
});
