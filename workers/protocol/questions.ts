import type { Comparison, FixCheck, GrowthRow, GrowthSlice, MatchedObject } from './comparison.ts';
import type { ObjectContents } from './contents.ts';
import { type Exclusion, MAX_EXCLUSIONS } from './exclusions.ts';
import type { Findings } from './findings.ts';
import type { GenerationChart } from './generations.ts';
import type { LeakShare, ObjectDetails } from './object-details.ts';
import { GROUPING_KEYS, type GroupingKey, type ObjectSetSpec } from './object-set.ts';
import type { HeapHealth, Overview } from './overview.ts';
import type { HeapPages, PageColour, PageMap, PageOrder } from './pages.ts';
import type { Freed, MergedPaths, PathDirection, RetainerPath } from './paths.ts';
import type { Report } from './report.ts';
import type {
  ClassNeighbours,
  EdgeName,
  FoundObject,
  GroupRow,
  Neighbour,
  NeighbourGroup,
  ObjectRow,
  Tally,
  ThreadRow,
  Window,
} from './rows.ts';
import type { ShapeRow, ShapeSummary } from './shapes.ts';
import type { DuplicateStringRow, Excerpt, StringSummary } from './strings.ts';
import type { SharedOwners, TreeNode } from './tree-node.ts';
import type { Bytes, Count, Fraction, Generation, ObjectIndex, SnapshotId } from './units.ts';

/** `origin`: the application, gems, Ruby, others, then what is untraced; the largest first in each. */
export type GroupSortKey = 'label' | 'origin' | 'objects' | 'shallowBytes' | 'retainedBytes';
export type DuplicateSortKey = 'wastedBytes' | 'copies' | 'length';
/**
 * The columns that a table of objects can have besides name, sizes and address: figures, and the group under any key.
 */
export const OBJECT_COLUMNS = ['references', 'referrers', 'length', ...GROUPING_KEYS] as const;
export type ObjectColumn = (typeof OBJECT_COLUMNS)[number];

export const OBJECT_SORTS = ['address', 'label', 'shallowBytes', 'retainedBytes', ...OBJECT_COLUMNS] as const;
export type ObjectSortKey = (typeof OBJECT_SORTS)[number];

/** Where the shown part of the dominator tree begins. */
export type TreeRoot =
  | { kind: 'all' }
  | { kind: 'root'; name: string }
  | { kind: 'object'; object: ObjectIndex }
  | { kind: 'unreachable' };

/** Which part of a list is requested. */
interface WindowParams {
  offset: Count;
  limit: Count;
}

/** How much of a tree is requested. */
export interface CutParams {
  maxNodes: Count;
  /** Nodes with a smaller share of the root's bytes go into a remainder. */
  minShare: Fraction;
  /**
   * Leaves out this many of the root's largest children: the `skip` of a remainder node, to show what that node
   * contains.
   */
  skip?: Count;
  /** Maximum number of levels below the root. */
  levels?: Count;
}

/** What the areas of a tree show: shallow bytes, the retained bytes of each group, or a count of objects. */
export const TREE_AREAS = ['bytes', 'retained', 'objects'] as const;
export type TreeArea = (typeof TREE_AREAS)[number];

/**
 * What nodes show besides their type (numbers.md#colour-of-a-tile): in `library` the origin or gem of more than half of
 * their own bytes, or in `generation` the mean generation, if more than half of their own bytes have one.
 */
export type TreeFact = 'origin' | 'gem' | 'generation';

/**
 * Every question that the page can ask about an open heap: its parameters and its answer. The rest of a question's
 * declaration is its row of {@link QUESTIONS}; its answer is computed by the function of the same name in
 * `service/answerers.ts`. Client, worker, cancellation and the keys of cached answers follow from these.
 *
 * In comments and costs: n = objects, e = references, g = groups.
 */
