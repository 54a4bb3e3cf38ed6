import { withThousands } from '../../protocol/digits.ts';
import type { RateBase } from '../../protocol/profile-report.ts';
import { rateBase } from './rate.ts';
import { downsampled, independentShare, median, medianAbsoluteDeviation, theilSen } from './robust.ts';
import type { Series, SeriesColumn } from './series.ts';
import type { Unit } from './units.ts';

/** Fewer points than this are not enough for a verdict. */
const MIN_POINTS = 10;
/** Growth below this share of the level is ignored: allocators and samplers fluctuate by as much. */
const LEVEL_TOLERANCE = 0.02;
/** If the second half grows at less than this share of the first half's rate, growth is slowing down. */
const SLOWING = 0.5;
/** At less than this share of the first half's rate, growth has stopped. */
const STOPPED = 0.1;
/**
 * A slope within two standard errors of 0 may be due to chance. The standard error of a line's rise over n independent
 * points is √12 × σ / √n, and σ of normal noise is 1.483 × its median absolute deviation: 2 × √12 × 1.483 ≈ 10.
 */
const CHANCE = 10;
/** Maximum number of steps reported. */
const MAX_STEPS = 10;

/** A jump between two rows. */
export interface Step {
  /** Row after the jump. */
  row: number;
  x: number;
  /** How much higher (or lower, if negative). */
  by: number;
}

/** Whether a number keeps growing. The figures are in the units of the column and of the series' x. */
export interface Verdict {
  kind: 'leak' | 'levels-off' | 'too-short';
  /** One sentence for display, with the figures. */
  words: string;
  /** The column judged. */
  column: string;
  unit: Unit;
  xUnit: Unit;
  points: number;
  first: number;
  last: number;
  /** Theil–Sen slope of all points, of the first and of the second half, in units per unit of x. */
  slope: number;
  firstHalfSlope: number;
  secondHalfSlope: number;
  /** The base of rates, in words. */
  per: RateBase;
  /** The level at which it levels off: the median of the last quarter. */
  plateau: number;
  /** Distance of points from the line: median absolute deviation. */
  noise: number;
  steps: Step[];
}

/**
 * Judges a column of a series.
 *
 * The rule: a line is fitted to each half of the points by Theil–Sen (the median of the slopes of all pairs), which
 * single peaks do not affect.
 *
 * - Fewer than ten points: too short to tell.
 * - The second half's line rises by less than 2 % of its level, or at less than a tenth of the first half's rate: it
 *   levels off, at the median of the last quarter.
 * - It rises by less than chance could explain ({@link CHANCE} times the noise, divided by the square root of the
 *   number of independent points): too short to tell. Correlated neighbours count as one point, as in a sawtooth.
 * - It rises at less than half of the first half's rate: it is slowing down, and may level off: too short to tell.
 * - Otherwise: a leak.
 *
 * Cost O(512²): longer series are first reduced to 512 medians of neighbours.
 */
export function judge(series: Series, column: SeriesColumn): Verdict {
  const present = rowsWithValue(series, column);
  const points = downsampled(present.x, present.y, 512);
  const half = Math.floor(points.x.length / 2);
  const early = { x: points.x.subarray(0, half), y: points.y.subarray(0, half) };
  const late = { x: points.x.subarray(half), y: points.y.subarray(half) };
  const slope = theilSen(points.x, points.y);
  const firstHalfSlope = theilSen(early.x, early.y);
  const secondHalfSlope = theilSen(late.x, late.y);
  const plateau = median(points.y.subarray(Math.floor(points.y.length * 0.75)));
  const residuals = late.y.map((y, at) => y - secondHalfSlope * late.x[at]!);
  const noise = medianAbsoluteDeviation(residuals);
  const span = late.x.length === 0 ? 0 : late.x[late.x.length - 1]! - late.x[0]!;
  const rise = secondHalfSlope * span;
  const figures = {
    column: column.name,
    unit: column.unit,
    xUnit: series.x.unit,
    points: present.y.length,
    first: present.y[0] ?? Number.NaN,
    last: present.y[present.y.length - 1] ?? Number.NaN,
    slope,
    firstHalfSlope,
    secondHalfSlope,
    per: rateBase(series.x.unit, span),
    plateau,
    noise,
    steps: stepsOf(present.x, present.y),
  };
  const independent = Math.max(1, late.y.length * independentShare(residuals));
  const chance = (CHANCE * noise) / Math.sqrt(independent);
  const kind = kindOf(figures, rise, chance);
  return { kind, words: wordsOf(kind, figures, rise, chance), ...figures };
}

