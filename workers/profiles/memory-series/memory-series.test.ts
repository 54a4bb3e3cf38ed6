import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureText, open, seriesIn } from '../../testing/profiles/read-text.ts';
import { columnOf } from '../model/series.ts';

const ruby = JSON.parse(fixtureText('ruby-totals.json')) as { lastGcStat: Record<string, number> };

/** The values of a column; empty if it does not exist. */
async function column(text: string, name: string): Promise<number[]> {
  const { series } = await seriesIn(text);
  return Array.from(columnOf(series, name)?.values ?? []);
}

describe('GC.stat', () => {
  test('as JSON lines has the numbers that Ruby wrote, over their times', async () => {
    const { series, totals, verdict } = await seriesIn(fixtureText('gc-stat.jsonl'));
    expect(totals).toMatchObject({
      samples: 24,
      liveObjects: ruby.lastGcStat.heap_live_slots,
      allocatedObjects: ruby.lastGcStat.total_allocated_objects,
      endRssBytes: ruby.lastGcStat.rss_kb! * 1024,
    });
    expect(series.x).toMatchObject({ name: 'time', unit: 'seconds' });
    expect(series.x.values.at(-1)).toBe(23 * 60);
    expect(columnOf(series, 'total_allocated_objects')).toMatchObject({ kind: 'counter', unit: 'count' });
    expect(columnOf(series, 'malloc_increase_bytes')).toMatchObject({ kind: 'gauge', unit: 'bytes' });
    // A program that keeps its last twelve batches grows to a plateau.
    expect(verdict!.column).toBe('rss');
    expect(verdict!.kind).not.toBe('leak');
  });

  test('in a log has the same numbers, with the times of the log', async () => {
    const { series } = await seriesIn(fixtureText('gc-stat.log'));
    expect(series.x.values.at(-1)).toBe(23 * 60);
    expect(columnOf(series, 'count')!.values.at(-1)).toBe(ruby.lastGcStat.count);
  });

  test('reads back random records, in any style', async () => {
    const record = fc.record({ heap_live_slots: fc.nat(1e7), old_objects: fc.nat(1e6), rss: fc.nat(1e6) });
    const records = fc.array(record, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(records, fc.nat(3), async (rows, style) => {
        const lines = rows.map((row, at) => {
          const pairs = Object.entries(row);
          const time = new Date(1_700_000_000_000 + at * 1000).toISOString();
          if (style === 0) return JSON.stringify({ timestamp: time, ...row });
          if (style === 1)
            return `${time} pid=1 tid=x INFO: ${pairs.map(([key, value]) => `${key}=${value}`).join(' ')}`;
          if (style === 2) return `${time} {${pairs.map(([key, value]) => `:${key}=>${value}`).join(', ')}}`;
          return `I, [${time.slice(0, 23)} #1]  INFO -- : {${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
        });
        const text = lines.join('\nGET / 200\n');
        const { series } = await seriesIn(text);
        expect([...series.x.values]).toEqual(rows.map((_, at) => at));
        expect([...columnOf(series, 'heap_live_slots')!.values]).toEqual(
          rows.map(row => row.heap_live_slots),
        );
        expect([...columnOf(series, 'rss')!.values]).toEqual(rows.map(row => row.rss * 1024));
      }),
    );
  });

  test('keeps the pairs of a hash that is cut off, and says so', async () => {
    const text = '{:count=>372, \n:heap_live_slots=>1062327, \n:heap_free_slots=>19673';
    const { notes, series } = await seriesIn(text);
    expect(columnOf(series, 'heap_live_slots')!.values[0]).toBe(1062327);
    expect(columnOf(series, 'heap_free_slots')).toBeNull();
    expect(notes.join()).toContain('1 records are cut off');
  });

  test('of heap pools has a column for each size of slots, and one for all', async () => {
    const pools = '{0=>{:slot_size=>40, :heap_eden_pages=>24}, 1=>{:slot_size=>80, :heap_eden_pages=>5}}';
    const newer = `{0 => {slot_size: 40, heap_eden_pages: 24}, 1 => {slot_size: 80, heap_eden_pages: 5}}`;
    for (const text of [pools, newer]) {
      expect(await column(text, 'heap_eden_pages (80 B)')).toEqual([5]);
      expect(await column(text, 'heap_eden_pages')).toEqual([29]);
    }
  });

  test('is judged together with the other numbers of a record', async () => {
    const record = (at: number) =>
      JSON.stringify({
        time: 1_700_000_000 + 60 * at,
        gc: { heap_live_slots: 50_000 + 100 * at, count: at },
        pools: {
          0: { slot_size: 40, heap_live_slots: 30_000 },
          1: { slot_size: 80, heap_live_slots: 20_000 },
        },
      });
    const { verdict, totals, series } = await seriesIn(
      Array.from({ length: 240 }, (_, at) => record(at)).join('\n'),
    );
    expect(verdict!.words).toMatch(/^Leak: gc.heap_live_slots keeps growing, by 6,000 per hour/);
    expect(totals).toEqual({ samples: 240, liveObjects: 73_900 });
    expect(series.columns.map(({ name }) => name)).toEqual([
      'gc.heap_live_slots',
      'gc.count',
      'heap_live_slots (40 B)',
      'heap_live_slots (80 B)',
    ]);
  });

  test('records out of order are sorted by their times', async () => {
    const at = (second: number, slots: number) =>
      `{"timestamp":"2026-01-01T00:00:0${second}Z","heap_live_slots":${slots}}`;
    const { series, notes } = await seriesIn([at(3, 30), at(1, 10), at(2, 20)].join('\n'));
    expect([...series.x.values]).toEqual([0, 1, 2]);
    expect([...series.columns[0]!.values]).toEqual([10, 20, 30]);
    expect(notes.join()).toContain('were sorted');
  });
});

describe('other notations for memory', () => {
  test('Heroku: numbers followed by units, with other lines in between', async () => {
    const line = (rss: string) =>
      `2016-08-14T14:28:43.28+00:00 heroku[web.1]: dyno=heroku.0 sample#memory_rss=${rss}MB sample#memory_pgpgin=47343pages`;
    const text = `${line('168.50')}\n2016-08-14T14:29:24+00:00 heroku[web.1]: sample#load_avg_1m=0.00\n${line('169')}`;
    expect(await column(text, 'memory_rss')).toEqual([168.5 * 2 ** 20, 169 * 2 ** 20]);
    expect(await column(text, 'memory_pgpgin')).toEqual([47343, 47343]);
  });

  test('Puma worker killer', async () => {
    const text =
      'PumaWorkerKiller: Consuming 54.5 mb with master and 2 workers.\nPumaWorkerKiller: Consuming 60 mb with master and 2 workers.\n';
    expect(await column(text, 'rss')).toEqual([54.5 * 2 ** 20, 60 * 2 ** 20]);
  });

  test('CSV: the first column is the clock, though GC.stat has a time as well', async () => {
    const text = 'time,rss_kb,count,time,heap_live_slots\n0,100,12,7,28863\n5,110,12,8,30107\n';
    const { series } = await seriesIn(text);
    expect([...series.x.values]).toEqual([0, 5]);
    expect([...columnOf(series, 'rss')!.values]).toEqual([102400, 112640]);
    expect(columnOf(series, 'time')).toMatchObject({ unit: 'milliseconds' });
    const broken = await seriesIn(`${text}6,1\n`);
    expect(broken.damage.first).toEqual([{ line: 4, text: '6,1', why: '5 values were expected' }]);
  });

  test('top -b: large sizes with a letter, times of day across midnight', async () => {
    const sample = (time: string, size: string) =>
      `top - ${time} up 10 days,  1:02,  1 user\nTasks: 120 total,   1 running\nMiB Mem :  15900.1 total\n\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n   4242 app       20   0 1234567 ${size}  12345 S   3.0   1.3   1:23.45 ruby\n\n`;
    const { series, damage } = await seriesIn(sample('23:59:58', '900000') + sample('00:00:01', '1.2g'));
    expect([...series.x.values]).toEqual([0, 3]);
    expect([...columnOf(series, 'rss')!.values]).toEqual([900_000 * 1024, Math.round(1.2 * 2 ** 30)]);
    expect(damage.lines).toBe(0);
  });

  test('docker stats: a column for each container', async () => {
    const sample = (web: string) =>
      `CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O           BLOCK I/O        PIDS\n1a2b3c4d5e6f   web       1.23%     ${web} / 1.952GiB   10.0%     1.2MB / 3.4MB     0B / 0B          23\n2a2b3c4d5e6f   db        0.10%     50.5MiB / 1.952GiB   10.0%     1.2MB / 3.4MB     0B / 0B          23\n`;
    const text = sample('200.5MiB') + sample('1.5GiB');
    expect(await column(text, 'memory')).toEqual([200.5 * 2 ** 20, 1.5 * 2 ** 30]);
    expect(await column(text, 'memory_db')).toEqual([50.5 * 2 ** 20, 50.5 * 2 ** 20]);
  });

  test('a size after a word for memory, in any log', async () => {
    const text = '2024-01-01 00:00:01 Memory usage: 1,024 KB\n2024-01-01 00:00:06 Memory usage: 2 MB\n';
    const { series } = await seriesIn(text);
    expect([...series.x.values]).toEqual([0, 5]);
    expect([...columnOf(series, 'rss')!.values]).toEqual([2 ** 20, 2 ** 21]);
    await expect(seriesIn('Rss:   4 kB\nRss:   8 kB\n')).rejects.toThrow('that Heapscape knows');
  });

  test('ps: one process with a header each time, or several', async () => {
    const one = '  PID   RSS COMMAND\n 4242 15108 ruby a.rb\n  PID   RSS COMMAND\n 4242 15212 ruby a.rb\n';
    expect(await column(one, 'rss')).toEqual([15108 * 1024, 15212 * 1024]);
    const two = 'USER PID RSS VSZ\nme 1 10 99\nme 2 20 99\nUSER PID RSS VSZ\nme 1 11 99\nme 2 21 99\n';
    expect(await column(two, 'rss')).toEqual([10 * 1024, 11 * 1024]);
    expect(await column(two, 'rss_2')).toEqual([20 * 1024, 21 * 1024]);
  });

  test('derailed: one number per line, in MiB', async () => {
    const { series, verdict, totals } = await seriesIn(fixtureText('derailed-mem-over-time.txt'));
    expect(series.columns[0]!.values[0]).toBe(85.98046875 * 2 ** 20);
    expect(totals).toMatchObject({ samples: 14, peakRssBytes: 526.53515625 * 2 ** 20 });
    expect(verdict!.kind).toBe('leak');
    const booting = 'Booting: production\nEndpoint: "/leak"\nPID: 23308\n85.94140625\n133.8984375\n';
    expect(await column(booting, 'rss')).toEqual([90116096, 140402688]);
  });
});

test('a log without numbers of memory is not taken for a series', async () => {
  await expect(open('level=info msg=hello status=200\nlevel=info msg=bye status=200\n')).rejects.toThrow(
    'not a heap dump',
  );
  await expect(open('{"level":"info","status":200}\n{"level":"info","status":404}\n')).rejects.toThrow(
    'not a heap dump',
  );
});
