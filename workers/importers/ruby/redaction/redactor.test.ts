import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionRules } from '../../../protocol/redaction.ts';
import { openText } from '../../../testing/open-heap.ts';
import { Redactor } from './redactor.ts';

const KEY = '000102030405060708090a0b0c0d0e0f';
const KEEPING: RedactionRules = { key: KEY, hashPaths: false, hashNames: false };
const HASHING: RedactionRules = { key: KEY, hashPaths: true, hashNames: true };

function redacted(text: string | Uint8Array, rules = KEEPING, sliceBytes = 1 << 20) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const pieces: Uint8Array[] = [];
  const redactor = new Redactor(rules, piece => pieces.push(piece));
  for (let at = 0; at < bytes.length; at += sliceBytes) redactor.push(bytes.subarray(at, at + sliceBytes));
  redactor.finish();
  return {
    bytes: Buffer.concat(pieces),
    text: Buffer.concat(pieces).toString('latin1'),
    report: redactor.report,
  };
}

const FIXTURES = new URL('../../../../e2e/fixtures/', import.meta.url);
const DUMPS = readdirSync(FIXTURES).filter(name => name.endsWith('.json.gz'));
const dumpBytes = (name: string) => gunzipSync(readFileSync(new URL(name, FIXTURES)));

/** All values of strings and symbols, read independently: with a pattern for what Ruby writes. */
function valuesOf(bytes: Buffer): Set<string> {
  const values = new Set<string>();
  for (const match of bytes.toString('latin1').matchAll(/"value":"((?:[^"\\]|\\.)*)"/g)) {
    if (match[1]!.length > 3) values.add(match[1]!);
  }
  return values;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/**
 * The sums of `heapy read`, computed like its analyzer: one JSON record per line, other lines ignored; objects and
 * bytes by generation and by location, and the number of strings with the same text.
 */
function readAsHeapy(bytes: Buffer) {
  const generations = new Map<string, [number, number]>();
  const places = new Map<string, [number, number]>();
  const copies = new Map<string, number>();
  const add = (sums: Map<string, [number, number]>, key: string, memsize: number) => {
    const [objects, sum] = sums.get(key) ?? [0, 0];
    sums.set(key, [objects + 1, sum + memsize]);
  };
  for (const line of bytes.toString('utf8').split('\n')) {
    let record: Record<string, unknown>;
    try {
      record = JSON.parse(line) as Record<string, unknown>;
    } catch {
      continue;
    }
    const memsize = Number(record.memsize ?? 0);
    add(generations, String(record.generation ?? 'none'), memsize);
    add(places, `${record.file}:${record.line}`, memsize);
    const { value } = record;
    if (record.type === 'STRING' && typeof value === 'string')
      copies.set(value, (copies.get(value) ?? 0) + 1);
  }
  const duplicates = [...copies.values()].filter(count => count > 1).sort((a, b) => b - a);
  return { generations, places, duplicates };
}

describe('a redacted dump', () => {
  it.each(DUMPS)('%s: has the totals of the dump, and none of its values', async name => {
    const original = dumpBytes(name);
    const { bytes, text, report } = redacted(original);
    const values = valuesOf(original);
    expect(values.size).toBeGreaterThan(3);
    expect(report.values).toBeGreaterThanOrEqual(values.size);
    const left = text.matchAll(/"value":"((?:[^"\\]|\\.)*)"/g);
    for (const [, value] of left) expect(value).toMatch(/^(<\d+:[0-9a-f]{16}>)?$/);

    const [before, after] = await Promise.all([reportOf(original), reportOf(bytes)]);
    expect(after).toEqual(before);
    expect(readAsHeapy(bytes)).toEqual(readAsHeapy(original));
  });

  it.each(DUMPS)('%s: has the totals, and no name or path, if all are hashed', async name => {
    const original = dumpBytes(name);
    const { bytes, text } = redacted(original, HASHING);
    const paths = [...original.toString('latin1').matchAll(/"file":"([^"\\]{6,})"/g)].map(match => match[1]!);
    for (const path of new Set(paths)) expect(text).not.toContain(path);
    expect(text).not.toContain('Visits::Visit');
    const [before, after] = await Promise.all([reportOf(original), reportOf(bytes)]);
    const totals = ({
      objects,
      shallowBytes,
      reachable,
      unreachable,
      types,
      generations,
      roots,
    }: typeof before) => ({
      objects,
      shallowBytes,
      reachable,
      unreachable,
      types,
      generations,
      roots,
    });
    expect(totals(after)).toEqual(totals(before));
    expect(after.topRetained.map(row => [row.address, row.retainedBytes])).toEqual(
      before.topRetained.map(row => [row.address, row.retainedBytes]),
    );
  });

  it.each([KEEPING, HASHING])('is the same whether lines are as Ruby writes them or not: %o', rules => {
    const original = dumpBytes('ruby-3.1.json.gz').toString('latin1');
    const lines = original
      .slice(0, 300_000)
      .split('\n')
      .filter(line => /^\{[^\\]*\}$/.test(line) && isJson(line));
    expect(lines.length).toBeGreaterThan(500);
    const latin1 = (ending: string, start: string) =>
      Buffer.from(lines.map(line => `${start}${line.slice(1)}${ending}`).join(''), 'latin1');
    const { text, report } = redacted(latin1('\n', '{'), rules);
    // A space that Ruby does not write: such lines are left to the reader of damaged records.
    const slow = redacted(latin1('\n', '{ '), rules);
    expect(slow.text).toBe(text);
    expect(slow.report).toEqual(report);
    expect(redacted(latin1('\r\n', '{'), rules).text).toBe(text.replaceAll('\n', '\r\n'));
  });

  it('is the same in slices of any size', () => {
    const original = dumpBytes('ruby-3.1.json.gz').subarray(0, 60_000);
    const whole = redacted(original);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), sliceBytes => {
        expect(redacted(original, KEEPING, sliceBytes).text).toBe(whole.text);
      }),
      { numRuns: 20 },
    );
  });
});

