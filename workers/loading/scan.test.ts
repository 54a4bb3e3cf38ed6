import { afterEach, expect, test, vi } from 'vitest';
import { superseded } from '../model/cooperation.ts';
import { SUPERSEDED } from '../protocol/errors.ts';
import { bytesSource } from '../testing/bytes-source.ts';
import { type ScanProgress, scanHere } from './scan.ts';

const RECORD = '{"address":"0x7f0000000028", "type":"STRING", "memsize":40}\n';
/** One slice with every kind of text that is read in steps. */
const HOSTILE = [
  RECORD,
  'a\n'.repeat(100_000),
  '{"type":\n'.repeat(2000),
  '{"address":"0x7f28", "file":"x\n'.repeat(2000),
  `{"value":"${'" '.repeat(100_000)}\n`,
].join('');

/** A clock that advances by a tenth of a second at each reading. */
function slowClock(): void {
  let ms = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (ms += 100));
}

afterEach(() => {
  vi.restoreAllMocks();
});

const sourceOf = (text: string) => bytesSource(new TextEncoder().encode(text), []);

test('a scan reports progress and handles messages within a slice', async () => {
  slowClock();
  const turns: ScanProgress[] = [];
  let messages = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => messages++;
  const scanned = await scanHere(
    sourceOf(HOSTILE),
    progress => {
      turns.push(progress);
      // Each message is handled before the next report, although no slice ends in between.
      expect(messages).toBeGreaterThanOrEqual(turns.length - 1);
      port2.postMessage(null);
    },
    Number.POSITIVE_INFINITY,
  );
  port1.close();
  expect(turns.filter(({ textBytes }) => textBytes === 0).length).toBeGreaterThan(50);
  expect(scanned.imported.columns.objects).toBe(1);
});

test('the first preview has objects, and comes with the first slice', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const reports: ScanProgress[] = [];
  const log = 'no record\n'.repeat(10_000);
  await scanHere(sourceOf(`${log}${RECORD.repeat(3)}`), progress => void reports.push(progress));
  const previews = reports.flatMap(({ preview }) => preview ?? []);
  expect(previews.map(({ objects }) => objects)).toEqual([1]);
  expect(previews[0]!.types).toMatchObject([{ type: 'STRING', objects: 1 }]);
});

test('a scan stops within a slice', async () => {
  slowClock();
  let turns = 0;
  const ended = scanHere(
    sourceOf(HOSTILE),
    () => {
      if (++turns === 5) throw superseded();
    },
    Number.POSITIVE_INFINITY,
  );
  await expect(ended).rejects.toMatchObject({ name: SUPERSEDED });
  expect(turns).toBe(5);
});

test('tables and pages are limited by the available memory, before it is allocated', async () => {
  slowClock();
  const roots = Array.from(
    { length: 2000 },
    (_, at) => `{"type":"ROOT", "root":"kind ${at}", "references":[]}\n`,
  );
  const spread = Array.from(
    { length: 2000 },
    (_, at) => `"0x${(0x1000_0000_0000 + at * 16_384).toString(16)}"`,
  );
  const text = `${RECORD}{"address":"0x7f0000000050", "type":"ARRAY", "references":[${spread.join(', ')}], "memsize":40}\n`;
  const last: ScanProgress[] = [];
  await scanHere(sourceOf(roots.join('') + text), progress => void last.splice(0, 1, progress), 2 ** 30);
  expect(last[0]!.tableBytes).toBeGreaterThan(4000 * 500);
  await expect(scanHere(sourceOf(text), () => undefined, 2 ** 20)).rejects.toThrow(
    /spread over more than [\d,]+ pages of 16 KiB/,
  );
});
