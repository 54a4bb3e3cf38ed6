import { overheadLabels } from '../analysis/descriptors.ts';
import { duplicateRow } from '../analysis/duplicate-rows.ts';
import type { DuplicateStrings } from '../analysis/duplicate-strings.ts';
import type { ComparedHolders } from '../analysis/findings/finding-kind.ts';
import { reportFindings } from '../analysis/findings/report-findings.ts';
import { ordersOfShapes } from '../analysis/findings/shape-orders.ts';
import { generationChart } from '../analysis/generations.ts';
import { groupPaths } from '../analysis/group-paths.ts';
import { neighbourGroups } from '../analysis/neighbour-groups.ts';
import type { ColumnValues } from '../analysis/object-columns.ts';
import { objectRow } from '../analysis/object-rows.ts';
import { makeReport } from '../analysis/report.ts';
import { orderOf, sumOf } from '../analysis/set-duplicates.ts';
import { shapesBelow } from '../analysis/shapes/shape-tree.ts';
import { stringSummary } from '../analysis/string-summary.ts';
import { threadRows } from '../analysis/threads.ts';
import type { CutLimits } from '../analysis/tree-cut.ts';
import { part, type Steps } from '../model/steps.ts';
import { isGroupingKey, type ObjectSetSpec } from '../protocol/object-set.ts';
import { originRank } from '../protocol/origin.ts';
import type { CutParams } from '../protocol/questions/declaration.ts';
import type { GroupSortKey } from '../protocol/questions/sort-keys.ts';
import type { AnswerOf, QueryOf, QuestionName } from '../protocol/questions.ts';
import type { Report } from '../protocol/report.ts';
import type { GroupRow, Tally, Window } from '../protocol/rows.ts';
import {
  describeEdges,
  describePath,
  dominatorChain,
  excerpts,
  foundObject,
  neighbours,
  neighboursOf,
  objectDetails,
  pathObjects,
  rootFirst,
} from './object-answers.ts';
import { objectContents } from './object-contents.ts';
import type { OpenSnapshot } from './open-snapshot.ts';

const REPORT_TOP = 200;
const EVERYTHING: ObjectSetSpec = { kind: 'all' };

/**
 * Computes the answer to a question whose parameters are within their limits. Work on many objects is done in steps,
 * which can be cancelled and superseded; waiting for the file is a promise.
 */
type QuestionHandler<Name extends QuestionName> = (
  open: OpenSnapshot,
  query: QueryOf<Name>,
) => Steps<AnswerOf<Name>> | Promise<AnswerOf<Name>> | AnswerOf<Name>;

