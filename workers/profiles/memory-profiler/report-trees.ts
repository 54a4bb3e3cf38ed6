import type { CallTree } from '../model/call-tree.ts';
import type { Missing } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { gemOfPath, splitLocation } from './gem-of-path.ts';
import { gemsOfFiles } from './gem-resolver.ts';
import {
  type Grouping,
  MEMORY_WEIGHTS,
  type MemoryReport,
  type MemoryWeight,
  sectionOf,
  totalOf,
} from './sections.ts';

/** The weights for which a report has numbers. */
export function weightsOf(report: MemoryReport): MemoryWeight[] {
  return MEMORY_WEIGHTS.filter(
    weight =>
      !Number.isNaN(totalOf(report, weight)) ||
      report.sections.some(each => each.side === weight.side && each.measure === weight.measure),
  );
}

/** The totals in a report. */
export function totalsOf(report: MemoryReport): Totals {
  const known = MEMORY_WEIGHTS.filter(weight => !Number.isNaN(totalOf(report, weight)));
  return Object.fromEntries(known.map(weight => [weight.key, totalOf(report, weight)]));
}

/**
 * Gems, their files and their lines as one tree. The report has three separate tables, each limited to its largest
 * rows. What a gem or file has beyond its listed lines is its self value; what the report has beyond its listed gems is
 * the root's. If files cannot be assigned to gems, the tree begins with files, and gems have a separate tree.
 */
export function locationTrees(report: MemoryReport): CallTree[] {
  const gemOf = gemsOfFiles(report);
  if (gemOf !== null) return [treeOfFiles(report, 'by gem, file and line', gemOf)];
  return [treeOfFiles(report, 'by file and line', null), tableTree(report, 'gem', 'by gem')];
}

function treeOfFiles(
  report: MemoryReport,
  label: string,
  gemOf: ReadonlyMap<string, string> | null,
): CallTree {
  const weights = weightsOf(report);
  const builder = new TreeBuilder({ id: 'location', label, kind: 'groups', weights });
  const gemNode = (gem: string) => builder.child(ROOT, builder.frame('', gem, 0, gem));
  const gemOfFile = (file: string) => gemOf?.get(file) ?? '';
  const fileNode = (file: string) => {
    const gem = gemOfFile(file);
    return builder.child(gemOf === null ? ROOT : gemNode(gem), builder.frame('', file, 0, gem));
  };
  for (const [at, weight] of weights.entries()) {
    const gems = new Shares();
    const files = new Shares();
    for (const { label: place, value } of rowsOf(report, weight, 'location')) {
      const { file, line } = splitLocation(place);
      const parent = fileNode(file);
      const frame = builder.frame('', file, line, gemOfFile(file));
      builder.add(line === 0 ? parent : builder.child(parent, frame), at, value);
      files.explain(parent, value);
    }
    for (const { label: file, value } of rowsOf(report, weight, 'file')) files.state(fileNode(file), value);
    for (const [node, { rest, whole }] of files.entries()) {
      builder.add(node, at, rest);
      gems.explain(gemOf === null ? node : builder.parentOf(node), whole);
    }
    if (gemOf !== null) {
      for (const { label: gem, value } of rowsOf(report, weight, 'gem')) gems.state(gemNode(gem), value);
    }
    let listed = 0;
    for (const [node, { rest, whole }] of gems.entries()) {
      builder.add(node, at, rest);
      listed += whole;
    }
    const total = totalOf(report, weight);
    if (total > listed) builder.add(ROOT, at, total - listed);
  }
  return builder.finish();
}

function rowsOf(report: MemoryReport, weight: MemoryWeight, grouping: Grouping) {
  return sectionOf(report, weight, grouping)?.rows ?? [];
}

/** For each node: the value in its own table, and the sum of its rows in the table below. */
class Shares {
  readonly #nodes = new Map<number, { stated: number; explained: number }>();

  #of(node: number) {
    let share = this.#nodes.get(node);
    if (share === undefined) {
      share = { stated: 0, explained: 0 };
      this.#nodes.set(node, share);
    }
    return share;
  }

  state(node: number, value: number): void {
    this.#of(node).stated += value;
  }

  explain(node: number, value: number): void {
    this.#of(node).explained += value;
  }

  /**
   * Per node: the unexplained rest, and the total. A node missing in its own table has the sum from the table below.
   */
  entries(): [number, { rest: number; whole: number }][] {
    return Array.from(this.#nodes, ([node, { stated, explained }]) => [
      node,
      { rest: Math.max(0, stated - explained), whole: Math.max(stated, explained) },
    ]);
  }
}

/** Classes, below the root; null if the report has none. */
export function classTree(report: MemoryReport): CallTree | null {
  const any = report.sections.some(section => section.grouping === 'class');
  return any ? tableTree(report, 'class', 'by class') : null;
}

function tableTree(report: MemoryReport, grouping: Grouping, label: string): CallTree {
  const weights = weightsOf(report);
  const builder = new TreeBuilder({ id: grouping, label, kind: 'groups', weights });
  for (const [at, weight] of weights.entries()) {
    let listed = 0;
    for (const row of rowsOf(report, weight, grouping)) {
      builder.add(builder.child(ROOT, builder.frame(row.label)), at, row.value);
      listed += row.value;
    }
    const total = totalOf(report, weight);
    if (total > listed) builder.add(ROOT, at, total - listed);
  }
  return builder.finish();
}

/** Strings that were created more than once, and below each the lines that created it. */
export function stringTree(report: MemoryReport): CallTree | null {
  if (report.strings.length === 0) return null;
  const weights = weightsOf(report).filter(weight => report.strings.some(row => row.side === weight.side));
  const builder = new TreeBuilder({ id: 'strings', label: 'by string', kind: 'groups', weights });
  for (const row of report.strings) {
    const node = builder.child(ROOT, builder.frame(row.text));
    const objects = weights.findIndex(each => each.side === row.side && each.measure === 'objects');
    const bytes = weights.findIndex(each => each.side === row.side && each.measure === 'memory');
    let located = 0;
    for (const { label, objects: count } of row.locations) {
      const { file, line } = splitLocation(label);
      if (objects >= 0)
        builder.add(builder.child(node, builder.frame('', file, line, gemOfPath(file))), objects, count);
      located += count;
    }
    if (objects >= 0) builder.add(node, objects, Math.max(0, row.objects - located));
    if (bytes >= 0 && row.bytes !== null) builder.add(node, bytes, row.bytes);
  }
  return builder.finish();
}

/** How much of each total is missing in its tables, which show only their largest rows. */
export function missingOf(report: MemoryReport): Missing[] {
  const missing: Missing[] = [];
  for (const weight of MEMORY_WEIGHTS) {
    for (const grouping of ['gem', 'file', 'location', 'class'] as const) {
      const section = sectionOf(report, weight, grouping);
      if (section === null) continue;
      const rest = totalOf(report, weight) - section.rows.reduce((sum, row) => sum + row.value, 0);
      // Scaled sizes are rounded: a difference below 1 % does not mean that rows are missing.
      const rounding = report.scaled && weight.measure === 'memory' ? totalOf(report, weight) / 100 : 0;
      if (rest > rounding) {
        const why = `beyond the ${section.rows.length} rows of "by ${grouping}"`;
        missing.push({ total: weight.key, amount: rest, why });
      }
    }
  }
  return missing;
}
