import {
  dominatorCut,
  type SubtreeSums,
  subtreeSums,
  type UnreachableTally,
  unreachableByClass,
} from '../analysis/dominator-cut.ts';
import { groupRows } from '../analysis/group-rows.ts';
import { type GroupTable, groupTable } from '../analysis/grouping.ts';
import { compileSet } from '../analysis/object-sets.ts';
import { type SortedMembers, sortMembers } from '../analysis/order.ts';
import { makeOverview } from '../analysis/overview.ts';
import { type PairTally, tallyPairs } from '../analysis/tally.ts';
import { VariableNames } from '../analysis/variable-names.ts';
import { buildReferrers } from '../indexes/references.ts';
import { computeRetention, type Retention } from '../indexes/retention.ts';
import { referencesOnlyEdges, standardEdges } from '../indexes/retention-edges.ts';
import { shortestPaths } from '../indexes/shortest-paths.ts';
import type { HeapSnapshot, Rows } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { Steps } from '../model/steps.ts';
import type { ObjectSortKey, TreeRoot } from '../protocol/heap-service.ts';
import { type GroupingKey, type ObjectSetSpec, objectSetKey } from '../protocol/object-set.ts';
import type { GroupRow, Overview, SnapshotInfo, TreeNode } from '../protocol/rows.ts';
import type { Fraction, SnapshotId } from '../protocol/units.ts';
import { runCooperatively } from './cooperation.ts';
import type { LoadedSnapshot } from './load.ts';
import { memoryBytes } from './memory.ts';
import { Recent } from './recent.ts';
import { RecordStore } from './record-store.ts';

/** How many answers of one kind are kept. Bitmaps and sorted lists are large at millions of objects. */
const KEPT = { sets: 12, tallies: 12, rows: 24, orders: 3, sums: 2, trees: 2 } as const;

/** One open heap: its columns, the answers that were dear to find, and what they are made from. */
export class OpenSnapshot {
  readonly id: SnapshotId;
  readonly snapshot: HeapSnapshot;
  readonly records: RecordStore;
  retention: Retention;
  readonly #loaded: LoadedSnapshot;
  readonly #name: string;
  readonly #loadMs: number;

  readonly #groupTables = new Map<GroupingKey, GroupTable>();
  readonly #sets = new Recent<ObjectSet>(KEPT.sets);
  readonly #tallies = new Recent<PairTally>(KEPT.tallies);
  readonly #groupRows = new Recent<GroupRow[]>(KEPT.rows);
  readonly #orders = new Recent<Promise<SortedMembers>>(KEPT.orders);
  readonly #sums = new Recent<SubtreeSums>(KEPT.sums);
  readonly #unreachable = new Recent<UnreachableTally>(KEPT.trees);
  readonly #overviews = new Recent<Overview>(KEPT.rows);
  #paths: Uint32Array | null = null;
  #referrers: Promise<Rows> | null = null;
  readonly #closing = { cancelled: false };
  #variableNames: VariableNames | null = null;

  constructor(id: SnapshotId, name: string, loadMs: number, loaded: LoadedSnapshot) {
    this.id = id;
    this.#name = name;
    this.#loadMs = loadMs;
    this.#loaded = loaded;
    this.snapshot = loaded.snapshot;
    this.retention = loaded.retention;
    this.records = new RecordStore(loaded.source, loaded.importer, loaded.snapshot);
  }

