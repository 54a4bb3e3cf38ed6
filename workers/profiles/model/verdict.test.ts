import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theilSen } from './robust.ts';
import { SeriesBuilder } from './series.ts';
import { judge, type Verdict } from './verdict.ts';

const MEBIBYTE = 2 ** 20;

/** The verdict on sizes in MiB, one per minute. */
function verdictOn(mebibytes: readonly number[]): Verdict {
  const builder = new SeriesBuilder();
  for (const [row, value] of mebibytes.entries()) {
    builder.row(row * 60);
    builder.set('rss', value * MEBIBYTE, 'bytes');
  }
  const series = builder.finish('time', 'seconds');
  return judge(series, series.columns[0]!);
}

/** Pseudo-random numbers from -1 to 1, the same in each run. */
function noise(at: number): number {
  const wave = Math.sin(at * 12.9898) * 43758.5453;
  return (wave - Math.floor(wave)) * 2 - 1;
}

const series = (points: number, of: (at: number) => number) =>
  Array.from({ length: points }, (_, at) => of(at));

describe('a leak', () => {
  test('grows as fast in the second half as in the first', () => {
    const verdict = verdictOn(series(60, at => 100 + 2 * at));
    expect(verdict.kind).toBe('leak');
    expect(verdict.slope).toBeCloseTo((2 * MEBIBYTE) / 60, 5);
    expect(verdict.words).toContain('Leak: rss keeps growing, by 2.0 MiB per minute');
  });

  test('is detected in spite of noise and single peaks', () => {
    const noisy = series(200, at => 100 + at + 5 * noise(at) + (at % 37 === 0 ? 300 : 0));
    expect(verdictOn(noisy).kind).toBe('leak');
  });

  test('is detected in the sawtooth of a garbage collector', () => {
    expect(verdictOn(series(300, at => 100 + 0.5 * at + (at % 10) * 3)).kind).toBe('leak');
  });

  test('may come in steps, which are listed', () => {
    const verdict = verdictOn(series(60, at => 100 + 50 * Math.floor(at / 10)));
    expect(verdict.kind).toBe('leak');
    expect(verdict.steps.map(step => [step.row, step.by])).toEqual(
      [10, 20, 30, 40, 50].map(row => [row, 50 * MEBIBYTE]),
    );
  });
});

describe('bloat that levels off', () => {
  test('has its plateau named', () => {
    const verdict = verdictOn(series(120, at => 500 - 400 * Math.exp(-at / 10) + noise(at)));
    expect(verdict.kind).toBe('levels-off');
    expect(verdict.plateau / MEBIBYTE).toBeCloseTo(500, -1);
    expect(verdict.words).toMatch(/^Bloat that levels off at (499|500|501)\.\d MiB/);
  });

  test('is also the verdict on a series that never grew, or shrinks', () => {
    expect(verdictOn(series(40, at => 200 + 2 * noise(at))).words).toMatch(/^Levels off at .* does not grow/);
    expect(verdictOn(series(40, at => 200 - at)).kind).toBe('levels-off');
  });
});

describe('too short to tell', () => {
  test('are fewer than ten points', () => {
    expect(verdictOn(series(9, at => at * 100)).kind).toBe('too-short');
    expect(verdictOn([1]).words).toBe('Too short to tell: 1 point of rss; at least 10 are needed.');
  });

  test('is growth that slows down, but has not stopped', () => {
    const verdict = verdictOn(series(60, at => 500 - 400 * Math.exp(-at / 25)));
    expect(verdict.kind).toBe('too-short');
    expect(verdict.words).toContain('still grows');
  });

  test('is a rise that may be due to chance', () => {
    const verdict = verdictOn(series(20, at => 10 + 0.15 * at + 3 * (at % 2)));
    expect(verdict.kind).toBe('too-short');
    expect(verdict.words).toMatch(
      /^Too short to tell: rss rises by .* but varies so much that up to .* may be chance/,
    );
  });

  test('is a single tooth of a sawtooth', () => {
    // The second half only rises, but would fall after that.
    const teeth = series(60, at => 100 + (at % 30 < 25 ? at % 30 : 0) * 2 + noise(at));
    expect(verdictOn([...teeth, ...teeth.slice(0, 20)]).kind).not.toBe('leak');
  });

  test('is nearly always the verdict on a random walk', () => {
    const walks = Array.from({ length: 60 }, (_, seed) => {
      let level = 50;
      return verdictOn(series(200, at => (level += noise(at + seed * 211)))).kind;
    });
    expect(walks.filter(kind => kind === 'leak').length).toBeLessThan(walks.length / 4);
  });
});

test('rows without a value are ignored', () => {
  const builder = new SeriesBuilder();
  for (let row = 0; row < 40; row++) {
    builder.row(row);
    if (row % 2 === 0) builder.set('heap_live_slots', 1000 + row * 10, 'count');
  }
  const { x, columns } = builder.finish('record', 'index');
  const verdict = judge({ x, columns }, columns[0]!);
  expect(verdict.points).toBe(20);
  expect(verdict.slope).toBeCloseTo(10);
});

test('a few outliers do not change the slope of a line', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -50, max: 50 }),
      fc.nat(19),
      (slope, start, wild) => {
        const x = Float64Array.from({ length: 20 }, (_, at) => at);
        const y = x.map(at => start + slope * at);
        y[wild] = 1e9;
        expect(theilSen(x, y)).toBeCloseTo(slope, 6);
      },
    ),
  );
});

test('a long series is judged by medians of neighbours', () => {
  expect(verdictOn(series(100_000, at => 100 + at / 500 + noise(at))).kind).toBe('leak');
});
