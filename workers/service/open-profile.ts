import type { ByteSource } from '../files/byte-source.ts';
import { collapsedLines, speedscope } from '../profiles/collapsed/collapsed.ts';
import { allocatorNodes } from '../profiles/model/allocators.ts';
import type { CallTree } from '../profiles/model/call-tree.ts';
import { type FunctionRow, functionTable } from '../profiles/model/function-table.ts';
import { mainColumn, shownColumns } from '../profiles/model/main-column.ts';
import { profileBytes, treeBytes } from '../profiles/model/memory.ts';
import type { Opened } from '../profiles/model/profile.ts';
import { groupKeysOf } from '../profiles/model/reshape.ts';
import type { Series } from '../profiles/model/series.ts';
import { openProfile, type ReadHooks } from '../profiles/open-profile.ts';
import { profileReport } from '../profiles/report.ts';
import {
  type FunctionInfo,
  type FunctionSortKey,
  type MomentsInfo,
  PROFILE_LIMITS,
  type ProfileAnswerOf,
  type ProfileInfo,
  type ProfileParamsOf,
  type ProfileQuestionName,
} from '../protocol/profile-questions.ts';
import type { Bytes, SnapshotId } from '../protocol/units.ts';
import { WeighedTree } from './profile-tree.ts';
import { scopedTree, type TreeRequest, treesOf } from './scoped-tree.ts';
import { pointsOf, rowAt } from './series-points.ts';

type QuestionHandlers = {
  readonly [Name in ProfileQuestionName]: (params: ProfileParamsOf<Name>) => ProfileAnswerOf<Name>;
};

/** A requested tree, and what was computed from it. */
interface ShownTree {
  tree: CallTree;
  weighed: WeighedTree | null;
  functions: FunctionRow[] | null;
  /** The functions that a search found, in the last requested order. */
  ordered: { key: string; rows: FunctionInfo[] } | null;
}

/** Maximum number of requested trees that are cached. */
const KEPT_TREES = 6;

/** An open profile or series, and the answers to every question about it. */
export class OpenProfile {
  readonly id: SnapshotId;
  readonly #name: string;
  readonly #fileBytes: Bytes;
  readonly #opened: Opened;
  readonly #openedBytes: Bytes;
  readonly #otherOf: (id: SnapshotId) => OpenProfile | null;
  /** By what was requested, the most recent last. */
  readonly #shown = new Map<string, ShownTree>();

  private constructor(
    id: SnapshotId,
    source: ByteSource,
    opened: Opened,
    otherOf: (id: SnapshotId) => OpenProfile | null,
  ) {
    this.id = id;
    this.#name = source.name;
    this.#fileBytes = source.fileBytes;
    this.#opened = opened;
    this.#openedBytes = profileBytes(opened);
    this.#otherOf = otherOf;
  }

  /**
   * Reads a file. `otherOf`: other open profiles, to compare with. `damage`: damage of the file that was found before
   * reading. Throws a `ProblemError` if the file is not a profile or series, or contains nothing useful.
   */
  static async read(
    id: SnapshotId,
    source: ByteSource,
    hooks: ReadHooks,
    otherOf: (id: SnapshotId) => OpenProfile | null = () => null,
    damage: string | null = null,
  ): Promise<OpenProfile> {
    const opened = await openProfile(source, hooks);
    const withDamage = damage === null ? opened : { ...opened, notes: [damage, ...opened.notes] };
    return new OpenProfile(id, source, withDamage, otherOf);
  }

