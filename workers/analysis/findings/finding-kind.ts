import type { Retention } from '../../indexes/retention.ts';
import type { Adjacency, HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { Steps } from '../../model/steps.ts';
import type { HolderGrowth } from '../../protocol/comparison.ts';
import type { Finding, FindingKindInfo } from '../../protocol/findings.ts';
import type { PairKey } from '../../protocol/object-set.ts';
import type { Count } from '../../protocol/units.ts';
import type { GroupTable } from '../grouping.ts';

/** Objects whose retained size changed over several dumps. */
export interface ComparedHolders {
  dumps: Count;
  holders: readonly HolderGrowth[];
}

/** The input of a kind of finding. */
export interface FindingContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  /** The referrers of each object; computed on first use. */
  referrers(): Steps<Adjacency>;
  /** The groups under a key, computed once for the heap. */
  groupTable(key: PairKey): GroupTable;
  /** A result that several kinds need, computed once for all of them; `key` identifies it. */
  shared<Result>(key: string, steps: () => Steps<Result>): Steps<Result>;
  /** The application's directory, to which paths are shown relative; '' = none. */
  applicationRoot: string;
  /** Results of the comparison with earlier dumps; null unless this is the last of several dumps of one process. */
  compared: ComparedHolders | null;
  /** The value of a threshold that the kind declares. */
  threshold(name: string): number;
  /** The findings of earlier kinds in the registry's order. */
  found: readonly Finding[];
}

/** A finding with its rank within its group: the largest first. */
export interface RankedFinding extends Omit<Finding, 'kind' | 'group'> {
  /** Bytes, weighted by certainty. */
  rank: number;
}

/** One kind of finding. Each file exports one; the registry lists them. See workers/README.md. */
export interface FindingKind extends FindingKindInfo {
  /** Cost: n = objects, e = references. */
  cost: string;
  find(context: FindingContext): Steps<RankedFinding[]>;
}
