import { type Branches, branchesOf } from '../../analysis/branches.ts';
import { type ClassReferences, classNeighbours } from '../../analysis/class-neighbours.ts';
import type { DuplicateStrings } from '../../analysis/duplicate-strings.ts';
import { findAll } from '../../analysis/findings/find-all.ts';
import type { ComparedHolders } from '../../analysis/findings/finding-kind.ts';
import { healthOf } from '../../analysis/health.ts';
import {
  type ColumnValues,
  figureColumn,
  isFigureColumn,
  labelColumn,
} from '../../analysis/object-columns.ts';
import { isColumnSort, type SortedMembers, sortMembers } from '../../analysis/order.ts';
import { makeOverview } from '../../analysis/overview.ts';
import { duplicatesIn, type SetDuplicates } from '../../analysis/set-duplicates.ts';
import { type ShapeTree, shapeTree } from '../../analysis/shapes/shape-tree.ts';
import type { Retention } from '../../indexes/retention.ts';
import { part, type Steps } from '../../model/steps.ts';
import type { Findings } from '../../protocol/findings.ts';
import { isObjectKey, type ObjectSetSpec, objectSetKey } from '../../protocol/object-set.ts';
import type { HeapHealth, Overview } from '../../protocol/overview.ts';
import type { ObjectColumn, ObjectSortKey } from '../../protocol/questions/sort-keys.ts';
import { cached, LruCache, sharedWork } from '../lru-cache.ts';
import type { AnswerSources } from './answer-sources.ts';
import { PageAnswers } from './page-answers.ts';
import { PathAnswers } from './path-answers.ts';
import { SetAnswers } from './set-answers.ts';
import { TreeAnswers } from './tree-answers.ts';

/** How many answers of each kind are cached. Sorted lists are large at millions of objects. */
const CACHE_SIZES = {
  overviews: 24,
  orders: 3,
  duplicates: 2,
  health: 12,
  classes: 20,
  findings: 2,
} as const;

/**
 * Answers about one heap under one rule for edges. Expensive ones are cached. When the rule changes, a new instance
 * takes over; a question that is still running finishes with the instance that it began with.
 */
export class Answers {
  readonly sets: SetAnswers;
  readonly trees: TreeAnswers;
  readonly paths: PathAnswers;
  readonly pages: PageAnswers;
  readonly #from: AnswerSources;
  readonly #overviews = new LruCache<Overview>(CACHE_SIZES.overviews);
  readonly #orders = new LruCache<Promise<SortedMembers>>(CACHE_SIZES.orders);
  readonly #setDuplicates = new LruCache<SetDuplicates>(CACHE_SIZES.duplicates);
  readonly #health = new LruCache<HeapHealth>(CACHE_SIZES.health);
  readonly #shapes = new LruCache<ShapeTree>(1);
  readonly #findings = new LruCache<Findings>(CACHE_SIZES.findings);
  readonly #classNeighbours = new LruCache<ClassReferences>(CACHE_SIZES.classes);

  constructor(sources: Omit<AnswerSources, 'branches'>) {
    const { snapshot, retention } = sources;
    const branches = new LruCache<Branches>(1);
    this.#from = {
      ...sources,
      branches: () => cached(branches, '', () => branchesOf(snapshot, retention)),
    };
    this.sets = new SetAnswers(this.#from);
    this.trees = new TreeAnswers(this.#from, this.sets);
    this.paths = new PathAnswers(this.#from, this.sets);
    this.pages = new PageAnswers(this.#from, this.sets);
  }

  get retention(): Retention {
    return this.#from.retention;
  }

  *overview(spec: ObjectSetSpec, top: number): Steps<Overview> {
    const key = `${top} ${objectSetKey(spec)}`;
    const known = this.#overviews.get(key);
    if (known !== undefined) return known;
    const classes = yield* part(0, 0.8, this.sets.groupRows(spec, 'class'));
    const unreachable = yield* part(0.8, 1, this.sets.unreachable(spec));
    const tallies = { all: yield* this.sets.tally(spec), unreachable };
    const set = yield* this.sets.of(spec);
    const { snapshot, retention } = this.#from;
    return this.#overviews.set(key, makeOverview(snapshot, retention, set, tallies, classes, top));
  }

  /** The texts that several members have. `all`: those of the whole heap. */
  *duplicates(spec: ObjectSetSpec, all: DuplicateStrings): Steps<SetDuplicates> {
    const set = yield* part(0, 0.5, this.sets.of(spec));
    const steps = () => part(0.5, 1, duplicatesIn(this.#from.snapshot, all, set));
    return yield* cached(this.#setDuplicates, objectSetKey(spec), steps);
  }

  /** Members of a set in an order. Questions that need the same order wait for one sort. */
  order(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Promise<SortedMembers> {
    const key = `${sort} ${descending} ${objectSetKey(spec)}`;
    return sharedWork(this.#orders, key, () => this.#from.run(this.#sorted(spec, sort, descending)));
  }

  *#sorted(spec: ObjectSetSpec, sort: ObjectSortKey, descending: boolean): Steps<SortedMembers> {
    const set = yield* part(0, 0.3, this.sets.of(spec));
    const by = isColumnSort(sort) ? sort : (yield* part(0.3, 0.5, this.columnValues(sort))).rankOf;
    return yield* part(0.5, 1, sortMembers(this.#from.snapshot, this.#from.retention, set, by, descending));
  }

  /** The values of a column. O(n) if each object has to be looked at. */
  *columnValues(column: ObjectColumn): Steps<ColumnValues> {
    const { snapshot } = this.#from;
    if (isFigureColumn(column)) {
      const referrers = column === 'referrers' ? yield* this.#from.referrers() : null;
      return figureColumn(column, { snapshot, referrers });
    }
    if (isObjectKey(column)) return labelColumn(snapshot, yield* this.sets.objectGroups(column), 'object');
    return labelColumn(snapshot, this.#from.group(column), 'pair');
  }

  /** What the bytes of a set are used for. */
  *health(spec: ObjectSetSpec): Steps<HeapHealth> {
    const set = yield* part(0, 0.3, this.sets.of(spec));
    const steps = () => part(0.3, 1, healthOf(this.#from.snapshot, set));
    return yield* cached(this.#health, objectSetKey(spec), steps);
  }

  /** The tree of shapes. */
  *shapes(): Steps<ShapeTree> {
    return yield* cached(this.#shapes, '', () => shapeTree(this.#from.snapshot));
  }

  /** All findings of the heap; `thresholds` replace the defaults. */
  *findings(thresholds: Readonly<Record<string, number>>, compared: ComparedHolders | null): Steps<Findings> {
    const { snapshot, retention, referrers, group, applicationRoot } = this.#from;
    const input = { snapshot, retention, referrers, groupTable: group, applicationRoot, compared };
    const key = JSON.stringify([Object.entries(thresholds).sort(), compared?.holders ?? null]);
    return yield* cached(this.#findings, key, () => findAll(input, thresholds));
  }

  /** What the objects of a class refer to, or what refers to them, by class. */
  *classNeighbours(label: string, direction: 'references' | 'referrers'): Steps<ClassReferences> {
    const steps = () => classNeighbours(this.#from.snapshot, label, direction);
    return yield* cached(this.#classNeighbours, `${direction} ${label}`, steps);
  }
}
