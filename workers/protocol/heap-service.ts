import type { Outcome } from './errors.ts';
import type { GroupingKey, ObjectSetSpec } from './object-set.ts';
import type { LoadProgress } from './progress.ts';
import type { Report, ReportOptions } from './report.ts';
import type {
  GenerationChart,
  GroupRow,
  Neighbour,
  ObjectDetails,
  ObjectRow,
  Overview,
  RetainerPath,
  SnapshotInfo,
  TreeNode,
  Window,
} from './rows.ts';
import type { AddressText, Bytes, Fraction, ObjectIndex, SnapshotId } from './units.ts';

export interface OpenOptions {
  /** Chosen by the caller, unique in the session: the name by which the load can be cancelled. */
  loadId: number;
  /** Shown as the snapshot's name. */
  name: string;
  /** Only entries of `references` are edges, as reap and harb do; for comparison. */
  referencesOnly?: boolean;
  /** Open even where the estimate says that it will not fit. */
  ignoreMemoryLimit?: boolean;
}

/** What a query is about. */
export interface Scope {
  snapshot: SnapshotId;
  /** Narrows the answer to members of the set. */
  set: ObjectSetSpec;
  /**
   * A newer query of the same lane ends an older one that still runs, with an error named `SupersededError`.
   * One lane a view. Without a lane a query is never superseded.
   */
  lane?: string;
}

export type GroupSortKey = 'label' | 'objects' | 'shallowBytes' | 'retainedBytes';
export type ObjectSortKey = 'address' | 'label' | 'shallowBytes' | 'retainedBytes' | 'generation';

/** What {@link HeapService.dominatorTree} starts at. */
export type TreeRoot =
  | { kind: 'all' }
  | { kind: 'root'; name: string }
  | { kind: 'object'; object: ObjectIndex }
  | { kind: 'unreachable' };

/**
 * Every question the page can ask of the worker. Answers are bounded: a window of at most 1,000 rows, a tree of
 * at most `maxNodes`, one path, or transferred typed arrays. n = objects, e = references.
 */
export interface HeapService {
  /**
   * Reads a dump and builds its indexes: O(file + n + e). Reports about four times a second. The promise
   * resolves when every retained size is known. A failure is an outcome, never a rejection; what was open stays.
   */
  open(
    file: Blob,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>>;
  /** Stops a load at its next checkpoint (under 100 ms) and frees what it had built. Unknown ids are ignored. */
  cancelOpen(loadId: number): Promise<void>;
  /** Forgets a snapshot and frees its memory. */
  close(snapshot: SnapshotId): Promise<void>;
  /** Builds dominators and retained sizes anew under the other rule. O(n + e). */
  setReferencesOnly(snapshot: SnapshotId, referencesOnly: boolean): Promise<SnapshotInfo>;

  /** Totals and top lists. O(n) at first for a set, then cached. `top` ≤ 100. */
  overview(query: Scope & { top: number }): Promise<Overview>;
  /** Count and bytes of a set. O(n) at first, then cached. */
  setSize(query: Scope): Promise<{ objects: number; shallowBytes: Bytes }>;
  /** A window of the groups of a set. Grouping O(n), cached; sorting O(g log g); window O(limit). limit ≤ 1,000. */
  groups(
    query: Scope & {
      key: GroupingKey;
      sort: GroupSortKey;
      descending: boolean;
      /** Only groups whose label contains it, ignoring case. */
      filter?: string;
      offset: number;
      limit: number;
    },
  ): Promise<Window<GroupRow>>;
  /** A window of the members of a set. O(n) for the first of an order, which is kept for the last ones; limit ≤ 1,000. */
  objects(
    query: Scope & { sort: ObjectSortKey; descending: boolean; offset: number; limit: number },
  ): Promise<Window<ObjectRow>>;

  /**
   * The dominator tree below `root`, cut to what can be drawn: nodes of at least `minShare` of its bytes,
   * largest first, at most `maxNodes` (≤ 10,000); what is cut is in remainder nodes, so areas add up. With a
   * set, areas are shallow bytes of its members below each node. O(visited nodes and their children).
   */
  dominatorTree(query: Scope & { root: TreeRoot; maxNodes: number; minShare: Fraction }): Promise<TreeNode[]>;
  /** The ancestors of an object in the dominator tree, outermost first, itself last; runs folded; ≤ 1,000. */
  dominators(query: {
    snapshot: SnapshotId;
    object: ObjectIndex;
  }): Promise<{ root: string | null; steps: ObjectRow[]; omitted: number }>;
  /** A grouping as a tree by shallow bytes, cut like {@link dominatorTree}. At most four keys. O(n). */
  groupTree(
    query: Scope & { keys: GroupingKey[]; maxNodes: number; minShare: Fraction },
  ): Promise<TreeNode[]>;
  /** Objects by generation, stacked by the eight largest groups of `key` and a rest. O(n), cached. */
  generations(query: Scope & { key: GroupingKey; measure: 'bytes' | 'objects' }): Promise<GenerationChart>;

  /** One object, its record read from the file. O(record); for gzip O(text since the last restart point). */
  object(query: { snapshot: SnapshotId; object: ObjectIndex }): Promise<ObjectDetails>;
  /** Index of the object at an address, or null. O(1). */
  find(query: { snapshot: SnapshotId; address: AddressText }): Promise<ObjectIndex | null>;
  /** Rows of given objects (at most 1,000). O(1) each. */
  rows(query: { snapshot: SnapshotId; objects: ObjectIndex[] }): Promise<ObjectRow[]>;
  /** A window of what an object refers to, or of what refers to it; distinct objects. limit ≤ 1,000. */
  neighbours(query: {
    snapshot: SnapshotId;
    object: ObjectIndex;
    direction: 'references' | 'referrers';
    offset: number;
    limit: number;
  }): Promise<Window<Neighbour>>;
  /**
   * The beginnings of strings' and symbols' values, at most 80 characters each, in the order asked; null where
   * the record has no value. At most 200 objects. Reads the file: O(records), for gzip O(file) at most.
   */
  excerpts(query: {
    snapshot: SnapshotId;
    objects: ObjectIndex[];
    lane?: string;
  }): Promise<(string | null)[]>;
  /** A shortest retainer path from a root, without cache edges; at most 1,000 steps of it. O(n + e) once, then O(length). */
  retainerPath(query: { snapshot: SnapshotId; object: ObjectIndex }): Promise<RetainerPath>;

  /** How far questions are that have been running for half a second: the one with the longest way to go; else null. */
  questionProgress(): Promise<Fraction | null>;
  /** Ends all questions that are running, each with an error named `CANCELLED`. */
  cancelQuestions(): Promise<void>;

  /** The numbers of the whole snapshot, as `npm run report` prints them. O(n). */
  report(snapshot: SnapshotId, options: ReportOptions): Promise<Report>;
}
