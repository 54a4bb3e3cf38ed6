import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FIXTURES = new URL('../../e2e/fixtures/', import.meta.url);

/** Names of the dumps in e2e/fixtures. */
export function fixtureNames(): string[] {
  return readdirSync(FIXTURES)
    .filter(file => file.endsWith('.json.gz'))
    .map(file => file.replace(/\.json\.gz$/, ''));
}

/** The text of a dump in e2e/fixtures. */
export function fixtureDump(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`${name}.json.gz`, FIXTURES))));
}

/**
 * A few kilobytes of a real dump: unusual records first, then one of each type and subtype, and a root that lists them
 * all. Most references dangle.
 */
export function excerptOfDump(name: string, records = 24): Uint8Array {
  const text = Buffer.from(fixtureDump(name)).toString('latin1');
  const all = text.match(/^\{"address":"0x[\s\S]*?\}(?:\n(?=\{)|\n*$)/gm) ?? [];
  const kept = new Map<string, string>();
  for (const record of all) {
    const fields = [...record.matchAll(/"(?:type|imemo_type|struct|root|shape_type)":"([^"]*)"/g)].map(
      m => m[1],
    );
    const odd = ODD.filter(pattern => pattern.test(record)).map(String);
    const kind = odd.length > 0 ? odd.join(' ') : fields.join(' ');
    const length = kept.get(kind)?.length ?? LONGEST_RECORD;
    if (record.length < length) kept.set(kind, record);
  }
  const isOdd = (record: string) => ODD.some(pattern => pattern.test(record));
  const chosen = [...kept.values()].sort((a, b) => Number(isOdd(b)) - Number(isOdd(a))).slice(0, records);
  const addresses = chosen.map(record => /"(0x[0-9a-f]+)"/.exec(record)![1]!);
  const root = `{"type":"ROOT", "root":"vm", "references":[${addresses.map(a => `"${a}"`).join(', ')}]}\n`;
  return new Uint8Array(Buffer.from(root + chosen.join(''), 'latin1'));
}

const LONGEST_RECORD = 500;
/** Patterns of unusual records: unescaped text, a newline in a path, stale bytes, escapes. */
const ODD = [
  /\\u00ff/,
  /"file":"[^"]*"[^,}]/,
  /"file":"[^"\n]*\n/,
  /"value":"[^"]*\\/,
  /"file":/,
  /"name":"[^"]*" /,
];