interface QuestionTypes {
  /** Totals and top lists of a set. */
  overview: { params: { top: Count }; answer: Overview };
  /** What the bytes of a set are for. */
  health: { params: object; answer: HeapHealth };
  /** Count and bytes of a set. */
  setSize: { params: object; answer: Tally };
  /** The same for several sets, in their order. */
  setSizes: { params: { sets: ObjectSetSpec[] }; answer: Tally[] };
  /**
   * A window of the groups of a set; with `filter`, of those whose label contains it, ignoring case. Without
   * `overhead`, classes lack the allocation tracer's own table.
   */
  groups: {
    params: WindowParams & {
      key: GroupingKey;
      sort: GroupSortKey;
      descending: boolean;
      filter?: string;
      overhead?: boolean;
    };
    answer: Window<GroupRow>;
  };
  /** A window of the members of a set. `columns`: what the `values` of each row are, in this order. */
  objects: {
    params: WindowParams & { sort: ObjectSortKey; descending: boolean; columns?: ObjectColumn[] };
    answer: Window<ObjectRow>;
  };
  /**
   * The dominator tree below `root`, largest first. Remainder nodes stand for what is cut, so areas add up. With a
   * set, areas are the shallow bytes of its members below each node.
   */
  dominatorTree: { params: CutParams & { root: TreeRoot; fact?: TreeFact }; answer: TreeNode[] };
  /**
   * The dominator tree with siblings of one class merged at every level, below the branch `path` (the `step`s of its
   * nodes, outermost first; empty = everything). Classes themselves are not merged, but those of one namespace are one
   * node. Without `overhead`, all sizes exclude the allocation tracer's own table. With `area` `objects`, `bytes` are
   * counts.
   */
  mergedTree: {
    params: CutParams & { path: string[]; overhead: boolean; area?: 'bytes' | 'objects'; fact?: TreeFact };
    answer: TreeNode[];
  };
  /**
   * The merged dominator tree reversed: classes by the shallow bytes of their members, and below each the classes that
   * dominate them, up to the roots. `path`: the `step`s from the class on. The allocation tracer is left out.
   */
  holderTree: { params: CutParams & { path: string[] }; answer: TreeNode[] };
  /**
   * A grouping as a tree, cut like {@link dominatorTree}; `overhead` as for {@link mergedTree}. Without `area`,
   * `bytes` are shallow bytes. Retained bytes of groups do not add up to those of the group around them.
   */
  groupTree: {
    params: CutParams & { keys: GroupingKey[]; overhead: boolean; area?: TreeArea; fact?: TreeFact };
    answer: TreeNode[];
  };
  /**
   * The shortest paths to all members, merged by class at each step, and their common part. `ignore`: what
   * the paths must not pass through. `path`: the `step`s of the node to begin with; empty = all. Nodes are cut like
   * {@link dominatorTree}, by members in place of bytes.
   */
  mergedPaths: {
    params: CutParams & { direction: PathDirection; path: string[]; ignore: Exclusion[] };
    answer: MergedPaths;
  };
  /**
   * What would be freed if everything in `cut` were gone, and with `filter` also the objects that it finds. Exact, by
   * reachability.
   */
  freedBy: { params: { cut: Exclusion[]; filter?: string }; answer: Freed };
  /**
   * Objects by generation, stacked by the eight largest groups of `key` and the rest. `within`: the groups are the
   * largest in these generations.
   */
  generations: {
    params: {
      key: GroupingKey;
      measure: 'bytes' | 'objects';
      within?: { from: Generation; to: Generation };
    };
    answer: GenerationChart;
  };
  /** A summary of the strings of a set; the texts of those that may be equal are read from the file, once. */
  stringSummary: { params: { top: Count }; answer: StringSummary };
  /** A window of the texts that at least two strings of a set have. */
  duplicateStrings: {
    params: WindowParams & { sort: DuplicateSortKey; descending: boolean };
    answer: Window<DuplicateStringRow>;
  };

