import { compareSeries, seriesFixCheck, seriesGrowth } from '../compare/compare.ts';
import type { Series } from '../compare/series.ts';
import { part, type Steps } from '../model/steps.ts';
import type {
  Comparison,
  FixCheck,
  GrowthRow,
  GrowthSlice,
  MatchedObject,
  Relation,
} from '../protocol/comparison.ts';
import type { GroupingKey } from '../protocol/object-set.ts';
import type { Count, ObjectIndex, SnapshotId } from '../protocol/units.ts';
import { cached, LruCache } from './lru-cache.ts';

/** How many lists of growth are cached, one for each grouping key. */
const GROWTH_KEPT = 4;

/** Answers about a dump and the others of its series. Expensive ones are cached. */
export class SeriesAnswers {
  readonly series: Series;
  readonly #id: SnapshotId;
  readonly #comparisons = new LruCache<Comparison>(1);
  readonly #growth = new LruCache<GrowthRow[]>(GROWTH_KEPT);

  constructor(series: Series, id: SnapshotId) {
    this.series = series;
    this.#id = id;
  }

  /** The dumps of the series, compared. O(n) of all dumps once. */
  *comparison(top: Count): Steps<Comparison> {
    return yield* cached(this.#comparisons, String(top), () => compareSeries(this.series, top));
  }

  /** How the groups of a key change over the series, the strongest growth first. O(n) once. */
  *growth(key: GroupingKey): Steps<GrowthRow[]> {
    return yield* cached(this.#growth, key, () => seriesGrowth(this.series, key));
  }

  /** Whether a fix worked, by ids of dumps from before and after it. O(n) once. */
  *fixCheck(
    key: GroupingKey,
    sides: { before: readonly SnapshotId[]; after: readonly SnapshotId[] },
    top: Count,
  ): Steps<FixCheck> {
    return seriesFixCheck(this.series, yield* this.growth(key), sides, top);
  }

  /** What leads from a class of the series back to what holds it. O(n + e) of each dump once. */
  *growthSlice(label: string, top: Count): Steps<GrowthSlice> {
    const graph = yield* part(0, 0.5, this.series.classGraph());
    return graph.sliceOf(label, top, yield* part(0.5, 1, this.growth('class')));
  }

  /** The objects in the dumps next to this one; null if only groups are compared. O(n) once. */
  *matches(objects: readonly ObjectIndex[]): Steps<MatchedObject[] | null> {
    return yield* this.series.matchesOf(this.series.indexOf(this.#id), objects);
  }

  /** Objects by their relation to the dumps next to this one; or a text that says why there are none. */
  *related(relation: Relation): Steps<Int32Array | string> {
    return yield* this.series.related(this.series.indexOf(this.#id), relation);
  }
}
