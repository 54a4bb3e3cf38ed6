import { groupRows } from '../../analysis/group-rows.ts';
import type { GroupTable, ObjectGroups } from '../../analysis/grouping.ts';
import { objectGroups } from '../../analysis/object-groups.ts';
import { compileSet } from '../../analysis/object-sets.ts';
import { type RefinedPairs, refinedSet, refinedTable, refinePairs } from '../../analysis/refined-pairs.ts';
import { type PairTally, tallyPairs, tallyUnreachable } from '../../analysis/tally.ts';
import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { ObjectSet } from '../../model/object-set.ts';
import { part, type Steps } from '../../model/steps.ts';
import {
  type GroupingKey,
  isObjectKey,
  isPlaceKey,
  type ObjectKey,
  type ObjectSetSpec,
  objectSetKey,
  type PairKey,
} from '../../protocol/object-set.ts';
import type { GroupRow } from '../../protocol/rows.ts';
import { cached, LruCache } from '../lru-cache.ts';
import type { AnswerSources } from './answer-sources.ts';

/** How many answers of each kind are cached. Bitmaps are large at millions of objects. */
const CACHE_SIZES = { sets: 12, tallies: 12, rows: 24, refined: 2 } as const;

/** The totals of a set by pairs that are fine enough for the groups of some keys. */
export interface Grouping {
  /** The heap, with refined pairs if keys need them. */
  snapshot: HeapSnapshot;
  set: ObjectSet;
  tally: PairTally;
  /** One for each key, in the requested order. */
  tables: GroupTable[];
}

/** The sets that questions are about, and their totals by pair and by group. */
export class SetAnswers {
  readonly #from: AnswerSources;
  readonly #sets = new LruCache<ObjectSet>(CACHE_SIZES.sets);
  readonly #tallies = new LruCache<PairTally>(CACHE_SIZES.tallies);
  readonly #unreachable = new LruCache<PairTally>(CACHE_SIZES.tallies);
  readonly #groupRows = new LruCache<GroupRow[]>(CACHE_SIZES.rows);
  /** One entry: four bytes an object. */
  readonly #objectGroups = new LruCache<ObjectGroups>(1);
  readonly #refined = new LruCache<RefinedPairs>(CACHE_SIZES.refined);

  constructor(from: AnswerSources) {
    this.#from = from;
  }

  /** The set of a specification; compiled once. */
  *of(spec: ObjectSetSpec): Steps<ObjectSet> {
    const context = { ...this.#from, objectGroups: (key: ObjectKey) => this.objectGroups(key) };
    return yield* cached(this.#sets, objectSetKey(spec), () => compileSet(context, spec));
  }

  /** The totals of a set by pair. */
  *tally(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* part(0, 0.5, this.of(spec));
    const steps = () => part(0.5, 1, tallyPairs(this.#from.snapshot, set));
    return yield* cached(this.#tallies, objectSetKey(spec), steps);
  }

  /** Members that no root reaches. */
  *unreachable(spec: ObjectSetSpec): Steps<PairTally> {
    const set = yield* part(0, 0.5, this.of(spec));
    const steps = () => part(0.5, 1, tallyUnreachable(this.#from.snapshot, this.#from.retention, set));
    return yield* cached(this.#unreachable, objectSetKey(spec), steps);
  }

  /** The groups of a set under a key, unordered. */
  *groupRows(spec: ObjectSetSpec, key: GroupingKey): Steps<GroupRow[]> {
    return yield* cached(this.#groupRows, `${key} ${objectSetKey(spec)}`, () =>
      this.#newGroupRows(spec, key),
    );
  }

  *#newGroupRows(spec: ObjectSetSpec, key: GroupingKey): Steps<GroupRow[]> {
    const { snapshot, set, tally, tables } = yield* part(0, 0.4, this.grouping(spec, [key]));
    const origins = isPlaceKey(key) ? this.#from.group('origin') : null;
    const steps = groupRows(snapshot, this.#from.retention, set, tally, tables[0]!, origins);
    return yield* part(0.4, 1, steps);
  }

  /**
   * The totals of a set, so that it can be grouped by keys. O(n) for each key that has to be looked up for each object.
   */
  *grouping(spec: ObjectSetSpec, keys: readonly GroupingKey[]): Steps<Grouping> {
    const objectKeys = keys.filter(isObjectKey);
    if (objectKeys.length === 0) {
      const tally = yield* this.tally(spec);
      const tables = keys.filter(key => !isObjectKey(key)).map(key => this.#from.group(key as PairKey));
      return { snapshot: this.#from.snapshot, set: yield* this.of(spec), tally, tables };
    }
    let snapshot = this.#from.snapshot;
    let set = yield* this.of(spec);
    const tables = new Map<GroupingKey, GroupTable>();
    for (const key of keys) if (!isObjectKey(key)) tables.set(key, this.#from.group(key));
    for (const [at, key] of objectKeys.entries()) {
      const name = objectKeys.slice(0, at + 1).join(',');
      const from = snapshot;
      const refined = yield* cached(this.#refined, name, () => this.#refine(from, key));
      set = refinedSet(refined, set);
      for (const [other, table] of tables) tables.set(other, refinedTable(refined, table));
      tables.set(key, refined.table);
      snapshot = refined.snapshot;
    }
    const tally = yield* tallyPairs(snapshot, set);
    return { snapshot, set, tally, tables: keys.map(key => tables.get(key)!) };
  }

  *#refine(snapshot: HeapSnapshot, key: ObjectKey): Steps<RefinedPairs> {
    return yield* refinePairs(snapshot, yield* this.objectGroups(key));
  }

  /** The group of each object, for keys that do not follow from pairs. */
  *objectGroups(key: ObjectKey): Steps<ObjectGroups> {
    return yield* cached(this.#objectGroups, key, () =>
      objectGroups(this.#from.snapshot, this.#from.retention, key),
    );
  }
}