  /** One object, its record read from the file. */
  object: { params: { object: ObjectIndex }; answer: ObjectDetails };
  /**
   * The object that a text names: by its address in any spelling, by what `inspect` prints of it, or by its object id.
   * Null if there is none.
   */
  find: { params: { text: string }; answer: FoundObject | null };
  /** Rows of given objects. */
  rows: { params: { objects: ObjectIndex[] }; answer: ObjectRow[] };
  /**
   * A window of what an object refers to, or of what refers to it; distinct objects. With `label`, only those with this
   * class label, the largest retained size first.
   */
  neighbours: {
    params: WindowParams & { object: ObjectIndex; direction: 'references' | 'referrers'; label?: string };
    answer: Window<Neighbour>;
  };
  /** A window of the same objects grouped by class label, the largest retained size first. */
  neighbourGroups: {
    params: WindowParams & { object: ObjectIndex; direction: 'references' | 'referrers' };
    answer: Window<NeighbourGroup>;
  };
  /** A window of the classes that the objects of a class refer to, or that refer to them. */
  classNeighbours: {
    params: WindowParams & { label: string; direction: 'references' | 'referrers' };
    answer: ClassNeighbours;
  };
  /** How objects refer to others, in the requested order. Names are read from the file. */
  edgeNames: { params: { edges: { source: ObjectIndex; target: ObjectIndex }[] }; answer: EdgeName[] };
  /** The beginnings of the texts of strings and symbols, in the requested order. */
  excerpts: { params: { objects: ObjectIndex[] }; answer: Excerpt[] };
  /** A shortest retainer path from a root, without cache edges; at most 1,000 steps of it. */
  retainerPath: { params: { object: ObjectIndex }; answer: RetainerPath };
  /**
   * The shortest paths to an object that visit no object twice, the shortest first, at most `count` of them; fewer if
   * there are no more. Cache edges never count; `ignore`: what they must not pass through.
   */
  paths: {
    params: { object: ObjectIndex; count: Count; ignore: Exclusion[] };
    answer: RetainerPath[];
  };
  /** The dominators of an object, outermost first, the object itself last; runs are folded; at most 1,000 steps. */
  dominators: {
    params: { object: ObjectIndex };
    answer: { root: string | null; steps: ObjectRow[]; omitted: Count };
  };
  /**
   * Which of some branches of the merged dominator tree refer to objects in others, though neither is in the other;
   * most objects first, at most `top`.
   */
  sharedOwners: { params: { paths: string[][]; top: Count }; answer: SharedOwners[] };
  /**
   * A summary of the shapes; the shape of each object is read from the file, once. `top`: maximum number of classes.
   */
  shapes: { params: { top: Count }; answer: ShapeSummary };
  /** The shapes directly below one, given by its row; null = the outermost ones. */
  shapeTree: { params: { below: number | null }; answer: ShapeRow[] };
  /** The heap's pages and slots as a whole; null for a format without pages. */
  pages: { params: object; answer: HeapPages | null };
  /**
   * A window of the heap's pages, slot by slot; of one slot size, or of all, the smaller first. Without pages for a
   * format that has none.
   */
  pageMap: {
    params: WindowParams & { colour: PageColour; order: PageOrder; slotBytes: Bytes | null };
    answer: PageMap;
  };
  /**
   * A window of the contents of an object as seen by the program. Its record is read from the file.
   */
  contents: { params: WindowParams & { object: ObjectIndex }; answer: ObjectContents };
  /** The LeakShare of an object; null for an unreachable one. */
  leakShare: { params: { object: ObjectIndex }; answer: LeakShare | null };
  /** Threads and fibers, and ractors if there are several, sorted by what they keep alive. */
  threads: { params: { limit: Count }; answer: ThreadRow[] };
  /**
   * What is wrong or worth knowing in the whole snapshot, in order. `thresholds`: values by name that replace the
   * defaults, see `FindingThreshold`.
   */
  findings: { params: { thresholds?: Readonly<Record<string, number>> }; answer: Findings };
  /**
   * The numbers of the whole snapshot, or with `filter` of the objects that it finds, as `npm run report` prints them.
   * `top`: maximum number of rows of a list, 200 by default; `group`: keys to group by. Rejects with a `FilterError` if
   * the filter cannot be read or answered.
   */
  report: { params: { top?: Count; filter?: string; group?: GroupingKey[] }; answer: Report };
  /**
   * The dumps of the snapshot's series, compared; null if it is not in a series. `top`: maximum number of rows of a
   * list.
   */
  comparison: { params: { top: Count }; answer: Comparison | null };
  /**
   * Whether a fix worked, by the groups of a key: compares dumps of the snapshot's series from before it with dumps
   * from after it. Null if the snapshot is not in a series.
   */
  fixCheck: {
    params: { key: GroupingKey; before: SnapshotId[]; after: SnapshotId[]; top: Count };
    answer: FixCheck | null;
  };
  /**
   * The way from a class back to its holders, by references between classes and their growth over the snapshot's
   * series: for each class on the way the `top` classes that refer to it most. Null if the snapshot is in no series.
   */
  growthSlice: { params: { label: string; top: Count }; answer: GrowthSlice | null };
  /**
   * The matches of objects in the dumps before and after; null if the snapshot is not in a series, or objects cannot be
   * identified.
   */
  matches: { params: { objects: ObjectIndex[] }; answer: MatchedObject[] | null };
  /** A window of the groups of the snapshot's series, the strongest growth first; empty if it is not in a series. */
  growth: { params: WindowParams & { key: GroupingKey }; answer: Window<GrowthRow> };
}

