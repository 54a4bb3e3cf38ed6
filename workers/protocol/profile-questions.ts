import type { ProfileReport } from './profile-report.ts';
import type { CutParams } from './questions.ts';
import type { Window } from './rows.ts';
import type { TreeNode } from './tree-node.ts';
import type { Bytes, Count, SnapshotId } from './units.ts';

/** One number that every node of a tree has. */
export interface WeightInfo {
  /** Named as in the totals: "liveBytes". */
  key: string;
  /** For people: "live bytes". */
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
  /** `calls`: functions and what they call; `groups`: parts of parts; `requires`: files and what they load. */
  kind: 'calls' | 'groups' | 'requires';
  nodes: Count;
  /** At least one. */
  weights: WeightInfo[];
  /** What its nodes can be grouped by: what the file says of any of them. */
  groupKeys: ProfileGroupKey[];
  /** Whether any of its functions only allocates for others. */
  hasAllocators: boolean;
}

/** What a profile can be grouped by. `line` is file and line, `function` the name. */
export type ProfileGroupKey = 'library' | 'file' | 'line' | 'function';

/** Terms of the filter language that a profile can answer; texts and expressions besides. */
export const PROFILE_TERMS = ['gem', 'file', 'site', 'method', 'class'] as const;

/** The first tree of a profile over time. */
export interface MomentsInfo {
  /** What it weighs at each moment: "live bytes". */
  label: string;
  unit: string;
  /** Row of the timeline of each snapshot, ascending. */
  rows: number[];
  /** Where on the timeline each is. */
  x: number[];
}

/** What of a profile is looked at by all its views. */
export interface ProfileScope {
  /** Rows of the timeline. Two equal ones: the snapshot there. Else what changed from one to the other. Null: the whole file. */
  rows: { from: number; to: number } | null;
  /** Another open profile of the same format: what changed since that one. */
  against: SnapshotId | null;
  /** In the filter language: stacks of which any frame matches. '' = all. */
  filter: string;
  /** Whether functions that only allocate are shown, such as malloc; else what they have is their caller's. */
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

/** An open profile or series: all that is known of it but its rows. Sent once, when it is open. */
export interface ProfileInfo extends Omit<ProfileReport, 'top'> {
  /** Never that of a heap: both are numbered together. */
  id: SnapshotId;
  name: string;
  fileBytes: Bytes;
  /** Memory that it holds while it is open. */
  memoryBytes: Bytes;
  /** None for a series. */
  trees: TreeInfo[];
  /** The column that tells whether memory grows; null if there is no series, or none of its columns is about memory. */
  mainColumn: string | null;
  /** Those that are shown at first, the main one first. */
  shownColumns: string[];
  /** Null if the file has one moment only. */
  moments: MomentsInfo | null;
  histograms: HistogramInfo[];
}

/** A function, line, file or gem with all its places in a tree taken together. */
export interface FunctionInfo {
  name: string;
  /** What it has itself. */
  self: number;
  /** With all below it; where it calls itself, the outermost call counts alone. */
  total: number;
  /** In a comparison: how much more both are than before. */
  selfChange?: number;
  totalChange?: number;
}

export type FunctionSortKey = 'name' | 'self' | 'total' | 'selfChange' | 'totalChange';

/** Which way a tree is followed: from callers down to what they call, or from each function up to its callers. */
export type CallDirection = 'callees' | 'callers';

/** What every question about a tree says: which tree of the profile, and which of its weights. */
interface TreeParams {
  /** Position in {@link ProfileInfo.trees}. */
  tree: number;
  /** Position in {@link TreeInfo.weights}. */
  weight: number;
  scope: ProfileScope;
  /** Groups in place of the tree that the file has, outermost first; [] = that tree. */
  by: ProfileGroupKey[];
  /** Whether calls of a function within itself are put together with the outermost one. */
  fold: boolean;
}

/** Columns of a series to be drawn. All arrays have one length. */
export interface SeriesPoints {
  /** Ascending. */
  x: Float64Array;
  /** In the order asked; NaN = no value. */
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
  /** A window of the functions of a tree, with `search` those whose name contains it. O(n) once, O(f log f) an order. */
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
  /** Columns of the series by name; beyond `maxPoints` the lowest and highest of each stretch. O(r). */
  seriesPoints: { params: { columns: string[]; maxPoints: Count }; answer: SeriesPoints };
  /** A window of the rows of the series, with all columns. */
  seriesRows: { params: { offset: Count; limit: Count }; answer: Window<SeriesRow> };
  /** The tree for other programs. O(n × depth). */
  profileFile: { params: TreeParams & { as: 'collapsed' | 'speedscope' }; answer: Blob };
  /** The numbers that `npm run report` prints. O(n). */
  profileReport: { params: { top: Count }; answer: ProfileReport };
}

export type ProfileQuestionName = keyof ProfileQuestionTypes;
export type ProfileParamsOf<Name extends ProfileQuestionName> = ProfileQuestionTypes[Name]['params'];
export type ProfileAnswerOf<Name extends ProfileQuestionName> = ProfileQuestionTypes[Name]['answer'];

/** The most that any parameter of these names may ask for. */
export const PROFILE_LIMITS = { limit: 1000, maxNodes: 10_000, maxPoints: 10_000, columns: 12 } as const;
