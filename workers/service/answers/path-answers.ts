import { compileExclusions } from '../../analysis/exclusions.ts';
import { freedBy } from '../../analysis/freed-by.ts';
import { leakShare } from '../../analysis/leak-share.ts';
import { type PathSummary, summarisePaths } from '../../analysis/merged-paths.ts';
import { NextPaths } from '../../analysis/next-paths.ts';
import { pathCut } from '../../analysis/path-cut.ts';
import type { UpwardPath } from '../../analysis/path-detours.ts';
import { pathSentences } from '../../analysis/path-sentences.ts';
import type { CutLimits } from '../../analysis/tree-cut.ts';
import { type RetentionEdges, referencesOnlyEdges, standardEdges } from '../../indexes/retention-edges.ts';
import { noSearchExclusions } from '../../indexes/search-exclusions.ts';
import { shortestPaths } from '../../indexes/shortest-paths.ts';
import { part, type Steps } from '../../model/steps.ts';
import { type Exclusion, exclusionText } from '../../protocol/exclusions.ts';
import type { LeakShare } from '../../protocol/object-details.ts';
import { type ObjectSetSpec, objectSetKey } from '../../protocol/object-set.ts';
import type { Freed, MergedPaths, PathDirection } from '../../protocol/paths.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { cached, LruCache, sharedWork } from '../lru-cache.ts';
import type { AnswerSources } from './answer-sources.ts';
import type { SetAnswers } from './set-answers.ts';

/** How many answers of each kind are cached. Trees of paths take four bytes an object. */
const CACHE_SIZES = { trees: 2, summaries: 2 } as const;

/** Why objects are alive: the paths that lead to them, and what would be freed without something. */
export class PathAnswers {
  /** Trees of shortest paths, by what they ignore. */
  readonly #pathTrees = new LruCache<Uint32Array>(CACHE_SIZES.trees);
  readonly #pathSummaries = new LruCache<PathSummary>(CACHE_SIZES.summaries);
  /** One entry: 16 bytes an object. */
  readonly #nextPaths = new LruCache<NextPaths>(1);
  /** One entry, computed on first use. */
  readonly #paths = new LruCache<Promise<Uint32Array>>(1);
  readonly #from: AnswerSources;
  readonly #sets: SetAnswers;

  constructor(from: AnswerSources, sets: SetAnswers) {
    this.#from = from;
    this.#sets = sets;
  }

  /** See {@link shortestPaths}. Four bytes an object, computed on first use. */
  shortest(): Promise<Uint32Array> {
    return sharedWork(this.#paths, '', () => this.#from.run(this.#withoutIgnored()));
  }

  /** The shortest paths to the members of a set, merged, without what is ignored. */
  *merged(
    spec: ObjectSetSpec,
    ignore: readonly Exclusion[],
    direction: PathDirection,
    path: readonly string[],
    limits: CutLimits,
  ): Steps<MergedPaths> {
    const { snapshot, retention } = this.#from;
    const ignored = ignore.map(exclusionText).sort().join('\n');
    const set = yield* part(0, 0.2, this.#sets.of(spec));
    const before = yield* cached(this.#pathTrees, ignored, () => part(0.2, 0.5, this.#shortestPaths(ignore)));
    const summary = yield* cached(this.#pathSummaries, `${ignored}\n\n${objectSetKey(spec)}`, () => {
      const leftOut = compileExclusions(snapshot, retention, ignore);
      const context = { snapshot, retention, edges: this.#edges(), leftOut, before };
      return part(0.5, 1, summarisePaths(context, set));
    });
    const { tree, pointNodes, before: _, ...found } = summary;
    const cut = { snapshot, retention, before, tree, points: pointNodes };
    return {
      ...found,
      sentences: pathSentences({ ...found, objects: set.objects, leavesOut: ignore.length > 0 }),
      objects: set.objects,
      shallowBytes: set.shallowBytes,
      retainedBytes: tree.retainedBytes[0]!,
      nodes: pathCut(cut, direction, path, limits),
      leftOut: [...ignore],
    };
  }

  /**
   * The shortest paths to an object, each listed from the object up to its root. Fewer than `count` if there are no
   * more. Asking for more continues from the known ones.
   */
  *next(object: ObjectIndex, count: number, ignore: readonly Exclusion[]): Steps<readonly UpwardPath[]> {
    const { snapshot, retention } = this.#from;
    const key = [object, ...ignore.map(exclusionText).sort()].join('\n');
    const known = this.#nextPaths.get(key);
    // Removed from the cache while it runs, since a search that is cancelled cannot be continued.
    if (known !== undefined) this.#nextPaths.delete(key, known);
    let paths = known;
    if (paths === undefined) {
      const before = yield* part(0, 0.3, this.#withoutIgnored());
      const referrers = yield* part(0.3, 0.5, this.#from.referrers());
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

  /** What would be freed if what is cut, and the members of `spec`, were gone. */
  *freedBy(cut: readonly Exclusion[], spec: ObjectSetSpec | null): Steps<Freed> {
    const { snapshot, retention } = this.#from;
    const leftOut = compileExclusions(snapshot, retention, cut);
    if (spec === null) return yield* freedBy(snapshot, this.#edges(), retention, leftOut);
    const set = yield* part(0, 0.2, this.#sets.of(spec));
    const all = { ...(leftOut ?? noSearchExclusions(retention.kinds.length)), set };
    return yield* part(0.2, 1, freedBy(snapshot, this.#edges(), retention, all));
  }

  /** The LeakShare of an object; null for an unreachable one. */
  *leakShare(object: ObjectIndex): Steps<LeakShare | null> {
    const { snapshot, retention } = this.#from;
    const referrers = yield* part(0, 0.4, this.#from.referrers());
    return yield* part(0.4, 1, leakShare(snapshot, this.#edges(), retention, referrers, object));
  }

  /** The edges that keep objects alive under the current rule. */
  #edges(): RetentionEdges {
    const { snapshot, retention } = this.#from;
    return retention.referencesOnly ? referencesOnlyEdges(snapshot) : standardEdges(snapshot);
  }

  *#withoutIgnored(): Steps<Uint32Array> {
    return yield* cached(this.#pathTrees, '', () => this.#shortestPaths([]));
  }

  #shortestPaths(ignore: readonly Exclusion[]): Steps<Uint32Array> {
    const { snapshot, retention } = this.#from;
    return shortestPaths(snapshot, this.#edges(), retention, compileExclusions(snapshot, retention, ignore));
  }
}