export type QuestionName = keyof QuestionTypes;
export type ParamsOf<Name extends QuestionName> = QuestionTypes[Name]['params'];
export type AnswerOf<Name extends QuestionName> = QuestionTypes[Name]['answer'];

/** What a question is about: `set` = the members of a set in a snapshot; `snapshot` = the whole of it. */
type About = 'set' | 'snapshot';

interface Declaration<Name extends QuestionName> {
  about: About;
  /** Upper limits of parameters. Larger numbers are reduced to them, and longer lists are cut. */
  limits: { readonly [Param in keyof ParamsOf<Name>]?: number };
  /** What an answer costs. */
  cost: string;
  /** Its parameter `filter` is in the filter language, and may need texts that are read from the file. */
  takesFilter?: true;
}

const ROWS = 1000;
const NODES = 10_000;

/** The declarations of all questions. A question without a limit has an answer that is always small. */
export const QUESTIONS = {
  overview: { about: 'set', limits: { top: 100 }, cost: 'O(n) once for a set, then cached' },
  health: { about: 'set', limits: {}, cost: 'O(n) once for a set, then cached' },
  setSize: { about: 'set', limits: {}, cost: 'O(n) once for a set, then cached' },
  setSizes: { about: 'snapshot', limits: { sets: 100 }, cost: 'O(n) once for each set, then cached' },
  groups: { about: 'set', limits: { limit: ROWS }, cost: 'O(n) once, O(g log g) for an order' },
  objects: { about: 'set', limits: { limit: ROWS, columns: 21 }, cost: 'O(n) once for an order' },
  dominatorTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(visited nodes and their children)' },
  mergedTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(n) once, O(visited nodes) for a cut' },
  holderTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(n) once, O(visited nodes) for a cut' },
  groupTree: { about: 'set', limits: { maxNodes: NODES, keys: 5 }, cost: 'O(n) once for a set' },
  mergedPaths: {
    about: 'set',
    limits: { maxNodes: NODES, ignore: MAX_EXCLUSIONS },
    cost: 'O(n + e) once for what is ignored, O(n) once for a set',
  },
  freedBy: { about: 'snapshot', limits: { cut: MAX_EXCLUSIONS }, cost: 'O(n + e)', takesFilter: true },
  generations: { about: 'set', limits: {}, cost: 'O(n) once for a set' },
  stringSummary: { about: 'set', limits: { top: ROWS }, cost: 'O(file) once, then O(n) for a set' },
  duplicateStrings: {
    about: 'set',
    limits: { limit: ROWS },
    cost: 'O(file) once, then O(copies) for a set and O(copies + their referrers) for the rows',
  },
  object: { about: 'snapshot', limits: {}, cost: 'O(record); for gzip O(text since a restart point)' },
  find: { about: 'snapshot', limits: {}, cost: 'O(log pages); for an object id O(file) once' },
  rows: { about: 'snapshot', limits: { objects: ROWS }, cost: 'O(1) each' },
  neighbours: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(neighbours)' },
  neighbourGroups: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(neighbours)' },
  classNeighbours: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n + e) once for a class' },
  edgeNames: { about: 'snapshot', limits: { edges: 300 }, cost: 'O(records); for gzip O(file) at most' },
  excerpts: { about: 'snapshot', limits: { objects: 200 }, cost: 'O(records); for gzip O(file) at most' },
  retainerPath: { about: 'snapshot', limits: {}, cost: 'O(n + e) once, then O(length)' },
  paths: {
    about: 'snapshot',
    limits: { count: 50, ignore: MAX_EXCLUSIONS },
    cost: 'O(n + e) once, then O(length) for most; O(n + e) for each step of a path at worst',
  },
  dominators: { about: 'snapshot', limits: {}, cost: 'O(depth)' },
  sharedOwners: { about: 'snapshot', limits: { paths: 200, top: ROWS }, cost: 'O(n + e)' },
  shapes: { about: 'snapshot', limits: { top: ROWS }, cost: 'O(file) once, O(shapes × variables)' },
  shapeTree: { about: 'snapshot', limits: {}, cost: 'O(file) once, O(shapes)' },
  pages: { about: 'snapshot', limits: {}, cost: 'O(n) once' },
  pageMap: { about: 'set', limits: { limit: 256 }, cost: 'O(n) once, O(slots of the window · log pages)' },
  contents: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(record)' },
  leakShare: { about: 'snapshot', limits: {}, cost: 'O(n + e) at most' },
  threads: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n)' },
  findings: { about: 'snapshot', limits: {}, cost: 'O(n + e) once for the usual thresholds' },
  report: { about: 'snapshot', limits: { group: 5 }, cost: 'O(n)', takesFilter: true },
  fixCheck: {
    about: 'snapshot',
    limits: { top: ROWS },
    cost: 'O(n) of all dumps once, O(groups) for other sides',
  },
  growthSlice: {
    about: 'snapshot',
    limits: { top: 20 },
    cost: 'O(n + e) of all dumps once, then O(class edges)',
  },
  growth: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n) of all dumps once, then cached' },
  matches: { about: 'snapshot', limits: { objects: ROWS }, cost: 'O(n) of the dumps beside it once' },
  comparison: { about: 'snapshot', limits: { top: ROWS }, cost: 'O(n) of all dumps once, then cached' },
} as const satisfies { readonly [Name in QuestionName]: Declaration<Name> };

