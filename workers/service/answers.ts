import { type Branches, type BranchPath, branchesOf } from '../analysis/branches.ts';
import { type ClassReferences, classNeighbours } from '../analysis/class-neighbours.ts';
import { dominatorCut, type UnreachableClasses, unreachableByClass } from '../analysis/dominator-cut.ts';
import type { DuplicateStrings } from '../analysis/duplicate-strings.ts';
import { compileExclusions } from '../analysis/exclusions.ts';
import type { FileFacts } from '../analysis/file-facts.ts';
import { findAll } from '../analysis/findings/find-all.ts';
import type { ComparedHolders } from '../analysis/findings/finding-kind.ts';
import { freedBy } from '../analysis/freed-by.ts';
import { groupRows } from '../analysis/group-rows.ts';
import { groupTree, type RetainedAtLevel, retainedAtLevel } from '../analysis/group-tree.ts';
import type { GroupTable, ObjectGroups } from '../analysis/grouping.ts';
import { healthOf } from '../analysis/health.ts';
import { holderCut } from '../analysis/holder-cut.ts';
import { leakShare } from '../analysis/leak-share.ts';
import { byObjects, type MergedCutInput, mergedCut } from '../analysis/merged-cut.ts';
import { type PathSummary, summarisePaths } from '../analysis/merged-paths.ts';
import { type MergedSums, mergedSums } from '../analysis/merged-tree.ts';
import { NextPaths } from '../analysis/next-paths.ts';
import { type ColumnValues, figureColumn, isFigureColumn, labelColumn } from '../analysis/object-columns.ts';
import { objectGroups } from '../analysis/object-groups.ts';
import { compileSet } from '../analysis/object-sets.ts';
import { isOwnSort, type SortedMembers, sortMembers } from '../analysis/order.ts';
import { makeOverview } from '../analysis/overview.ts';
import { type PagesOfHeap, pagesOf, summarisePages } from '../analysis/pages/heap-pages.ts';
import { type Colouring, orderedPages, pageMap } from '../analysis/pages/page-map.ts';
import { pathCut } from '../analysis/path-cut.ts';
import type { UpwardPath } from '../analysis/path-detours.ts';
import { pathSentences } from '../analysis/path-sentences.ts';
import { type RefinedPairs, refinedSet, refinedTable, refinePairs } from '../analysis/refined-pairs.ts';
import { duplicatesIn, type SetDuplicates } from '../analysis/set-duplicates.ts';
import { type ShapeTree, shapeTree } from '../analysis/shapes/shape-tree.ts';
import { sharedOwners } from '../analysis/shared-owners.ts';
import { SubtreeSums } from '../analysis/subtree-sums.ts';
import { type PairTally, tallyPairs, tallyUnreachable } from '../analysis/tally.ts';
import type { CutLimits } from '../analysis/tree-cut.ts';
import { type FactSource, mergedFacts, objectFacts } from '../analysis/tree-facts.ts';
import { nothingLeftOut } from '../indexes/left-out.ts';
import type { Retention } from '../indexes/retention.ts';
import { type RetentionEdges, referencesOnlyEdges, standardEdges } from '../indexes/retention-edges.ts';
import { shortestPaths } from '../indexes/shortest-paths.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { part, type Steps } from '../model/steps.ts';
import type { Relation } from '../protocol/comparison.ts';
import { type Exclusion, exclusionText } from '../protocol/exclusions.ts';
import type { Findings } from '../protocol/findings.ts';
import {
  type GroupingKey,
  isObjectKey,
  isPlaceKey,
  type ObjectKey,
  type ObjectSetSpec,
  objectSetKey,
  type PairKey,
} from '../protocol/object-set.ts';
import type { HeapPages, PageColour, PageMap } from '../protocol/pages.ts';
import type { Freed, MergedPaths, PathDirection } from '../protocol/paths.ts';
import type {
  ObjectColumn,
  ObjectSortKey,
  QueryOf,
  TreeArea,
  TreeFact,
  TreeRoot,
} from '../protocol/questions.ts';
import type { GroupRow, HeapHealth, LeakShare, Overview, SharedOwners, TreeNode } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Recent } from './recent.ts';

