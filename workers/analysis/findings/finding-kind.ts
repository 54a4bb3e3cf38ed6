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

/** What kinds look at. */
export interface FindingContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  /** The referrers of each object; made when first asked for. */
  referrers(): Steps<Adjacency>;
  /** The groups under a key, made once for the heap. */
  groupTable(key: PairKey): GroupTable;
  /** What several kinds need, made once for all of them; `key` says what it is. */
  shared<Result>(key: string, steps: () => Steps<Result>): Steps<Result>;
  /** The application's directory, within which paths are shown; '' = none. */
  applicationRoot: string;
  /** What the comparison with the dumps before knows; null unless this is the last of several dumps of one process. */
  compared: ComparedHolders | null;
  /** The value of a threshold that a kind declares. */
  threshold(name: string): number;
  /** What kinds before this one, in the registry's order, have found. */
  found: readonly Finding[];
}

/** A finding, and its place among those of its group: the largest first. */
export interface RankedFinding extends Omit<Finding, 'kind' | 'group'> {
  /** Bytes, weighed by how sure it is. */
  rank: number;
}

/** One kind of finding. A file exports it; the registry lists it. See workers/README.md. */
export interface FindingKind extends FindingKindInfo {
  /** What it costs: n = objects, e = references. */
  cost: string;
  find(context: FindingContext): Steps<RankedFinding[]>;
}
