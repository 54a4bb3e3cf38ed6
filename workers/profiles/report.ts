import type { ProfileReport, SeriesReport } from '../protocol/profile-report.ts';
import { REPORT_VERSION } from '../protocol/report.ts';
import type { CallTree } from './model/call-tree.ts';
import { type FunctionRow, functionTable } from './model/function-table.ts';
import { judgeMain } from './model/main-column.ts';
import type { Opened } from './model/profile.ts';
import type { Series } from './model/series.ts';
import type { Totals } from './model/units.ts';
import type { Verdict } from './model/verdict.ts';

/** The report of a profile or a series. O(nodes × weights). `top`: length of the list of functions. */
export function profileReport(opened: Opened, top: number): ProfileReport {
  const { format, kind, totals, details, notes, missing, damage } = opened;
  const report: ProfileReport = {
    version: REPORT_VERSION,
    ...{ format, kind, totals, top: [], details, notes, missing, damage },
  };
  if (opened.kind === 'series') {
    return { ...report, series: seriesReport(opened.series, opened.verdict) };
  }
  report.top = topRows(opened.trees[0]!, top, totals);
  const { timeline } = opened;
  return timeline === null ? report : { ...report, series: seriesReport(timeline, judgeMain(timeline)) };
}

/** The rows with the largest self values of the first weight; ties by total. */
function topRows(tree: CallTree, top: number, totals: Totals): ProfileReport['top'] {
  const byKey = (values: number[]) =>
    Object.fromEntries(
      tree.weights.map(({ key }, at) => {
        // Estimates from samples have meaningless fractions; a mean stated by the file has no total and is not rounded.
        const value = values[at]!;
        return [key, totals[key] === undefined ? value : Math.round(value)];
      }),
    );
  return functionTable(tree)
    .sort(byLargest)
    .slice(0, top)
    .map(row => ({ name: row.name, self: byKey(row.self), total: byKey(row.total) }));
}

function byLargest(a: FunctionRow, b: FunctionRow): number {
  for (const at of a.self.keys()) {
    const order = b.self[at]! - a.self[at]! || b.total[at]! - a.total[at]!;
    if (order !== 0) return order;
  }
  return a.name < b.name ? -1 : 1;
}

function seriesReport(series: Series, verdict: Verdict | null): SeriesReport {
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  const { name, unit, values } = series.x;
  return {
    points: values.length,
    x: { name, unit, first: known(values[0]), last: known(values.at(-1)) },
    columns: series.columns.map(column => {
      const present = column.values.filter(value => !Number.isNaN(value));
      return {
        name: column.name,
        unit: column.unit,
        first: known(present[0]),
        last: known(present.at(-1)),
        lowest: known(present.reduce((low, value) => Math.min(low, value), present[0]!)),
        highest: known(present.reduce((high, value) => Math.max(high, value), present[0]!)),
      };
    }),
    verdict: verdict === null ? null : verdictReport(verdict),
  };
}

function verdictReport(verdict: Verdict): SeriesReport['verdict'] {
  const { kind, words, column, points, slope, firstHalfSlope, secondHalfSlope, per, plateau, noise, steps } =
    verdict;
  return { kind, words, column, points, slope, firstHalfSlope, secondHalfSlope, per, plateau, noise, steps };
}