/** Whether a question is about the series of a snapshot, so that every dump of the series gives the same answer. */
export function isOfSeries(name: QuestionName): boolean {
  return name === 'comparison' || name === 'growth' || name === 'fixCheck' || name === 'growthSlice';
}

/** Names of the questions whose answer is a window of rows. */
export type WindowQuestion = {
  [Name in QuestionName]: AnswerOf<Name> extends Window<unknown> ? Name : never;
}[QuestionName];

/** What every question has besides its parameters. */
interface Asked {
  snapshot: SnapshotId;
  /**
   * A newer question of the same lane cancels an older one that is still running, which is rejected with an error named
   * `SUPERSEDED`. Use one lane for each view or part of one. A question without a lane is never superseded.
   */
  lane?: string;
}

/** A question as it is sent: its parameters, the snapshot, and for a question about a set also the set. */
export type QueryOf<Name extends QuestionName> = ParamsOf<Name> &
  Asked &
  ((typeof QUESTIONS)[Name]['about'] extends 'set' ? { set: ObjectSetSpec } : unknown);

/** The query with its parameters cut to the limits of the question. */
export function withinLimits<Name extends QuestionName>(name: Name, query: QueryOf<Name>): QueryOf<Name> {
  const bounded: Record<string, unknown> = { ...query };
  for (const [param, limit] of Object.entries<number>(QUESTIONS[name].limits)) {
    const value = bounded[param];
    if (typeof value === 'number') bounded[param] = Math.min(value, limit);
    else if (Array.isArray(value)) bounded[param] = value.slice(0, limit);
  }
  return bounded as QueryOf<Name>;
}
