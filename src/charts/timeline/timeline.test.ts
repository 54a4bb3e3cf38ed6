import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import { brushBetween, brushExtent, brushMoved, handleAfterKey, handleDragged, wholeAxis } from './brush.ts';
import { timelineHit } from './hit-test.ts';
import { binAt, layoutTimeline, MIN_BAR_PX, plotWidth } from './layout.ts';
import { generationsOfBin, rangeOf, summariseGenerations } from './summarise.ts';
import { panned, shownRange, wholeWindow, windowScale, zoomed } from './time-window.ts';

const MARGINS = { topPx: 10, rightPx: 10, bottomPx: 20, leftPx: 50, untracedPx: 60 };
const SIZE = { widthPx: 720, heightPx: 230 };

/** A chart of two series from triples: generation, and bytes in each series. */
function chartOf(members: readonly [generation: number, one: number, other: number][]): GenerationChart {
  const series = (at: 1 | 2, label: string) => ({
    label,
    kind: 'group' as const,
    groups: 1,
    family: null,
    objects: Float64Array.from(members, () => 1),
    bytes: Float64Array.from(members, member => member[at]),
    untraced: { objects: 2, shallowBytes: 100 * at },
  });
  return {
    generations: Float64Array.from(members, member => member[0]),
    series: [series(1, 'A'), series(2, 'B')],
    traced: members.length > 0,
  };
}

const charts = fc
  .uniqueArray(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 })
  .map(generations =>
    generations.sort((a, b) => a - b).map(generation => [generation, generation + 1, 7] as const),
  )
  .map(members => chartOf(members.map(member => [...member])));

describe('summariseGenerations', () => {
  it('keeps every byte, in bars that are wide enough', () => {
    fc.assert(
      fc.property(charts, fc.integer({ min: 10, max: 1500 }), (chart, widthPx) => {
        const timeline = summariseGenerations(chart, 'bytes', widthPx, MIN_BAR_PX);
        const all = chart.series.flatMap(series => [...series.bytes]).reduce((a, b) => a + b, 0);
        expect(timeline.tracedTotal).toBe(all);
        expect(widthPx / timeline.bins).toBeGreaterThanOrEqual(MIN_BAR_PX);
      }),
    );
  });

  it('has no surplus bar where the width is not a whole number of bars', () => {
    const chart = chartOf([
      [5_001, 1, 0],
      [50_000, 1, 0],
    ]);
    expect(summariseGenerations(chart, 'bytes', 11, MIN_BAR_PX)).toMatchObject({
      binGenerations: 20_000,
      bins: 3,
    });
  });

  it('gives each generation a bar where there is room, empty ones too', () => {
    const timeline = summariseGenerations(
      chartOf([
        [40, 10, 0],
        [43, 5, 5],
      ]),
      'bytes',
      600,
      MIN_BAR_PX,
    );
    expect(timeline).toMatchObject({
      start: 40,
      binGenerations: 1,
      bins: 4,
      highest: 10,
      untracedTotal: 300,
    });
    expect([...timeline.totals]).toEqual([10, 0, 0, 10]);
  });

  it('bins at round numbers', () => {
    const timeline = summariseGenerations(
      chartOf([
        [3, 1, 0],
        [999, 1, 0],
      ]),
      'objects',
      100,
      MIN_BAR_PX,
    );
    expect(timeline).toMatchObject({ start: 0, binGenerations: 50, bins: 20 });
    expect(generationsOfBin(timeline, 19)).toEqual({ from: 950, to: 999 });
  });

  it('gives a narrower set the bins of the whole heap', () => {
    const range = { first: 3, last: 999 };
    const narrow = summariseGenerations(chartOf([[500, 1, 0]]), 'objects', 100, MIN_BAR_PX, range);
    expect(narrow).toMatchObject({ start: 0, binGenerations: 50, bins: 20 });
  });

  it('has no bars where nothing is traced', () => {
    expect(summariseGenerations(chartOf([]), 'bytes', 100, MIN_BAR_PX)).toMatchObject({
      bins: 0,
      highest: 0,
    });
  });
});

const timeline = summariseGenerations(
  chartOf([
    [10, 60, 40],
    [11, 10, 10],
    [19, 1, 0],
  ]),
  'bytes',
  plotWidth(SIZE, MARGINS),
  MIN_BAR_PX,
);
const layout = layoutTimeline(timeline, SIZE, MARGINS, 4);

describe('timelineHit', () => {
  it('finds the bin and the series of its stack', () => {
    const xPx = layout.plot.leftPx + layout.binPx / 2;
    const bottom = layout.plot.topPx + layout.plot.heightPx;
    expect(timelineHit(layout, { xPx, yPx: bottom - 1 })).toEqual({ part: 'bin', bin: 0, series: 0 });
    expect(timelineHit(layout, { xPx, yPx: layout.plot.topPx + 1 })).toEqual({
      part: 'bin',
      bin: 0,
      series: 1,
    });
    expect(timelineHit(layout, { xPx: xPx + 5 * layout.binPx, yPx: bottom - 1 })).toEqual({
      part: 'bin',
      bin: 5,
      series: null,
    });
  });

  it('finds the untraced band, and nothing outside', () => {
    expect(timelineHit(layout, { xPx: 5, yPx: 209 })).toEqual({ part: 'untraced', series: 0 });
    expect(timelineHit(layout, { xPx: 5, yPx: 11 })).toEqual({ part: 'untraced', series: 1 });
    expect(timelineHit(layout, { xPx: 80, yPx: 100 })).toBeNull();
    expect(timelineHit(layout, { xPx: 300, yPx: 225 })).toBeNull();
  });
});