  info(): SnapshotInfo {
    const { facts, objects } = this.snapshot;
    const { source } = this.#loaded;
    return {
      id: this.id,
      name: this.#name,
      fileBytes: source.fileBytes,
      textBytes: facts.textBytes,
      compressed: source.compressed,
      format: facts.format,
      rubyVersion: facts.runtimeVersion,
      wasm: facts.wasm,
      hasRoots: facts.hasRoots,
      tracedObjects: facts.tracedObjects,
      objects,
      shallowBytes: facts.shallowBytes,
      referencesOnly: this.retention.referencesOnly,
      loadMs: this.#loadMs,
      memoryBytes: memoryBytes(this.snapshot, this.retention) + (this.#paths?.byteLength ?? 0),
    };
  }

  /** Computes dominators and retained sizes under the other rule, and forgets what followed from the old one. */
  *setReferencesOnly(referencesOnly: boolean): Steps<void> {
    if (referencesOnly === this.retention.referencesOnly) return;
    this.retention = yield* computeRetention(this.snapshot, referencesOnly, () => undefined);
    for (const cache of [this.#sets, this.#tallies, this.#groupRows, this.#orders]) cache.clear();
    for (const cache of [this.#sums, this.#unreachable, this.#overviews]) cache.clear();
    this.#paths = null;
  }

  groupTable(key: GroupingKey): GroupTable {
    let table = this.#groupTables.get(key);
    if (table === undefined) {
      table = groupTable(this.snapshot, key);
      this.#groupTables.set(key, table);
    }
    return table;
  }

  /** The set that is meant; compiled once. */
  set(spec: ObjectSetSpec): ObjectSet {
    const key = objectSetKey(spec);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const context = {
      snapshot: this.snapshot,
      retention: this.retention,
      group: (groupingKey: GroupingKey) => this.groupTable(groupingKey),
    };
    return this.#sets.set(key, compileSet(context, spec));
  }

  *tally(spec: ObjectSetSpec): Steps<PairTally> {
    const key = objectSetKey(spec);
    const known = this.#tallies.get(key);
    return known ?? this.#tallies.set(key, yield* tallyPairs(this.snapshot, this.set(spec)));
  }

  *groupRows(spec: ObjectSetSpec, groupingKey: GroupingKey): Steps<GroupRow[]> {
    const key = `${groupingKey} ${objectSetKey(spec)}`;
    const known = this.#groupRows.get(key);
    if (known !== undefined) return known;
    const tally = yield* this.tally(spec);
    const table = this.groupTable(groupingKey);
    const rows = yield* groupRows(this.snapshot, this.retention, this.set(spec), tally, table);
    return this.#groupRows.set(key, rows);
  }

  *overview(spec: ObjectSetSpec, top: number): Steps<Overview> {
    const key = `${top} ${objectSetKey(spec)}`;
    const known = this.#overviews.get(key);
    if (known !== undefined) return known;
    const tally = yield* this.tally(spec);
    const classes = yield* this.groupRows(spec, 'class');
    const overview = makeOverview(this.snapshot, this.retention, this.set(spec), tally, classes, top);
    return this.#overviews.set(key, overview);
  }

  /** Members of a set in an order. */
  order(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Promise<SortedMembers> {
    const key = `${sort} ${descending} ${objectSetKey(spec)}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const steps = sortMembers(this.snapshot, this.retention, this.set(spec), sort, descending);
    return this.#orders.set(key, runCooperatively(steps, this.#closing));
  }

  dominatorTree(spec: ObjectSetSpec, root: TreeRoot, maxNodes: number, minShare: Fraction): TreeNode[] {
    const { snapshot, retention } = this;
    const key = objectSetKey(spec);
    const set = this.set(spec);
    const sums =
      set.bits === null
        ? null
        : (this.#sums.get(key) ?? this.#sums.set(key, subtreeSums(snapshot, retention, set)));
    const unreachable =
      this.#unreachable.get(key) ?? this.#unreachable.set(key, unreachableByClass(snapshot, retention, set));
    return dominatorCut({ snapshot, retention, set, sums, unreachable }, root, maxNodes, minShare);
  }

  /**
   * All edges backwards, those to classes included: the referrers of each object, ascending. Nothing that a load ends
   * with needs them, so they are made after it, or when first asked for; ends superseded once the heap is closed.
   */
  referrers(): Promise<Rows> {
    const { references, descriptor, descriptors } = this.snapshot;
    this.#referrers ??= runCooperatively(
      buildReferrers(references, descriptor, descriptors.classObject),
      this.#closing,
    );
    return this.#referrers;
  }

  /** Ends work that goes on in the background. */
  close(): void {
    this.#closing.cancelled = true;
  }

  /** See {@link shortestPaths}. Four bytes an object, made when first asked for. */
  *paths(): Steps<Uint32Array> {
    if (this.#paths !== null) return this.#paths;
    const { snapshot, retention } = this;
    const edges = retention.referencesOnly ? referencesOnlyEdges(snapshot) : standardEdges(snapshot);
    this.#paths = yield* shortestPaths(snapshot, edges, retention);
    return this.#paths;
  }

  get variableNames(): VariableNames {
    this.#variableNames ??= new VariableNames(this.snapshot);
    return this.#variableNames;
  }
}
