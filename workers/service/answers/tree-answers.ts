import type { BranchPath } from '../../analysis/branches.ts';
import { dominatorCut, type UnreachableClasses, unreachableByClass } from '../../analysis/dominator-cut.ts';
import { groupTree, type RetainedAtLevel, retainedAtLevel } from '../../analysis/group-tree.ts';
import { holderCut } from '../../analysis/holder-cut.ts';
import { byObjects, type MergedCutInput, mergedCut } from '../../analysis/merged-cut.ts';
import { type MergedSums, mergedSums } from '../../analysis/merged-tree.ts';
import { sharedOwners } from '../../analysis/shared-owners.ts';
import { SubtreeSums } from '../../analysis/subtree-sums.ts';
import type { PairTally } from '../../analysis/tally.ts';
import type { CutLimits } from '../../analysis/tree-cut.ts';
import { type FactSource, mergedFacts, objectFacts } from '../../analysis/tree-facts.ts';
import { part, type Steps } from '../../model/steps.ts';
import { type GroupingKey, type ObjectSetSpec, objectSetKey } from '../../protocol/object-set.ts';
import type { TreeArea, TreeFact, TreeRoot } from '../../protocol/questions/tree-questions.ts';
import type { SharedOwners, TreeNode } from '../../protocol/tree-node.ts';
import { cached, LruCache } from '../lru-cache.ts';
import type { AnswerSources } from './answer-sources.ts';
import type { SetAnswers } from './set-answers.ts';

/** How many answers of each kind are cached. */
const CACHE_SIZES = { sums: 2, unreachable: 12 } as const;

/** Trees of a set, cut to what can be drawn: by dominator, by class, by holder and by group. */
export class TreeAnswers {
  readonly #unreachableClasses = new LruCache<UnreachableClasses>(CACHE_SIZES.unreachable);
  readonly #sums = new LruCache<SubtreeSums>(CACHE_SIZES.sums);
  readonly #mergedSums = new LruCache<MergedSums>(CACHE_SIZES.sums);
  readonly #from: AnswerSources;
  readonly #sets: SetAnswers;

  constructor(from: AnswerSources, sets: SetAnswers) {
    this.#from = from;
    this.#sets = sets;
  }

  /** The dominator tree below a root, one object for each node. */
  *dominators(spec: ObjectSetSpec, root: TreeRoot, limits: CutLimits, fact?: TreeFact): Steps<TreeNode[]> {
    const { snapshot, retention } = this.#from;
    const key = objectSetKey(spec);
    const unreachable = yield* part(0, 0.5, this.#sets.unreachable(spec));
    const set = yield* this.#sets.of(spec);
    const steps = () => part(0.5, 1, SubtreeSums.of(snapshot, retention, set));
    const input = {
      snapshot,
      retention,
      set,
      sums: set.isAll ? null : yield* cached(this.#sums, key, steps),
      unreachable: this.#unreachableClassesOf(key, unreachable),
    };
    const nodes = dominatorCut(input, root, limits);
    return fact === undefined ? nodes : objectFacts(snapshot, this.#factSource(fact), nodes);
  }

  /** The dominator tree with siblings of one class merged. */
  *merged(
    spec: ObjectSetSpec,
    path: BranchPath,
    overhead: boolean,
    limits: CutLimits,
    area: 'bytes' | 'objects' = 'bytes',
    fact?: TreeFact,
  ): Steps<TreeNode[]> {
    const input = { ...(yield* part(0, 0.7, this.#mergedInput(spec))), overhead };
    const nodeOf: number[] = [];
    const nodes = mergedCut(area === 'objects' ? byObjects(input) : input, path, limits, node =>
      nodeOf.push(node),
    );
    if (fact === undefined) return nodes;
    const set = yield* this.#sets.of(spec);
    const { tree } = input.branches;
    const source = this.#factSource(fact);
    const members = set.isAll ? null : set;
    return yield* part(
      0.7,
      1,
      mergedFacts(this.#from.snapshot, this.#from.retention, tree, members, source, nodes, nodeOf),
    );
  }

  /** A set by class, divided by what holds the objects. */
  *holders(spec: ObjectSetSpec, path: BranchPath, limits: CutLimits): Steps<TreeNode[]> {
    const input = yield* this.#mergedInput(spec);
    return holderCut(input, path, limits);
  }

  /** The input of drawings of the merged tree. */
  *#mergedInput(spec: ObjectSetSpec): Steps<Omit<MergedCutInput, 'overhead'>> {
    const { snapshot, retention } = this.#from;
    const key = objectSetKey(spec);
    const branches = yield* part(0, 0.4, this.#from.branches());
    const unreachable = yield* part(0.4, 0.6, this.#sets.unreachable(spec));
    const set = yield* this.#sets.of(spec);
    const steps = () => part(0.6, 1, mergedSums(snapshot, retention, branches.tree, set.isAll ? null : set));
    const sums = yield* cached(this.#mergedSums, key, steps);
    return { snapshot, retention, branches, sums, unreachable: this.#unreachableClassesOf(key, unreachable) };
  }

  #unreachableClassesOf(key: string, tally: PairTally): UnreachableClasses {
    const known = this.#unreachableClasses.get(key);
    return known ?? this.#unreachableClasses.set(key, unreachableByClass(this.#from.snapshot, tally));
  }

  /** A set as a tree of groups. */
  *groups(
    spec: ObjectSetSpec,
    keys: readonly GroupingKey[],
    overhead: boolean,
    limits: CutLimits,
    area: TreeArea = 'bytes',
    fact?: TreeFact,
  ): Steps<TreeNode[]> {
    // The fact that tiles show is one more key, which does not divide the groups.
    const isLabel = fact === 'origin' || fact === 'gem';
    const all = yield* part(0, 0.4, this.#sets.grouping(spec, isLabel ? [...keys, fact] : keys));
    const grouping = { ...all, tables: all.tables.slice(0, keys.length) };
    const retained: RetainedAtLevel[] = [];
    if (area === 'retained') {
      for (const level of keys.keys()) {
        const steps = retainedAtLevel(grouping, this.#from.retention, level + 1, overhead);
        retained.push(
          yield* part(0.4 + 0.6 * (level / keys.length), 0.4 + 0.6 * ((level + 1) / keys.length), steps),
        );
      }
    }
    const source: FactSource | null = isLabel
      ? { of: 'label', table: all.tables.at(-1)! }
      : fact === undefined
        ? null
        : { of: 'generation' };
    return groupTree({ ...grouping, within: spec, overhead, area, retained, fact: source }, limits);
  }

  #factSource(fact: TreeFact): FactSource {
    return fact === 'generation' ? { of: 'generation' } : { of: 'label', table: this.#from.group(fact) };
  }

  /** References between branches of the merged dominator tree that do not contain each other. */
  *sharedOwners(paths: readonly BranchPath[], top: number): Steps<SharedOwners[]> {
    const branches = yield* part(0, 0.3, this.#from.branches());
    const referrers = yield* part(0.3, 0.6, this.#from.referrers());
    return yield* part(
      0.6,
      1,
      sharedOwners(this.#from.snapshot, this.#from.retention, referrers, branches, paths, top),
    );
  }
}
