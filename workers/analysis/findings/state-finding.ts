import type { RankedFinding } from './finding-kind.ts';
import type { WasteTally } from './waste-tally.ts';

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

/** A finding about waste that was tallied: its figures are those of the tally. */
export function wasteFinding(
  tally: WasteTally,
  finding: Pick<RankedFinding, 'id' | 'title' | 'sentence' | 'certainty'> & Partial<RankedFinding>,
): RankedFinding {
  const { objects, bytes, objectsShown } = tally;
  return plainFinding({ objects, bytes, objectsShown, ...finding });
}
