import type { ProfileReport } from './profile-report.ts';
import type { CutParams } from './questions/declaration.ts';
import type { Window } from './rows.ts';
import type { TreeNode } from './tree-node.ts';
import type { Bytes, Count, SnapshotId } from './units.ts';

/** A weight: one of the numbers that every node of a tree has. */
export interface WeightInfo {
  /** Its name in the totals: "liveBytes". */
  key: string;
  /** Its name for display: "live bytes". */
  label: string;
  /** "bytes", "count", … */
  unit: string;
  /** Whether sums over several nodes mean anything. */
  additive: boolean;
}

/** A tree of a profile, without its nodes. */
export interface TreeInfo {
  /** For people: "call stacks". */
  label: string;
  /** `calls`: functions and what they call; `groups`: nested groups; `requires`: files and what they load. */
  kind: 'calls' | 'groups' | 'requires';
  nodes: Count;
  /** At least one. */
  weights: WeightInfo[];
  /** The keys by which its nodes can be grouped: those that the file states for at least one of them. */
  groupKeys: ProfileGroupKey[];
  /** Whether any of its functions only allocates on behalf of its callers. */
  hasAllocators: boolean;
}

/** What a profile can be grouped by. `line` is file and line, `function` the name. */
export type ProfileGroupKey = 'library' | 'file' | 'line' | 'function';

/** The terms of the filter language that a profile can answer, besides plain texts and regular expressions. */
export const PROFILE_TERMS = ['gem', 'file', 'site', 'method', 'class'] as const;

/** The first tree of a profile over time. */
export interface MomentsInfo {
  /** Name of the weight at each moment: "live bytes". */
  label: string;
  unit: string;
  /** Row of each snapshot in the timeline, ascending. */
  rows: number[];
  /** Position of each on the timeline. */
  x: number[];
}

/** The part of a profile that all its views show. */
export interface ProfileScope {
  /**
   * Rows of the timeline. Two equal rows: the snapshot there. Otherwise the change from one to the other. Null: the
   * whole file.
   */
  rows: { from: number; to: number } | null;
  /** Another open profile of the same format, if only the change since that one is shown. */
  against: SnapshotId | null;
  /** Filter text: only stacks with a matching frame. '' = all. */
  filter: string;
  /** Whether to show functions that only allocate, such as malloc. Otherwise their weight counts as their caller's. */
  allocators: boolean;
}

export const WHOLE_FILE: ProfileScope = { rows: null, against: null, filter: '', allocators: false };

/** How often sizes or ages occurred: entry i counts values from `from[i]` up to `from[i + 1]`, the last without end. */
export interface HistogramInfo {
  label: string;
  unit: string;
  from: number[];
  count: number[];
}

/** An open profile or series: everything except its rows. Sent once, when it is opened. */
export interface ProfileInfo extends Omit<ProfileReport, 'top'> {
  /** Profiles and heaps are numbered together, so no heap has the same id. */
  id: SnapshotId;
  name: string;
  fileBytes: Bytes;
  /** Memory that it holds while it is open. */
  memoryBytes: Bytes;
  /** Empty for a series. */
  trees: TreeInfo[];
  /** The column that shows whether memory grows; null if there is no series, or none of its columns is about memory. */
  mainColumn: string | null;
  /** The columns that are shown at first, the main one first. */
  shownColumns: string[];
  /** Null if the file has one moment only. */
  moments: MomentsInfo | null;
  histograms: HistogramInfo[];
}

/** A function, line, file or gem, with all its places in a tree combined. */
export interface FunctionInfo {
  name: string;
  /** Its own weight, without anything below it. */
  self: number;
  /** With everything below it; if it calls itself, only the outermost call counts. */
  total: number;
  /** In a comparison: how much both increased. */
  selfChange?: number;
  totalChange?: number;
}

export type FunctionSortKey = 'name' | 'self' | 'total' | 'selfChange' | 'totalChange';

/** Direction of a call tree: from callers down to what they call, or from each function up to its callers. */
export type CallDirection = 'callees' | 'callers';

/** Parameters of every question about a tree: which tree of the profile, and which of its weights. */
interface TreeParams {
  /** Position in {@link ProfileInfo.trees}. */
  tree: number;
  /** Position in {@link TreeInfo.weights}. */
  weight: number;
  scope: ProfileScope;
  /** Keys to group by instead of showing the file's own tree, outermost first; [] = the file's own tree. */
  by: ProfileGroupKey[];
  /** Whether calls of a function within itself are merged into the outermost one. */
  fold: boolean;
}

/** Columns of a series to draw. All arrays have one length. */
export interface SeriesPoints {
  /** Ascending. */
  x: Float64Array;
  /** In the requested order; NaN = no value. */
  columns: Float64Array[];
}

/** One row of a series. NaN = no value. */
export interface SeriesRow {
  x: number;
  /** In the order of the columns. */
  values: number[];
}

/**
 * Every question about a profile or a series: its parameters and its answer. In costs: f = functions, n = nodes of the
 * tree, r = rows. The size of answers is bounded by {@link PROFILE_LIMITS}.
 */
interface ProfileQuestionTypes {
  /**
   * A window of the functions of a tree; with `search`, of those whose name contains it. O(n) once, O(f log f) for each
   * sort order.
   */
  functions: {
    params: TreeParams & {
      sort: FunctionSortKey;
      descending: boolean;
      search: string;
      offset: Count;
      limit: Count;
    };
    answer: Window<FunctionInfo>;
  };
  /**
   * The tree below `path` (names from the outermost on), cut to what can be drawn; remainder nodes stand for what was
   * cut. `bytes` of its nodes is the weight, in whatever unit it has; in a comparison the larger of both, stack by
   * stack. With `focus`, the tree of callees or callers of the function of that name, merged over all its
   * occurrences. O(n) once, then O(visited nodes).
   */
  callTree: {
    params: TreeParams & CutParams & { direction: CallDirection; focus: string | null; path: string[] };
    answer: TreeNode[];
  };
  /**
   * Columns of the series by name; if there are more than `maxPoints` rows, the lowest and highest of each stretch.
   * O(r).
   */
  seriesPoints: { params: { columns: string[]; maxPoints: Count }; answer: SeriesPoints };
  /** A window of the rows of the series, with all columns. */
  seriesRows: { params: { offset: Count; limit: Count }; answer: Window<SeriesRow> };
  /** The tree in a format for other programs. O(n × depth). */
  profileFile: { params: TreeParams & { as: 'collapsed' | 'speedscope' }; answer: Blob };
  /** The numbers that `npm run report` prints. O(n). */
  profileReport: { params: { top: Count }; answer: ProfileReport };
}

export type ProfileQuestionName = keyof ProfileQuestionTypes;
export type ProfileParamsOf<Name extends ProfileQuestionName> = ProfileQuestionTypes[Name]['params'];
export type ProfileAnswerOf<Name extends ProfileQuestionName> = ProfileQuestionTypes[Name]['answer'];

/** Upper limits of the parameters with these names. */
export const PROFILE_LIMITS = { limit: 1000, maxNodes: 10_000, maxPoints: 10_000, columns: 12 } as const;
