import type { RankedFinding } from './finding-kind.ts';

/** A finding without what most findings of state or waste do not have. */
export function plainFinding(
  finding: Pick<RankedFinding, 'id' | 'title' | 'sentence' | 'bytes' | 'objects' | 'certainty'> &
    Partial<RankedFinding>,
): RankedFinding {
  return {
    objectsShown: [],
    figures: {},
    evidence: [],
    set: null,
    byGeneration: null,
    rank: finding.bytes,
    ...finding,
  };
}
