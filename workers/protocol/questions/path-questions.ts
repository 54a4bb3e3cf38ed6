import { type Exclusion, MAX_EXCLUSIONS } from '../exclusions.ts';
import type { LeakShare } from '../object-details.ts';
import type { Freed, MergedPaths, PathDirection, RetainerPath } from '../paths.ts';
import type { ObjectRow } from '../rows.ts';
import type { Count, ObjectIndex } from '../units.ts';
import { type CutParams, type Declarations, NODES } from './declaration.ts';

/** Questions about why objects are alive. */
export interface PathQuestions {
  /**
   * The shortest paths to all members, merged by class at each step, and their common part. `ignore`: what
   * the paths must not pass through. `path`: the `step`s of the node to begin with; empty = all. Nodes are cut like
   * `dominatorTree`, by members in place of bytes.
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
  /** The LeakShare of an object; null for an unreachable one. */
  leakShare: { params: { object: ObjectIndex }; answer: LeakShare | null };
}

export const PATH_QUESTIONS = {
  mergedPaths: {
    about: 'set',
    limits: { maxNodes: NODES, ignore: MAX_EXCLUSIONS },
    cost: 'O(n + e) once for what is ignored, O(n) once for a set',
  },
  freedBy: { about: 'snapshot', limits: { cut: MAX_EXCLUSIONS }, cost: 'O(n + e)', takesFilter: true },
  retainerPath: { about: 'snapshot', limits: {}, cost: 'O(n + e) once, then O(length)' },
  paths: {
    about: 'snapshot',
    limits: { count: 50, ignore: MAX_EXCLUSIONS },
    cost: 'O(n + e) once, then O(length) for most; O(n + e) for each step of a path at worst',
  },
  dominators: { about: 'snapshot', limits: {}, cost: 'O(depth)' },
  leakShare: { about: 'snapshot', limits: {}, cost: 'O(n + e) at most' },
} as const satisfies Declarations<PathQuestions>;
