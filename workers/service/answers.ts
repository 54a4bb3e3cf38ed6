import { dominatorCut, type UnreachableClasses, unreachableByClass } from '../analysis/dominator-cut.ts';
import { groupRows } from '../analysis/group-rows.ts';
import type { GroupTable } from '../analysis/grouping.ts';
import { compileSet } from '../analysis/object-sets.ts';
import { type SortedMembers, sortMembers } from '../analysis/order.ts';
import { makeOverview } from '../analysis/overview.ts';
import { SubtreeSums } from '../analysis/subtree-sums.ts';
import { type PairTally, tallyPairs, tallyUnreachable } from '../analysis/tally.ts';
import type { Retention } from '../indexes/retention.ts';
import { referencesOnlyEdges, standardEdges } from '../indexes/retention-edges.ts';
import { shortestPaths } from '../indexes/shortest-paths.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { Steps } from '../model/steps.ts';
import type { ObjectSortKey, TreeRoot } from '../protocol/heap-service.ts';
import { type GroupingKey, type ObjectSetSpec, objectSetKey } from '../protocol/object-set.ts';
import type { GroupRow, Overview, TreeNode } from '../protocol/rows.ts';
import type { Fraction } from '../protocol/units.ts';
import { type Cancellation, runCooperatively } from './cooperation.ts';
import { Recent } from './recent.ts';

/** How many answers of one kind are kept. Bitmaps and sorted lists are large at millions of objects. */
const KEPT = { sets: 12, tallies: 12, rows: 24, orders: 3, sums: 2, unreachable: 12 } as const;

/**
 * Answers about one heap under one rule for edges, of which those that were dear to find are kept. Under another rule
 * there are other answers: a question that is still running when the rule changes ends with those it began with.
 */
export class Answers {
  readonly retention: Retention;
  readonly #snapshot: HeapSnapshot;
  readonly #groupTable: (key: GroupingKey) => GroupTable;
  readonly #closing: Cancellation;
  readonly #sets = new Recent<ObjectSet>(KEPT.sets);
  readonly #tallies = new Recent<PairTally>(KEPT.tallies);
  readonly #unreachable = new Recent<PairTally>(KEPT.unreachable);
  readonly #unreachableClasses = new Recent<UnreachableClasses>(KEPT.unreachable);
  readonly #groupRows = new Recent<GroupRow[]>(KEPT.rows);
  readonly #overviews = new Recent<Overview>(KEPT.rows);
  readonly #orders = new Recent<Promise<SortedMembers>>(KEPT.orders);
  readonly #sums = new Recent<SubtreeSums>(KEPT.sums);
  #paths: Uint32Array | null = null;

  /** `closing` is cancelled when nobody wants answers any more. */
  constructor(
    snapshot: HeapSnapshot,
    retention: Retention,
    groupTableOf: (key: GroupingKey) => GroupTable,
    closing: Cancellation,
  ) {
    this.#snapshot = snapshot;
    this.retention = retention;
    this.#groupTable = groupTableOf;
    this.#closing = closing;
  }

  /** The set that is meant; compiled once. */
  *set(spec: ObjectSetSpec): Steps<ObjectSet> {
    const context = { snapshot: this.#snapshot, retention: this.retention, group: this.#groupTable };
    return yield* kept(this.#sets, objectSetKey(spec), () => compileSet(context, spec));
  }

  *tally(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* this.set(spec);
    return yield* kept(this.#tallies, objectSetKey(spec), () => tallyPairs(this.#snapshot, set));
  }

  /** Members that no root reaches. */
  *unreachable(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* this.set(spec);
    return yield* kept(this.#unreachable, objectSetKey(spec), () =>
      tallyUnreachable(this.#snapshot, this.retention, set),
    );
  }

  *groupRows(spec: ObjectSetSpec, key: GroupingKey): Steps<GroupRow[]> {
    const set = yield* this.set(spec);
    const tally = yield* this.tally(spec);
    return yield* kept(this.#groupRows, `${key} ${objectSetKey(spec)}`, () =>
      groupRows(this.#snapshot, this.retention, set, tally, this.#groupTable(key)),
    );
  }

  *overview(spec: ObjectSetSpec, top: number): Steps<Overview> {
    const key = `${top} ${objectSetKey(spec)}`;
    const known = this.#overviews.get(key);
    if (known !== undefined) return known;
    const set = yield* this.set(spec);
    const tally = yield* this.tally(spec);
    const unreachable = yield* this.unreachable(spec);
    const classes = yield* this.groupRows(spec, 'class');
    const tallies = { all: tally, unreachable };
    return this.#overviews.set(key, makeOverview(this.#snapshot, this.retention, set, tallies, classes, top));
  }

  /** Members of a set in an order. Who asks for the same meanwhile waits for the same. */
  order(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Promise<SortedMembers> {
    const key = `${sort} ${descending} ${objectSetKey(spec)}`;
    return (
      this.#orders.get(key) ??
      this.#orders.set(key, runCooperatively(this.#sorted(spec, sort, descending), this.#closing))
    );
  }

  *#sorted(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Steps<SortedMembers> {
    const set = yield* this.set(spec);
    return yield* sortMembers(this.#snapshot, this.retention, set, sort, descending);
  }

  *dominatorTree(
    spec: ObjectSetSpec,
    root: TreeRoot,
    maxNodes: number,
    minShare: Fraction,
  ): Steps<TreeNode[]> {
    const snapshot = this.#snapshot;
    const { retention } = this;
    const set = yield* this.set(spec);
    const sums = set.isAll
      ? null
      : yield* kept(this.#sums, objectSetKey(spec), () => SubtreeSums.of(snapshot, retention, set));
    const unreachableTally = yield* this.unreachable(spec);
    const unreachable =
      this.#unreachableClasses.get(objectSetKey(spec)) ??
      this.#unreachableClasses.set(objectSetKey(spec), unreachableByClass(snapshot, unreachableTally));
    return dominatorCut({ snapshot, retention, set, sums, unreachable }, root, maxNodes, minShare);
  }

  /** See {@link shortestPaths}. Four bytes an object, made when first asked for. */
  *paths(): Steps<Uint32Array> {
    if (this.#paths !== null) return this.#paths;
    const { retention } = this;
    const snapshot = this.#snapshot;
    const edges = retention.referencesOnly ? referencesOnlyEdges(snapshot) : standardEdges(snapshot);
    this.#paths = yield* shortestPaths(snapshot, edges, retention);
    return this.#paths;
  }

  /** Bytes of answers that stay as long as the heap is open. */
  get memoryBytes(): number {
    return this.#paths?.byteLength ?? 0;
  }
}

/** The answer that is kept under the key; found by these steps where there is none. */
function* kept<Answer>(recent: Recent<Answer>, key: string, steps: () => Steps<Answer>): Steps<Answer> {
  return recent.get(key) ?? recent.set(key, yield* steps());
}
