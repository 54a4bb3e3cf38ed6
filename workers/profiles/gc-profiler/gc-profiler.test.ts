import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtureText, seriesIn } from '../../testing/profiles/read-text.ts';
import { columnOf } from '../model/series.ts';

const HEADER =
  'Index    Invoke Time(sec)       Use Size(byte)     Total Size(byte)         Total Object                    GC Time(ms)';

test('has each GC run that Ruby lists', async () => {
  const text = fixtureText('gc-profiler.txt');
  const { totals, series, damage } = await seriesIn(text);
  expect(totals.gcRuns).toBe(text.split('\n').filter(line => /^ +\d+ /.test(line)).length);
  expect(columnOf(series, 'heap_total_size')!.unit).toBe('bytes');
  expect(damage.lines).toBe(0);
});

test('sizes of zero are not treated as measured', async () => {
  const row = (index: number, sizes: string) =>
    `    ${index}               1.${index}00              ${sizes}        1.50000000000000000000`;
  const { series, notes } = await seriesIn(
    `GC 44 invokes.\n${HEADER}\n${row(1, '8224080 9930520 248263')}\n${row(2, '0 0 0')}\n`,
  );
  expect([...columnOf(series, 'heap_use_size')!.values]).toEqual([8224080, Number.NaN]);
  expect([...columnOf(series, 'gc_time')!.values]).toEqual([1.5, 1.5]);
  expect(notes.join()).toContain('1 runs have zeros');
});

test('reads back random runs, as a table and as raw data', async () => {
  const run = fc.record({
    use: fc.integer({ min: 1, max: 1e9 }),
    total: fc.integer({ min: 1, max: 1e9 }),
    objects: fc.nat(1e6),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 12 }), fc.boolean(), async (runs, raw) => {
      const text = raw
        ? `[${runs.map(({ use, total, objects }, at) => `{:GC_FLAGS=>\n   {:gc_by=>:newobj,\n    :have_finalizer=>false},\n  :GC_TIME=>0.0015,\n  :GC_INVOKE_TIME=>${at}.5,\n  :HEAP_USE_SIZE=>${use},\n  :HEAP_TOTAL_SIZE=>${total},\n  :HEAP_TOTAL_OBJECTS=>${objects},\n  :GC_IS_MARKED=>true}`).join(',\n ')}]\n`
        : `GC ${runs.length} invokes.\n${HEADER}\n${runs.map(({ use, total, objects }, at) => `    ${at + 1}  ${at}.500  ${use}  ${total}  ${objects}  1.50000000000000000000`).join('\n')}\n`;
      const { series, damage } = await seriesIn(text);
      expect(damage.lines).toBe(0);
      expect([...series.x.values]).toEqual(runs.map((_, at) => at + 0.5));
      expect([...columnOf(series, 'heap_use_size')!.values]).toEqual(runs.map(each => each.use));
      expect([...columnOf(series, 'heap_total_objects')!.values]).toEqual(runs.map(each => each.objects));
      expect(columnOf(series, 'gc_time')!.values[0]).toBeCloseTo(1.5);
    }),
  );
});