/** How many answers of one kind are kept. Bitmaps and sorted lists are large at millions of objects. */
const KEPT = {
  sets: 12,
  tallies: 12,
  rows: 24,
  orders: 3,
  sums: 2,
  unreachable: 12,
  paths: 2,
  classes: 20,
  findings: 2,
} as const;

/** A set added up by pairs that the groups of some keys are a matter of. */
export interface Grouping {
  /** The heap, its pairs refined where keys need that. */
  snapshot: HeapSnapshot;
  set: ObjectSet;
  tally: PairTally;
  /** One a key, in the order asked. */
  tables: GroupTable[];
}

/** Runs steps to their end in slices. */
export type RunSteps = <Result>(steps: Steps<Result>) => Promise<Result>;

/**
 * Answers about one heap under one rule for edges. Those that are expensive to compute are cached. Under another rule
 * there are other answers: a question that is still running when the rule changes ends with those it began with.
 */
export class Answers {
  readonly retention: Retention;
  readonly #snapshot: HeapSnapshot;
  readonly #applicationRoot: string;
  readonly #groupTable: (key: PairKey) => GroupTable;
  readonly #referrers: () => Steps<Adjacency>;
  readonly #find: (text: string) => ObjectIndex;
  readonly #related: (relation: Relation) => Steps<Int32Array | string>;
  readonly #file: FileFacts;
  readonly #run: RunSteps;
  readonly #sets = new Recent<ObjectSet>(KEPT.sets);
  readonly #tallies = new Recent<PairTally>(KEPT.tallies);
  readonly #unreachable = new Recent<PairTally>(KEPT.unreachable);
  readonly #unreachableClasses = new Recent<UnreachableClasses>(KEPT.unreachable);
  readonly #groupRows = new Recent<GroupRow[]>(KEPT.rows);
  readonly #overviews = new Recent<Overview>(KEPT.rows);
  readonly #orders = new Recent<Promise<SortedMembers>>(KEPT.orders);
  readonly #sums = new Recent<SubtreeSums>(KEPT.sums);
  readonly #objectGroups = new Recent<ObjectGroups>(1);
  readonly #refined = new Recent<RefinedPairs>(2);
  readonly #branches = new Recent<Branches>(1);
  readonly #setDuplicates = new Recent<SetDuplicates>(KEPT.sums);
  readonly #mergedSums = new Recent<MergedSums>(KEPT.sums);
  readonly #health = new Recent<HeapHealth>(KEPT.sets);
  readonly #shapes = new Recent<ShapeTree>(1);
  /** One: 40 bytes a page. */
  readonly #pages = new Recent<{ heap: PagesOfHeap; summary: HeapPages } | 'none'>(1);
  readonly #findings = new Recent<Findings>(KEPT.findings);
  /** Trees of shortest paths, by what they leave out: 4 bytes an object each. */
  readonly #pathTrees = new Recent<Uint32Array>(KEPT.paths);
  /** One: 16 bytes an object. */
  readonly #nextPaths = new Recent<NextPaths>(1);
  readonly #pathSummaries = new Recent<PathSummary>(KEPT.paths);
  readonly #classNeighbours = new Recent<ClassReferences>(KEPT.classes);
  /** One, made when first asked for. */
  readonly #paths = new Recent<Promise<Uint32Array>>(1);