  /** The memory that it takes up now: the file's content, and the trees computed from it. */
  get memoryBytes(): Bytes {
    let bytes = this.#openedBytes;
    for (const { tree } of this.#shown.values()) bytes += treeBytes(tree);
    return bytes;
  }

  info(): ProfileInfo {
    const { top: _, ...report } = profileReport(this.#opened, 0);
    const series = seriesOf(this.#opened);
    return {
      ...report,
      id: this.id,
      name: this.#name,
      fileBytes: this.#fileBytes,
      memoryBytes: this.#openedBytes,
      trees: treesOf(this.#opened).map(tree => ({
        label: tree.label,
        kind: tree.kind,
        nodes: tree.parent.length,
        groupKeys: groupKeysOf(tree),
        hasAllocators: allocatorNodes(tree) !== null,
        weights: tree.weights.map(({ key, label, unit, additive }) => ({ key, label, unit, additive })),
      })),
      mainColumn: series === null ? null : (mainColumn(series)?.name ?? null),
      shownColumns: series === null ? [] : shownColumns(series).map(({ name }) => name),
      moments: momentsOf(this.#opened),
      histograms: (this.#opened.kind === 'profile' ? this.#opened.histograms : []).map(
        ({ label, unit, from, count }) => ({ label, unit, from: [...from], count: [...count] }),
      ),
    };
  }

  ask<Name extends ProfileQuestionName>(name: Name, params: ProfileParamsOf<Name>): ProfileAnswerOf<Name> {
    return this.#handlers[name](params);
  }

  readonly #handlers: QuestionHandlers = {
    functions: ({ sort, descending, search, offset, limit, ...wanted }) => {
      const shown = this.#tree(wanted);
      const key = `${sort} ${descending} ${search}`;
      if (shown.ordered?.key !== key) {
        const text = search.trim().toLowerCase();
        shown.functions ??= functionTable(shown.tree);
        const found = shown.functions.flatMap((row): FunctionInfo[] =>
          row.name.toLowerCase().includes(text) ? [functionInfo(row)] : [],
        );
        shown.ordered = { key, rows: found.sort(functionOrder(sort, descending)) };
      }
      const { rows } = shown.ordered;
      const end = offset + Math.min(limit, PROFILE_LIMITS.limit);
      return { total: rows.length, offset, rows: rows.slice(offset, end) };
    },
    callTree: ({ direction, focus, path, maxNodes, minShare, skip = 0, ...wanted }) =>
      this.#weighed(wanted).cut(
        { direction, focus, path },
        { maxNodes: Math.min(maxNodes, PROFILE_LIMITS.maxNodes), minShare, skip },
      ),
    profileFile: ({ as, ...wanted }) => {
      const { tree } = this.#tree(wanted);
      if (as === 'speedscope') return new Blob([JSON.stringify(speedscope(tree, this.#name))]);
      return new Blob(Array.from(collapsedLines(tree, tree.weights[0]!), line => `${line}\n`));
    },
    seriesPoints: ({ columns, maxPoints }) =>
      pointsOf(
        this.#series(),
        columns.slice(0, PROFILE_LIMITS.columns),
        Math.min(maxPoints, PROFILE_LIMITS.maxPoints),
      ),
    seriesRows: ({ offset, limit }) => {
      const series = this.#series();
      const total = series.x.values.length;
      const end = Math.min(total, offset + Math.min(limit, PROFILE_LIMITS.limit));
      const length = Math.max(0, end - offset);
      return { total, offset, rows: Array.from({ length }, (_, at) => rowAt(series, offset + at)) };
    },
    profileReport: ({ top }) => profileReport(this.#opened, top),
  };

  #series(): Series {
    const series = seriesOf(this.#opened);
    if (series === null) throw new Error('This profile has no numbers over time.');
    return series;
  }

  /** The requested tree. The last few are cached, since scrolling and zooming request the same one. */
  #tree({ tree, weight, scope, by, fold }: TreeRequest): ShownTree {
    const wanted = { tree, weight, scope, by, fold };
    const key = JSON.stringify(wanted);
    let shown = this.#shown.get(key);
    if (shown === undefined) {
      const other = scope.against === null ? null : this.#otherOf(scope.against);
      if (scope.against !== null && other === null) throw new Error('The profile to compare with is closed.');
      const made = scopedTree(this.#opened, wanted, other === null ? null : other.#opened);
      shown = { tree: made, weighed: null, functions: null, ordered: null };
    }
    this.#shown.delete(key);
    this.#shown.set(key, shown);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > KEPT_TREES && oldest !== undefined) this.#shown.delete(oldest);
    return shown;
  }

  #weighed(wanted: TreeRequest): WeighedTree {
    const shown = this.#tree(wanted);
    shown.weighed ??= new WeighedTree(shown.tree);
    return shown.weighed;
  }
}

/** The series, or the totals of a profile over time; null if there are none. */
function seriesOf(opened: Opened): Series | null {
  return opened.kind === 'series' ? opened.series : opened.timeline;
}

/** The moments for which the tree of a profile is known; null if there is only one. */
function momentsOf(opened: Opened): MomentsInfo | null {
  if (opened.kind === 'series' || opened.snapshots === null || opened.timeline === null) return null;
  const { weight, row } = opened.snapshots;
  const x = opened.timeline.x.values;
  // `liveBytes` becomes "live bytes".
  const label = weight.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return {
    label,
    unit: weight.endsWith('Bytes') ? 'bytes' : 'count',
    rows: [...row],
    x: Array.from(row, at => x[at]!),
  };
}

/** A row with one weight, or with two in a comparison: after and before. */
function functionInfo({ name, self, total }: FunctionRow): FunctionInfo {
  const info = { name, self: self[0]!, total: total[0]! };
  if (self.length === 1) return info;
  return { ...info, selfChange: info.self - self[1]!, totalChange: info.total - total[1]! };
}

function functionOrder(key: FunctionSortKey, descending: boolean) {
  const sign = descending ? -1 : 1;
  const byName = (a: FunctionInfo, b: FunctionInfo) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  if (key === 'name') return (a: FunctionInfo, b: FunctionInfo) => sign * byName(a, b);
  return (a: FunctionInfo, b: FunctionInfo) => sign * ((a[key] ?? 0) - (b[key] ?? 0)) || byName(a, b);
}