/** The answerer of every question. */
export const QUESTION_HANDLERS: { readonly [Name in QuestionName]: QuestionHandler<Name> } = {
  overview: ({ answers }, { set, top }) => answers.overview(set, top),
  health: ({ answers }, { set }) => answers.health(set),
  setSize: sizeOf,
  *setSizes(open, { sets, ...query }) {
    const sizes: Tally[] = [];
    for (const set of sets) sizes.push(yield* sizeOf(open, { ...query, set }));
    return sizes;
  },
  *groups({ snapshot, answers }, { set, key, filter, sort, descending, offset, limit, overhead = true }) {
    const rowsOfAll = yield* answers.sets.groupRows(set, key);
    const leftOut = overhead || key !== 'class' ? new Set<string>() : overheadLabels(snapshot);
    const all = rowsOfAll.filter(({ label }) => label === null || !leftOut.has(label));
    const wanted = filter?.toLowerCase() ?? '';
    const rows =
      wanted === '' ? [...all] : all.filter(row => (row.label ?? 'untraced').toLowerCase().includes(wanted));
    rows.sort(groupOrder(sort, descending));
    return windowOf(rows, offset, limit);
  },
  async objects(open, { set, sort, descending, offset, limit, columns = [], lane }) {
    const { snapshot, answers } = open;
    const order = await answers.order(set, sort, descending);
    const valuesByColumn: ColumnValues[] = [];
    for (const column of columns) valuesByColumn.push(await open.run(answers.columnValues(column), lane));
    // The window is valid until the next one is requested.
    const shown = Array.from(order.window(offset, limit), object => {
      const row = objectRow(snapshot, answers.retention, object);
      return valuesByColumn.length === 0
        ? row
        : { ...row, values: valuesByColumn.map(({ valueAt }) => valueAt(object)) };
    });
    return { total: order.length, offset, rows: shown };
  },
  dominatorTree: ({ answers }, { set, root, fact, ...cut }) =>
    answers.trees.dominators(set, root, limitsOf(cut), fact),
  mergedTree: ({ answers }, { set, path, overhead, area, fact, ...cut }) =>
    answers.trees.merged(set, path, overhead, limitsOf(cut), area, fact),
  holderTree: ({ answers }, { set, path, ...cut }) => answers.trees.holders(set, path, limitsOf(cut)),
  groupTree: ({ answers }, { set, keys, overhead, area, fact, ...cut }) =>
    answers.trees.groups(set, keys, overhead, limitsOf(cut), area, fact),
  mergedPaths: ({ answers }, { set, ignore, direction, path, ...cut }) =>
    answers.paths.merged(set, ignore, direction, path, limitsOf(cut)),
  freedBy: ({ answers }, { cut, filter }) =>
    answers.paths.freedBy(cut, filter === undefined ? null : { kind: 'filter', text: filter }),
  *generations(open, { set, key, measure, within }) {
    const { snapshot, tally, tables } = yield* open.answers.sets.grouping(set, [key]);
    return generationChart(snapshot, tally, tables[0]!, measure, within);
  },

  async stringSummary(open, { set, top, lane }) {
    const all = await open.duplicateStrings();
    return open.run(summaryOf(open, all, set, top), lane);
  },
  async duplicateStrings(open, { set, sort, descending, offset, limit, lane }) {
    const { snapshot, answers } = open;
    const all = await open.duplicateStrings();
    const referrers = await open.referrers();
    const inSet = await open.run(answers.duplicates(set, all), lane);
    const members = await open.run(answers.sets.of(set), lane);
    const order = orderOf(snapshot, all, inSet, sort, descending).subarray(offset, offset + limit);
    const rows = Array.from(order, at =>
      duplicateRow(snapshot, answers.retention, referrers, all, members, inSet.text[at]!),
    );
    return { total: inSet.length, offset, rows };
  },

  object: (open, { object }) => objectDetails(open, object),
  find: (open, { text }) => foundObject(open, text),
  rows: ({ snapshot, retention }, { objects }) =>
    objects.map(object => objectRow(snapshot, retention, object)),
  neighbours: (open, query) => neighbours(open, query),
  neighbourGroups: async (open, { object, direction, offset, limit }) => {
    const all = await neighboursOf(open, object, direction);
    return windowOf(neighbourGroups(open.snapshot, open.retention, all), offset, limit);
  },
  *classNeighbours({ answers }, { label, direction, offset, limit }) {
    const { byLabel, own } = yield* part(0, 0.5, answers.classNeighbours(label, direction));
    const groups = new Map<string | null, GroupRow>();
    for (const row of yield* part(0.5, 1, answers.sets.groupRows(EVERYTHING, 'class')))
      groups.set(row.label, row);
    const rows = byLabel
      .slice(offset, offset + limit)
      .map(({ label: of, references }) => ({ group: groups.get(of)!, references }));
    return { total: byLabel.length, offset, rows, group: groups.get(label) ?? null, own };
  },
  edgeNames: (open, { edges }) => describeEdges(open, edges),
  excerpts: (open, { objects }) => excerpts(open, objects),
  retainerPath: async (open, { object }) => describePath(open, await pathObjects(open, object)),
  paths: async (open, { object, count, ignore }) => {
    const found = await open.run(open.answers.paths.next(object, count, ignore));
    return await Promise.all(found.map(path => describePath(open, rootFirst(open, path))));
  },
  dominators: (open, { object }) => dominatorChain(open, object),
  sharedOwners: ({ answers }, { paths, top }) => answers.trees.sharedOwners(paths, top),
  *shapes({ snapshot, answers }, { top }) {
    const tree = yield* answers.shapes();
    const orders = ordersOfShapes(snapshot).map(set => ({ names: set.orders }));
    const { length } = snapshot.shapes;
    const classes = tree.classes.slice(0, top);
    return { shapes: length, countsObjects: tree.objects !== null, classes, orders: orders.slice(0, top) };
  },
  *shapeTree({ snapshot, answers }, { below }) {
    return shapesBelow(snapshot, yield* answers.shapes(), below);
  },
  pages: ({ answers }) => answers.pages.summary(),
  pageMap: ({ answers }, query) => answers.pages.map(query),
  contents: (open, { object, offset, limit }) => objectContents(open, object, offset, limit),
  leakShare: ({ answers }, { object }) => answers.paths.leakShare(object),
  threads: ({ snapshot, retention }, { limit }) => threadRows(snapshot, retention, limit),
  *findings(open, { thresholds = {} }) {
    const compared = yield* part(0, 0.3, comparedHolders(open));
    return yield* part(0.3, 1, open.answers.findings(thresholds, compared));
  },
  async report(open, query) {
    const duplicates = open.records.hasText ? await open.duplicateStrings() : null;
    return open.run(reportOf(open, duplicates, query), query.lane);
  },
  *growth({ inSeries }, { key, offset, limit }) {
    return windowOf(inSeries === null ? [] : yield* inSeries.growth(key), offset, limit);
  },
  fixCheck: ({ inSeries }, { key, before, after, top }) =>
    inSeries?.fixCheck(key, { before, after }, top) ?? null,
  growthSlice: ({ inSeries }, { label, top }) => inSeries?.growthSlice(label, top) ?? null,
  matches: ({ inSeries }, { objects }) => inSeries?.matches(objects) ?? null,
  comparison: ({ inSeries }, { top }) => inSeries?.comparison(top) ?? null,
};