  /**
   * `find`: the object that a text names, or -1; `related`: see {@link SetContext}; `file`: what was read from it. `run`
   * answers what several may ask for.
   */
  constructor(
    snapshot: HeapSnapshot,
    retention: Retention,
    applicationRoot: string,
    groupTableOf: (key: PairKey) => GroupTable,
    referrers: () => Steps<Adjacency>,
    find: (text: string) => ObjectIndex,
    related: (relation: Relation) => Steps<Int32Array | string>,
    file: FileFacts,
    run: RunSteps,
  ) {
    this.#snapshot = snapshot;
    this.retention = retention;
    this.#applicationRoot = applicationRoot;
    this.#groupTable = groupTableOf;
    this.#referrers = referrers;
    this.#find = find;
    this.#related = related;
    this.#file = file;
    this.#run = run;
  }

  /** The set that is meant; compiled once. */
  *set(spec: ObjectSetSpec): Steps<ObjectSet> {
    const context = {
      snapshot: this.#snapshot,
      retention: this.retention,
      group: this.#groupTable,
      objectGroups: (key: ObjectKey) => this.#groupsOf(key),
      find: this.#find,
      related: this.#related,
      file: this.#file,
      branches: () => this.branches(),
      referrers: this.#referrers,
    };
    return yield* kept(this.#sets, objectSetKey(spec), () => compileSet(context, spec));
  }

  *tally(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* part(0, 0.5, this.set(spec));
    const steps = () => part(0.5, 1, tallyPairs(this.#snapshot, set));
    return yield* kept(this.#tallies, objectSetKey(spec), steps);
  }

  /** Members that no root reaches. */
  *unreachable(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* part(0, 0.5, this.set(spec));
    const steps = () => part(0.5, 1, tallyUnreachable(this.#snapshot, this.retention, set));
    return yield* kept(this.#unreachable, objectSetKey(spec), steps);
  }

  *groupRows(spec: ObjectSetSpec, key: GroupingKey): Steps<GroupRow[]> {
    return yield* kept(this.#groupRows, `${key} ${objectSetKey(spec)}`, () => this.#newGroupRows(spec, key));
  }

  *#newGroupRows(spec: ObjectSetSpec, key: GroupingKey): Steps<GroupRow[]> {
    const { snapshot, set, tally, tables } = yield* part(0, 0.4, this.grouping(spec, [key]));
    const origins = isPlaceKey(key) ? this.#groupTable('origin') : null;
    return yield* part(0.4, 1, groupRows(snapshot, this.retention, set, tally, tables[0]!, origins));
  }

  /** A set added up so that it can be grouped by keys. O(n) for each key under which each object has to be looked at. */
  *grouping(spec: ObjectSetSpec, keys: readonly GroupingKey[]): Steps<Grouping> {
    const objectKeys = keys.filter(isObjectKey);
    if (objectKeys.length === 0) {
      const tally = yield* this.tally(spec);
      const tables = keys.filter(key => !isObjectKey(key)).map(key => this.#groupTable(key as PairKey));
      return { snapshot: this.#snapshot, set: yield* this.set(spec), tally, tables };
    }
    let snapshot = this.#snapshot;
    let set = yield* this.set(spec);
    const tables = new Map<GroupingKey, GroupTable>();
    for (const key of keys) if (!isObjectKey(key)) tables.set(key, this.#groupTable(key));
    for (const [at, key] of objectKeys.entries()) {
      const name = objectKeys.slice(0, at + 1).join(',');
      const from = snapshot;
      const refined = yield* kept(this.#refined, name, () => this.#refine(from, key));
      set = refinedSet(refined, set);
      for (const [other, table] of tables) tables.set(other, refinedTable(refined, table));
      tables.set(key, refined.table);
      snapshot = refined.snapshot;
    }
    const tally = yield* tallyPairs(snapshot, set);
    return { snapshot, set, tally, tables: keys.map(key => tables.get(key)!) };
  }

  *#refine(snapshot: HeapSnapshot, key: ObjectKey): Steps<RefinedPairs> {
    return yield* refinePairs(snapshot, yield* this.#groupsOf(key));
  }

  *#groupsOf(key: ObjectKey): Steps<ObjectGroups> {
    return yield* kept(this.#objectGroups, key, () =>
      objectGroups(this.#snapshot, this.retention, this.#file, key),
    );
  }

  *overview(spec: ObjectSetSpec, top: number): Steps<Overview> {
    const key = `${top} ${objectSetKey(spec)}`;
    const known = this.#overviews.get(key);
    if (known !== undefined) return known;
    const classes = yield* part(0, 0.8, this.groupRows(spec, 'class'));
    const unreachable = yield* part(0.8, 1, this.unreachable(spec));
    const tallies = { all: yield* this.tally(spec), unreachable };
    const set = yield* this.set(spec);
    return this.#overviews.set(key, makeOverview(this.#snapshot, this.retention, set, tallies, classes, top));
  }

  /** The texts that several members have. `all` are those of the whole heap. */
  *duplicates(spec: ObjectSetSpec, all: DuplicateStrings): Steps<SetDuplicates> {
    const set = yield* part(0, 0.5, this.set(spec));
    const steps = () => part(0.5, 1, duplicatesIn(this.#snapshot, all, set));
    return yield* kept(this.#setDuplicates, objectSetKey(spec), steps);
  }

  /** Members of a set in an order. Who asks for the same meanwhile waits for the same. */
  order(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Promise<SortedMembers> {
    const key = `${sort} ${descending} ${objectSetKey(spec)}`;
    return this.#shared(this.#orders, key, () => this.#sorted(spec, sort, descending));
  }

  *#sorted(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Steps<SortedMembers> {
    const set = yield* part(0, 0.3, this.set(spec));
    const by = isOwnSort(sort) ? sort : (yield* part(0.3, 0.5, this.columnValues(sort))).rankOf;
    return yield* part(0.5, 1, sortMembers(this.#snapshot, this.retention, set, by, descending));
  }

  /** What a column tells of objects. O(n) where each object has to be looked at. */
  *columnValues(column: ObjectColumn): Steps<ColumnValues> {
    const snapshot = this.#snapshot;
    if (isFigureColumn(column)) {
      const referrers = column === 'referrers' ? yield* this.#referrers() : null;
      return figureColumn(column, { snapshot, referrers });
    }
    if (isObjectKey(column)) return labelColumn(snapshot, yield* this.#groupsOf(column), 'object');
    return labelColumn(snapshot, this.#groupTable(column), 'pair');
  }

  *mergedTree(
    spec: ObjectSetSpec,
    path: BranchPath,
    overhead: boolean,
    limits: CutLimits,
    area: 'bytes' | 'objects' = 'bytes',
    tell?: TreeFact,
  ): Steps<TreeNode[]> {
    const input = { ...(yield* part(0, 0.7, this.#mergedInput(spec))), overhead };
    const nodeOf: number[] = [];
    const nodes = mergedCut(area === 'objects' ? byObjects(input) : input, path, limits, node =>
      nodeOf.push(node),
    );
    if (tell === undefined) return nodes;
    const set = yield* this.set(spec);
    const { tree } = input.branches;
    const source = this.#factSource(tell);
    const members = set.isAll ? null : set;
    return yield* part(
      0.7,
      1,
      mergedFacts(this.#snapshot, this.retention, tree, members, source, nodes, nodeOf),
    );
  }

  /** A set as a tree of groups. */
  *groupTree(
    spec: ObjectSetSpec,
    keys: readonly GroupingKey[],
    overhead: boolean,
    limits: CutLimits,
    area: TreeArea = 'bytes',
    tell?: TreeFact,
  ): Steps<TreeNode[]> {
    // What the tiles tell is one more key, under which nothing is divided.
    const isLabel = tell === 'origin' || tell === 'gem';
    const all = yield* part(0, 0.4, this.grouping(spec, isLabel ? [...keys, tell] : keys));
    const grouping = { ...all, tables: all.tables.slice(0, keys.length) };
    const retained: RetainedAtLevel[] = [];
    if (area === 'retained') {
      for (const level of keys.keys()) {
        const steps = retainedAtLevel(grouping, this.retention, level + 1, overhead);
        retained.push(
          yield* part(0.4 + 0.6 * (level / keys.length), 0.4 + 0.6 * ((level + 1) / keys.length), steps),
        );
      }
    }
    const fact: FactSource | null = isLabel
      ? { of: 'label', table: all.tables.at(-1)! }
      : tell === undefined
        ? null
        : { of: 'generation' };
    return groupTree({ ...grouping, within: spec, overhead, area, retained, fact }, limits);
  }

  #factSource(tell: TreeFact): FactSource {
    return tell === 'generation' ? { of: 'generation' } : { of: 'label', table: this.#groupTable(tell) };
  }

  *holderTree(spec: ObjectSetSpec, path: BranchPath, limits: CutLimits): Steps<TreeNode[]> {
    const input = yield* this.#mergedInput(spec);
    return holderCut(input, path, limits);
  }

  /** What drawings of the merged tree are made from. */
  *#mergedInput(spec: ObjectSetSpec): Steps<Omit<MergedCutInput, 'overhead'>> {
    const snapshot = this.#snapshot;
    const { retention } = this;
    const key = objectSetKey(spec);
    const branches = yield* part(0, 0.4, this.branches());
    const unreachable = yield* part(0.4, 0.6, this.unreachable(spec));
    const set = yield* this.set(spec);
    const steps = () => part(0.6, 1, mergedSums(snapshot, retention, branches.tree, set.isAll ? null : set));
    const sums = yield* kept(this.#mergedSums, key, steps);
    return { snapshot, retention, branches, sums, unreachable: this.#unreachableClassesOf(key, unreachable) };
  }

  /** The dominator tree merged by class; made when first asked for. */
  *branches(): Steps<Branches> {
    return yield* kept(this.#branches, '', () => branchesOf(this.#snapshot, this.retention));
  }

  *dominatorTree(spec: ObjectSetSpec, root: TreeRoot, limits: CutLimits, tell?: TreeFact): Steps<TreeNode[]> {
    const snapshot = this.#snapshot;
    const { retention } = this;
    const key = objectSetKey(spec);
    const unreachable = yield* part(0, 0.5, this.unreachable(spec));
    const set = yield* this.set(spec);
    const steps = () => part(0.5, 1, SubtreeSums.of(snapshot, retention, set));
    const input = {
      snapshot,
      retention,
      set,
      sums: set.isAll ? null : yield* kept(this.#sums, key, steps),
      unreachable: this.#unreachableClassesOf(key, unreachable),
    };
    const nodes = dominatorCut(input, root, limits);
    return tell === undefined ? nodes : objectFacts(snapshot, this.#factSource(tell), nodes);
  }

  #unreachableClassesOf(key: string, tally: PairTally): UnreachableClasses {
    const known = this.#unreachableClasses.get(key);
    return known ?? this.#unreachableClasses.set(key, unreachableByClass(this.#snapshot, tally));
  }

  /** What the bytes of a set are for. */
  *health(spec: ObjectSetSpec): Steps<HeapHealth> {
    const set = yield* part(0, 0.3, this.set(spec));
    const steps = () => part(0.3, 1, healthOf(this.#snapshot, set));
    return yield* kept(this.#health, objectSetKey(spec), steps);
  }

  /** References between branches of the merged dominator tree that are not below each other. */
  *sharedOwners(paths: readonly BranchPath[], top: number): Steps<SharedOwners[]> {
    const branches = yield* part(0, 0.3, this.branches());
    const referrers = yield* part(0.3, 0.6, this.#referrers());
    return yield* part(0.6, 1, sharedOwners(this.#snapshot, this.retention, referrers, branches, paths, top));
  }

  /** The tree of shapes; `countsObjects`: the shapes of objects were read. */
  *shapes(countsObjects: boolean): Steps<ShapeTree> {
    return yield* kept(this.#shapes, String(countsObjects), () =>
      shapeTree(this.#snapshot, countsObjects ? this.#file.extras().groups('shape') : null),
    );
  }

  /** The heap's pages and slots; null for a format without pages. */
  *pages(): Steps<HeapPages | null> {
    const known = yield* this.#pagesOfHeap();
    return known === 'none' ? null : known.summary;
  }

  *#pagesOfHeap() {
    const snapshot = this.#snapshot;
    return yield* kept(this.#pages, '', function* () {
      const heap = yield* pagesOf(snapshot);
      return heap === null ? ('none' as const) : { heap, summary: summarisePages(snapshot, heap) };
    });
  }

  /** A window of the heap's pages, slot by slot. */
  *pageMap({ set, colour, order, slotBytes, offset, limit }: QueryOf<'pageMap'>): Steps<PageMap> {
    const known = yield* part(0, 0.6, this.#pagesOfHeap());
    const none = { codes: new Uint8Array(), objects: new Int32Array(), entries: [] };
    if (known === 'none') return { total: 0, offset, pages: [], ...none };
    const colouring = yield* part(0.6, 1, this.#colouring(set, colour));
    const pages = orderedPages(known.heap, order, slotBytes);
    return pageMap(this.#snapshot, known.heap, colouring, pages, { offset, limit });
  }

  *#colouring(spec: ObjectSetSpec, by: PageColour): Steps<Colouring> {
    if (by === 'state' || by === 'generation') return { by };
    if (by === 'set') return { by, set: yield* this.set(spec) };
    return { by: 'group', table: this.#groupTable(by) };
  }

  /** All findings of the heap; `thresholds` in place of the usual ones. */
  *findings(thresholds: Readonly<Record<string, number>>, compared: ComparedHolders | null): Steps<Findings> {
    const input = {
      snapshot: this.#snapshot,
      retention: this.retention,
      referrers: this.#referrers,
      groupTable: this.#groupTable,
      applicationRoot: this.#applicationRoot,
      compared,
    };
    const key = JSON.stringify([Object.entries(thresholds).sort(), compared?.holders ?? null]);
    return yield* kept(this.#findings, key, () => findAll(input, thresholds));
  }

  /** The shortest paths to the members of a set, merged, without what is ignored. */
  *mergedPaths(
    spec: ObjectSetSpec,
    ignore: readonly Exclusion[],
    direction: PathDirection,
    path: readonly string[],
    limits: CutLimits,
  ): Steps<MergedPaths> {
    const snapshot = this.#snapshot;
    const { retention } = this;
    const ignored = ignore.map(exclusionText).sort().join('\n');
    const set = yield* part(0, 0.2, this.set(spec));
    const before = yield* kept(this.#pathTrees, ignored, () => part(0.2, 0.5, this.#shortestPaths(ignore)));
    const summary = yield* kept(this.#pathSummaries, `${ignored}\n\n${objectSetKey(spec)}`, () => {
      const leftOut = compileExclusions(snapshot, retention, ignore);
      const context = { snapshot, retention, edges: this.#edges(), leftOut, before };
      return part(0.5, 1, summarisePaths(context, set));
    });
    const {
      tree,
      unreachable,
      released,
      points,
      pointNodes: nodes,
      independent,
      elsewhere,
      accidental,
    } = summary;
    const cut = { snapshot, retention, before, tree, points: nodes };
    const { label } = summary;
    const found = {
      objects: set.objects,
      label,
      unreachable,
      released,
      points,
      independent,
      elsewhere,
      accidental,
    };
    return {
      sentences: pathSentences({ ...found, leavesOut: ignore.length > 0 }),
      label,
      objects: set.objects,
      shallowBytes: set.shallowBytes,
      retainedBytes: tree.retainedBytes[0]!,
      unreachable,
      released,
      points,
      independent,
      elsewhere,
      accidental,
      nodes: pathCut(cut, direction, path, limits),
      leftOut: [...ignore],
    };
  }

  /**
   * The shortest paths to an object, each as it is found from the object up; fewer than `count` where there are no more.
   * Asking for more continues from those that are known.
   */
  *nextPaths(object: ObjectIndex, count: number, ignore: readonly Exclusion[]): Steps<readonly UpwardPath[]> {
    const snapshot = this.#snapshot;
    const { retention } = this;
    const key = [object, ...ignore.map(exclusionText).sort()].join('\n');
    const known = this.#nextPaths.get(key);
    // One that is given up on its way is not used again.
    if (known !== undefined) this.#nextPaths.delete(key, known);
    let paths = known;
    if (paths === undefined) {
      const before = yield* part(0, 0.3, this.#withoutIgnored());
      const referrers = yield* part(0.3, 0.5, this.#referrers());
      const leftOut = compileExclusions(snapshot, retention, ignore);
      paths = new NextPaths(
        { snapshot, retention, edges: this.#edges(), referrers, before, leftOut },
        object,
      );
    }
    while (paths.found.length < count && (yield* paths.next()) !== null);
    this.#nextPaths.set(key, paths);
    return paths.found.slice(0, count);
  }

  /** What would be freed if this, and the members of `spec`, were gone. */
  *freedBy(cut: readonly Exclusion[], spec: ObjectSetSpec | null): Steps<Freed> {
    const leftOut = compileExclusions(this.#snapshot, this.retention, cut);
    if (spec === null) return yield* freedBy(this.#snapshot, this.#edges(), this.retention, leftOut);
    const set = yield* part(0, 0.2, this.set(spec));
    const all = { ...(leftOut ?? nothingLeftOut(this.retention.kinds.length)), set };
    return yield* part(0.2, 1, freedBy(this.#snapshot, this.#edges(), this.retention, all));
  }

  /** What the objects of a class refer to, or what refers to them, by class. */
  *classNeighbours(label: string, direction: 'references' | 'referrers'): Steps<ClassReferences> {
    const steps = () => classNeighbours(this.#snapshot, label, direction);
    return yield* kept(this.#classNeighbours, `${direction} ${label}`, steps);
  }

  /** What an object answers for; null for an unreachable one. */
  *leakShare(object: ObjectIndex): Steps<LeakShare | null> {
    const referrers = yield* part(0, 0.4, this.#referrers());
    const steps = leakShare(this.#snapshot, this.#edges(), this.retention, referrers, object);
    return yield* part(0.4, 1, steps);
  }

  /** The edges that keep objects alive under the rule that is on. */
  #edges(): RetentionEdges {
    const { referencesOnly } = this.retention;
    return referencesOnly ? referencesOnlyEdges(this.#snapshot) : standardEdges(this.#snapshot);
  }

  *#withoutIgnored(): Steps<Uint32Array> {
    return yield* kept(this.#pathTrees, '', () => this.#shortestPaths([]));
  }

  #shortestPaths(ignore: readonly Exclusion[]): Steps<Uint32Array> {
    const leftOut = compileExclusions(this.#snapshot, this.retention, ignore);
    return shortestPaths(this.#snapshot, this.#edges(), this.retention, leftOut);
  }

  /** See {@link shortestPaths}. Four bytes an object, made when first asked for. */
  paths(): Promise<Uint32Array> {
    return this.#shared(this.#paths, '', () => this.#withoutIgnored());
  }

  /** One piece of work for all who ask for it while it is kept; what ends without an answer is not. */
  #shared<Answer>(recent: Recent<Promise<Answer>>, key: string, steps: () => Steps<Answer>): Promise<Answer> {
    const known = recent.get(key);
    if (known !== undefined) return known;
    const answer = this.#run(steps());
    answer.catch(() => recent.delete(key, answer));
    return recent.set(key, answer);
  }
}

/** The answer that is kept under the key; found by these steps if there is none. */
function* kept<Answer>(recent: Recent<Answer>, key: string, steps: () => Steps<Answer>): Steps<Answer> {
  return recent.get(key) ?? recent.set(key, yield* steps());
}