type Figures = Omit<Verdict, 'kind' | 'words'>;

function kindOf(figures: Figures, rise: number, chance: number): Verdict['kind'] {
  const { points, firstHalfSlope, secondHalfSlope, plateau } = figures;
  if (points < MIN_POINTS) return 'too-short';
  const isFlat = rise <= Math.abs(plateau) * LEVEL_TOLERANCE;
  if (isFlat || secondHalfSlope < firstHalfSlope * STOPPED) return 'levels-off';
  if (rise <= chance) return 'too-short';
  return secondHalfSlope < firstHalfSlope * SLOWING ? 'too-short' : 'leak';
}

function wordsOf(kind: Verdict['kind'], figures: Figures, rise: number, chance: number): string {
  const { points, plateau, first, unit, firstHalfSlope, secondHalfSlope, per } = figures;
  // `liveBytes` and `liveBlocks` are Heapscape's own names; names from files are not changed.
  const column = figures.column.replace(
    /^live(Bytes|Blocks)$/,
    (_, what: string) => `live ${what.toLowerCase()}`,
  );
  const amount = (value: number) => amountText(value, unit);
  const rate = `${amount(secondHalfSlope * per.x)} per ${per.name}`;
  switch (kind) {
    case 'leak':
      return `Leak: ${column} keeps growing, by ${rate} in the second half (${amount(rise)} in all), with no sign of a plateau.`;
    case 'levels-off':
      return plateau > first * (1 + LEVEL_TOLERANCE)
        ? `Bloat that levels off at ${amount(plateau)}: ${column} started at ${amount(first)} and does not grow any more.`
        : `Levels off at ${amount(plateau)}: ${column} does not grow.`;
    case 'too-short':
      if (points < MIN_POINTS) {
        return `Too short to tell: ${points} ${points === 1 ? 'point' : 'points'} of ${column}; at least ${MIN_POINTS} are needed.`;
      }
      return rise <= chance
        ? `Too short to tell: ${column} rises by ${amount(rise)} in the second half, but varies so much that up to ${amount(chance)} may be chance.`
        : `Too short to tell: ${column} still grows by ${rate}, but slower than in the first half (${amount(firstHalfSlope * per.x)}).`;
  }
}

function amountText(value: number, unit: Unit): string {
  if (unit !== 'bytes') {
    return Math.abs(value) >= 1000 ? withThousands(Math.round(value)) : `${Number(value.toPrecision(4))}`;
  }
  const mebibytes = value / 2 ** 20;
  if (Math.abs(value) < 1024) return `${Number(value.toPrecision(3))} B`;
  return Math.abs(mebibytes) >= 1 ? `${mebibytes.toFixed(1)} MiB` : `${(value / 1024).toFixed(1)} KiB`;
}

function rowsWithValue(series: Series, column: SeriesColumn): { x: Float64Array; y: Float64Array } {
  const rows = Array.from(column.values.keys()).filter(row => !Number.isNaN(column.values[row]!));
  return {
    x: Float64Array.from(rows, row => series.x.values[row]!),
    y: Float64Array.from(rows, row => column.values[row]!),
  };
}

/** Jumps that are larger than a tenth of the whole range and six times larger than the median change. */
function stepsOf(x: Float64Array, y: Float64Array): Step[] {
  if (y.length < MIN_POINTS) return [];
  const changes = y.slice(1).map((value, at) => value - y[at]!);
  const usual = median(changes.map(Math.abs));
  let lowest = y[0]!;
  let highest = y[0]!;
  for (const value of y) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const least = Math.max(6 * usual, (highest - lowest) / 10);
  return Array.from(changes, (by, at) => ({ row: at + 1, x: x[at + 1]!, by }))
    .filter(step => Math.abs(step.by) > least)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, MAX_STEPS)
    .sort((a, b) => a.row - b.row);
}