/** Holders that the comparison of a series lists for findings. */
const HOLDERS = 100;

/** What the comparison of the series shows about the objects of its last dump; null for any other dump. */
function* comparedHolders(open: OpenSnapshot): Steps<ComparedHolders | null> {
  if (open.inSeries === null) return null;
  const comparison = yield* open.inSeries.comparison(HOLDERS);
  if (comparison.identity !== 'same process') return null;
  if (comparison.dumps.at(-1)?.id !== open.id) return null;
  const dumps = comparison.dumps.filter(({ leftOut }) => leftOut === null).length;
  return { dumps, holders: comparison.growthByHolder };
}

function* summaryOf(open: OpenSnapshot, all: DuplicateStrings, spec: ObjectSetSpec, top: number) {
  const inSet = yield* part(0, 0.5, open.answers.duplicates(spec, all));
  const set = yield* open.answers.sets.of(spec);
  return yield* part(0.5, 1, stringSummary(open.snapshot, set, all, inSet, top));
}

function* reportOf(
  open: OpenSnapshot,
  duplicates: DuplicateStrings | null,
  { top = REPORT_TOP, filter, group }: QueryOf<'report'>,
): Steps<Report> {
  const { snapshot, answers } = open;
  const spec: ObjectSetSpec = filter === undefined ? EVERYTHING : { kind: 'filter', text: filter };
  const set = yield* answers.sets.of(spec);
  const all = yield* answers.sets.tally(spec);
  const unreachable = yield* answers.sets.unreachable(spec);
  const classes = yield* answers.sets.groupRows(spec, 'class');
  const duplicateStrings = duplicates === null ? null : sumOf(yield* answers.duplicates(spec, duplicates));
  const tallies = { all, unreachable };
  const report = makeReport(snapshot, answers.retention, set, tallies, classes, duplicateStrings, top);
  if (filter !== undefined) report.filter = filter;
  else report.findings = reportFindings(yield* answers.findings({}, yield* comparedHolders(open)));
  if (group !== undefined) {
    const unknown = group.find(key => !isGroupingKey(key));
    if (unknown !== undefined) throw new Error(`There is no key ${unknown} to group by.`);
    const by = yield* answers.sets.grouping(spec, group);
    const groups = yield* groupPaths(by.snapshot, answers.retention, by.set, by.tally, by.tables);
    report.groups = groups.slice(0, top);
  }
  if (open.inSeries !== null) report.comparison = yield* open.inSeries.comparison(top);
  return report;
}

function* sizeOf({ answers }: OpenSnapshot, { set }: { set: ObjectSetSpec }): Steps<Tally> {
  const { objects, shallowBytes } = yield* answers.sets.of(set);
  return { objects, shallowBytes };
}

function limitsOf({ maxNodes, minShare, skip = 0, levels }: CutParams): CutLimits {
  return { maxNodes, minShare, skip, ...(levels === undefined ? {} : { levels }) };
}

function windowOf<Row>(rows: Row[], offset: number, limit: number): Window<Row> {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
}

/** Compares labels with numbers by value: generation 9 before 10. */
const LABELS = new Intl.Collator('en', { numeric: true });

function groupOrder(key: GroupSortKey, descending: boolean): (a: GroupRow, b: GroupRow) => number {
  const sign = descending ? -1 : 1;
  const byLabel = (a: GroupRow, b: GroupRow) => LABELS.compare(a.label ?? '', b.label ?? '');
  if (key === 'label') return (a, b) => sign * byLabel(a, b);
  if (key === 'origin') {
    return (a, b) =>
      sign * (originRank(a.origin) - originRank(b.origin)) ||
      b.shallowBytes - a.shallowBytes ||
      byLabel(a, b);
  }
  return (a, b) => sign * (a[key] - b[key]) || byLabel(a, b);
}