async function reportOf(bytes: Uint8Array) {
  const { session, info } = await openText(Buffer.from(bytes).toString('latin1'), { latin1: true });
  const { ...report } = await session.ask('report', { snapshot: info.id, top: 20, group: ['class', 'site'] });
  // Other output of the program is left out, so its count may differ where it shared a line with a record.
  const { foreignLines, rescuedRecords, ...others } = report;
  return others;
}

const RECORD = (value: string, more = '') =>
  `{"address":"0x7f0010", "type":"STRING", "class":"0x7f0020", "bytesize":9, "value":"${value}", "encoding":"UTF-8"${more}, "memsize":40, "flags":{"old":true}}\n`;

describe('what is replaced', () => {
  it('equal values become equal texts, with their length', () => {
    const { text } = redacted(RECORD('password1') + RECORD('password2') + RECORD('password1'));
    const values = [...text.matchAll(/"value":"(<9:[0-9a-f]{16}>)"/g)].map(match => match[1]);
    expect(values).toHaveLength(3);
    expect(values[0]).toBe(values[2]);
    expect(values[0]).not.toBe(values[1]);
    expect(redacted(RECORD('password1'), { ...KEEPING, key: '1'.repeat(32) }).text).not.toContain(values[0]);
  });

  it('an escape counts as one byte', () => {
    expect(redacted(RECORD('a\\n\\u0000\\"b')).text).toMatch(/"value":"<5:[0-9a-f]{16}>"/);
  });

  it('other output is left out, and fields that Ruby does not write are replaced', () => {
    const { text, report } = redacted(
      `Started GET "/?token=hunter22"\n${RECORD('hello', ', "note":"hunter22", "extra":{"a":"hunter22"}')}`,
    );
    expect(text).not.toContain('hunter22');
    expect(report).toEqual({ records: 1, values: 2, leftOut: 1 });
    expect(JSON.parse(text.split('\n')[1]!)).toMatchObject({ address: '0x7f0010', bytesize: 9 });
  });

  it('no value is left, whatever surrounds it', () => {
    const secret = 'hunter22';
    const piece = fc.oneof(
      fc.constant(RECORD(secret)),
      fc.constant(RECORD(`\\"${secret}\\"`, ', "file":"eval "quoted" \\path\\x.rb", "line":1')),
      fc.constant(RECORD(secret).slice(0, 90)),
      fc.constant(`${secret}\n`),
      fc.string({ maxLength: 10 }),
      fc.constant(`{"a":"${secret}"}`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        (pieces, sliceBytes) => {
          expect(redacted(pieces.join(''), KEEPING, sliceBytes).text).not.toContain(secret);
        },
      ),
    );
  });

  it('names and paths are replaced part by part, if requested', () => {
    const names = ', "file":"/srv/app/models/order.rb", "line":3, "method":"total="';
    const { text } = redacted(RECORD('a', names), HASHING);
    expect(text).toMatch(
      /"file":"\/[0-9a-f]{12}\/[0-9a-f]{12}\/[0-9a-f]{12}\/[0-9a-f]{12}\.rb", "line":3, "method":"n[0-9a-f]{12}="/,
    );
    const klass = (name: string) =>
      redacted(`{"address":"0x7f0010", "type":"CLASS", "name":"${name}", "memsize":40}\n`, HASHING).text;
    expect(klass('Order::Line')).toMatch(/"name":"N[0-9a-f]{12}::N[0-9a-f]{12}"/);
    expect(klass('String')).toContain('"name":"String"');
    expect(klass('#<Class:0x00007f12>')).toMatch(/"name":"#<Class:0x00007f12>"/);
  });
});
