import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectSet } from '../model/object-set.ts';
import { runToEnd } from '../model/steps.ts';
import { fixtureDump } from '../testing/fixture-dumps.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { openHeap } from '../testing/open-heap.ts';
import { type OracleObject, readOracleDump } from '../testing/oracle-ruby-dump.ts';
import { randomHeaps } from '../testing/random-heaps.ts';
import { readSnapshot } from '../testing/snapshot-columns.ts';
import { healthOf } from './health.ts';

const CODE = ['CLASS', 'MODULE', 'ICLASS', 'IMEMO'];
const NUMBERS = ['FLOAT', 'BIGNUM', 'RATIONAL', 'COMPLEX'];
const TEXT = ['STRING', 'SYMBOL'];

/** The same computed directly from the definition, over plain records with 64-bit words. */
function oracleHealth(objects: readonly OracleObject[]) {
  const addresses = new Set(objects.map(({ address }) => address));
  const bytes = { payload: 0, references: 0, headers: 0, code: 0, rest: 0 };
  for (const { type, shallowBytes, references, internalReference, length, address, fields } of objects) {
    const header = Math.min(16, shallowBytes);
    const left = shallowBytes - header;
    bytes.headers += header;
    if (CODE.includes(type)) {
      bytes.code += left;
      continue;
    }
    const named = references.filter(target => target !== address && addresses.has(target)).length;
    const referring = Math.min(left, 8 * (named + (internalReference === null ? 0 : 1)));
    const isNumber = NUMBERS.includes(type) || fields.struct === 'time';
    const text = TEXT.includes(type) && !fields.shared ? (length ?? 0) : 0;
    const payload = isNumber ? left - referring : Math.min(left - referring, text);
    bytes.references += referring;
    bytes.payload += payload;
    bytes.rest += left - referring - payload;
  }
  return bytes;
}

async function compare(dump: Uint8Array): Promise<void> {
  const { snapshot } = await readSnapshot(dump);
  const { bytes, shallowBytes } = runToEnd(healthOf(snapshot, ObjectSet.all(snapshot)));
  expect(bytes).toEqual(oracleHealth(readOracleDump(dump).objects));
  expect(Object.values(bytes).reduce((a, b) => a + b, 0)).toBe(shallowBytes);
}

describe('health', () => {
  it('is what the definition says and adds up, on random heaps', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, drawing => compare(heapFromText(drawing).bytes)),
      { numRuns: 30 },
    );
  });

  it('is what the definition says, in a real dump', () => compare(fixtureDump('ruby-4.0')), 60_000);

  it('can be computed for a set', async () => {
    const { session, info } = await openHeap(`
      vm => a b
      a ARRAY 200 length=2 -> b b
      b STRING 140 bytesize=100`);
    const set = { kind: 'group', key: 'type', label: 'ARRAY' } as const;
    const { bytes } = await session.ask('health', { snapshot: info.id, set });
    expect(bytes).toEqual({ payload: 0, references: 16, headers: 16, code: 0, rest: 168 });
  });
});
