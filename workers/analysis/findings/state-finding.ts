import type { RankedFinding } from './finding-kind.ts';
import type { WasteTally } from './waste-tally.ts';

/** Fills in the fields that most findings about state or waste do not use. */
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

/** A finding about tallied waste, with the figures of the tally. */
export function wasteFinding(
  tally: WasteTally,
  finding: Pick<RankedFinding, 'id' | 'title' | 'sentence' | 'certainty'> & Partial<RankedFinding>,
): RankedFinding {
  const { objects, bytes, objectsShown } = tally;
  return plainFinding({ objects, bytes, objectsShown, ...finding });
}
