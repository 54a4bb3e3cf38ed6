import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withThousands } from '../../protocol/digits.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { storedIn } from '../../testing/fuzz/gzip-fuzz.ts';
import { findGzip } from './find-gzip.ts';
import { SAVED_AS_TEXT } from './gzip-header.ts';
import { GzipSource } from './gzip-source.ts';

const text = fixtureDump('ruby-3.4-wasm').subarray(0, 2_000_000);
const file = new Uint8Array(gzipSync(text));

async function read(bytes: Uint8Array) {
  const found = await findGzip(storedIn(bytes, () => 50_000));
  if (found === null) return null;
  const source = new GzipSource(found.stored, found.notes, found.likelyCause);
  const slices: Uint8Array[] = [];
  for await (const slice of source.slices()) slices.push(slice.slice());
  const again = await source.read([{ offset: 123_456, length: 500 }]);
  const all = Buffer.concat(slices);
  return { all, again: again[0]!, notes: found.notes, damage: source.findings.damage };
}

/** Line feeds as a terminal translates them. */
function translated(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes].flatMap(byte => (byte === 0x0a ? [0x0d, 0x0a] : [byte])));
}

describe('a gzip stream', () => {
  it.each([
    ['as it is', file, 0],
    [
      'after a line of text',
      new Uint8Array([...Buffer.from('Defaulted container "web" out of: web, log\n'), ...file]),
      1,
    ],
    ['copied through a terminal', translated(file), 1],
    ['both', translated(new Uint8Array([...Buffer.from('$ cat heap.json.gz\n'), ...file])), 2],
  ])('is found %s', async (_, bytes, notes) => {
    const found = await read(bytes);
    expect(found?.damage).toBeNull();
    expect(Buffer.compare(found!.all, text)).toBe(0);
    expect(Buffer.compare(found!.again, text.subarray(123_456, 123_956))).toBe(0);
    expect(found!.notes).toHaveLength(notes);
  });

  it('is found in a short file that was copied through a terminal', async () => {
    for (let lines = 1; lines < 60; lines++) {
      const short = Buffer.from(Array.from({ length: lines }, (_, i) => `line ${i * i}`).join('\n'));
      const copied = translated(new Uint8Array(gzipSync(short)));
      const found = await read(copied);
      expect(found?.damage).toBeNull();
      expect(found!.all.equals(short)).toBe(true);
    }
  });

  it('keeps CR LF in stored blocks, whole and cut', async () => {
    const lines = Buffer.from('a line as Windows ends it\r\n'.repeat(9000));
    const stored = new Uint8Array(gzipSync(lines, { level: 0 }));
    const whole = await read(stored);
    expect(whole).toMatchObject({ damage: null, notes: [] });
    expect(whole!.all.equals(lines)).toBe(true);
    const cut = await read(stored.subarray(0, 200_000));
    expect(cut!.damage).toContain('cut short: it ends at byte 200,000');
    expect(cut!.notes).toEqual([]);
    expect(cut!.all.equals(lines.subarray(0, cut!.all.length))).toBe(true);
    expect(cut!.all.length).toBeGreaterThan(199_000);
  });

  it('reports why it is damaged, and where in the file, if more than line ends was changed', async () => {
    const prefix = Buffer.from('$ cat heap.json.gz\n');
    const changed = file.slice();
    changed[50_000] = changed[50_000]! ^ 1;
    const copied = translated(new Uint8Array([...prefix, ...changed]));
    const found = await read(copied);
    expect(found!.damage).toMatch(/kubectl cp/);
    const place = Number(/byte ([\d,]+)/.exec(found!.damage!)![1]!.replaceAll(',', ''));
    const at = translated(new Uint8Array([...prefix, ...file.subarray(0, 50_000)])).length;
    expect(place).toBeGreaterThanOrEqual(at);
    expect(place).toBeLessThanOrEqual(copied.length);
  });

  it('names offsets in the file, even if text comes before it', async () => {
    const prefix = new Uint8Array(Buffer.from('a line\n'));
    const found = await read(new Uint8Array([...prefix, ...file, 1, 2, 3, ...Buffer.from('closed.\n')]));
    expect(found!.damage).toBe(
      `What is at byte ${withThousands(prefix.length + file.length)} is no gzip header.`,
    );
  });

  it('is left to the reader of records if records come before it', async () => {
    expect(await read(new Uint8Array([...text.subarray(0, 5000), ...file]))).toBeNull();
  });

  it('is not found in text, nor in data that only has its first bytes', async () => {
    expect(await read(text)).toBeNull();
    expect(
      await read(new Uint8Array([0x41, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff])),
    ).toBeNull();
  });
});

describe('a gzip file that was saved as text', () => {
  const latin1 = Buffer.from(file).toString('latin1');
  it.each([
    ['with what is no UTF-8 replaced', Buffer.from(Buffer.from(file).toString('utf8'))],
    ['from Latin-1', Buffer.from(latin1, 'utf8')],
    ['with a mark of its encoding', Buffer.from(`\ufeff${latin1}`, 'utf8')],
    ['from Windows-1252', Buffer.from(new TextDecoder('windows-1252').decode(file), 'utf8')],
    ['in UTF-16', Buffer.from(`\ufeff${latin1}`, 'utf16le')],
  ])('is known: %s', (_, bytes) => {
    expect(SAVED_AS_TEXT.test(bytes.subarray(0, 100).toString('latin1'))).toBe(true);
  });

  it('is not confused with other files', () => {
    for (const other of [
      text,
      file,
      Buffer.from('\u001f x'),
      Buffer.from('\ufeff{"type":"ROOT"}', 'utf16le'),
    ]) {
      expect(SAVED_AS_TEXT.test(Buffer.from(other.subarray(0, 100)).toString('latin1'))).toBe(false);
    }
  });
});