describe('the brush', () => {
  const middleOf = (bin: number) => layout.plot.leftPx + (bin + 0.5) * layout.binPx;

  it('selects whole bins either way', () => {
    expect(brushBetween(layout, middleOf(2), middleOf(4))).toEqual({ from: 12, to: 14 });
    expect(brushBetween(layout, middleOf(4), middleOf(2))).toEqual({ from: 12, to: 14 });
    expect(brushBetween(layout, -1000, 5000)).toEqual(wholeAxis(timeline));
  });

  it('covers what it selects', () => {
    const { leftPx, rightPx } = brushExtent(layout, { from: 12, to: 14 });
    expect(binAt(layout, leftPx + 0.01)).toBe(2);
    expect(binAt(layout, rightPx - 0.01)).toBe(4);
  });

  it('moves as a whole without leaving the axis', () => {
    const brush = { from: 12, to: 14 };
    expect(brushMoved(layout, brush, 2 * layout.binPx)).toEqual({ from: 14, to: 16 });
    expect(brushMoved(layout, brush, 9999)).toEqual({ from: 17, to: 19 });
    expect(brushMoved(layout, brush, -9999)).toEqual({ from: 10, to: 12 });
  });

  it('has handles that never cross', () => {
    const brush = { from: 12, to: 14 };
    expect(handleDragged(layout, brush, 'from', middleOf(8))).toEqual({ from: 14, to: 14 });
    expect(handleDragged(layout, brush, 'to', middleOf(0))).toEqual({ from: 12, to: 12 });
    expect(handleAfterKey(timeline, brush, 'from', 'ArrowLeft')).toEqual({ from: 11, to: 14 });
    expect(handleAfterKey(timeline, brush, 'to', 'End')).toEqual({ from: 12, to: 19 });
    expect(handleAfterKey(timeline, brush, 'from', 'Home')).toEqual({ from: 10, to: 14 });
    expect(handleAfterKey(timeline, { from: 10, to: 10 }, 'from', 'ArrowRight')).toEqual({
      from: 10,
      to: 10,
    });
    expect(handleAfterKey(timeline, brush, 'from', 'x')).toBeNull();
  });
});

describe('a magnified timeline', () => {
  const range = { first: 100, last: 299 };
  const plot = { leftPx: 50, topPx: 0, widthPx: 400, heightPx: 100 };

  it('keeps the generation under the pointer, and never leaves the axis', () => {
    const steps = fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.nat(400)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: -900, max: 900 }), (zooms, byPx) => {
        let window = wholeWindow(range);
        for (const [factor, xPx] of zooms) window = zoomed(range, window, plot, factor, plot.leftPx + xPx);
        const shown = shownRange(range, panned(range, window, plot, byPx));
        expect(shown.first).toBeGreaterThanOrEqual(range.first);
        expect(shown.last).toBeLessThanOrEqual(range.last);
        expect(shown.last - shown.first).toBeGreaterThanOrEqual(7);
        expect(windowScale(range, window)).toBeGreaterThanOrEqual(1);
      }),
    );
    const half = zoomed(range, wholeWindow(range), plot, 2, plot.leftPx + 100);
    // A quarter of the way is generation 150, before and after.
    expect(half).toEqual({ from: 125, span: 100 });
    expect(panned(range, half, plot, 40)).toEqual({ from: 115, span: 100 });
    expect(zoomed(range, half, plot, 0.1, 60)).toEqual(wholeWindow(range));
  });

  it('adds up earlier generations, and moves no end of a brush that is out of view', () => {
    const chart = chartOf([
      [0, 1, 2],
      [10, 4, 8],
      [20, 16, 32],
    ]);
    const part = summariseGenerations(chart, 'bytes', 600, MIN_BAR_PX, { first: 5, last: 14 }, true);
    expect(rangeOf(chart)).toEqual({ first: 0, last: 20 });
    expect([...part.totals]).toEqual([3, 3, 3, 3, 3, 15, 15, 15, 15, 15]);
    expect(part.tracedTotal).toBe(63);
    const laidOut = layoutTimeline(part, SIZE, MARGINS, 0);
    const brush = { from: 2, to: 9 };
    expect(handleAfterKey(part, brush, 'to', 'ArrowRight')).toEqual({ from: 2, to: 10 });
    expect(handleAfterKey(part, { from: 6, to: 18 }, 'from', 'ArrowLeft')).toEqual({ from: 5, to: 18 });
    expect(brushMoved(laidOut, brush, 2 * laidOut.binPx)).toEqual({ from: 2, to: 11 });
  });
});
