import type { Draft } from './draft.ts';

/** Whether a smaller draft still fails. */
type StillFails = (draft: Draft) => Promise<boolean>;

/**
 * A smaller draft that still fails. First removes whole pieces, in ever smaller runs, then bytes of damaged pieces (a
 * line of another program would become something else). Ends after at most `tries` attempts, or when nothing more can
 * be removed.
 */
export async function minimise(draft: Draft, stillFails: StillFails, tries = 400): Promise<Draft> {
  const budget = { tries };
  const pieces = await withoutParts(draft.pieces, budget, kept => stillFails({ ...draft, pieces: kept }));
  const smaller = [...pieces];
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind !== 'damaged') continue;
    const characters = await withoutParts([...piece.text], budget, kept => {
      smaller[at] = { ...piece, text: kept.join('') };
      return stillFails({ ...draft, pieces: smaller });
    });
    smaller[at] = { ...piece, text: characters.join('') };
  }
  return { ...draft, pieces: smaller };
}

/** Removes run after run of a list, as long as the rest still fails. */
async function withoutParts<Part>(
  parts: readonly Part[],
  budget: { tries: number },
  stillFails: (kept: readonly Part[] & Part[]) => Promise<boolean>,
): Promise<Part[]> {
  let kept = [...parts];
  for (
    let length = Math.ceil(kept.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let at = 0; at < kept.length && budget.tries > 0; ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + length)];
      budget.tries--;
      if (await stillFails(fewer)) kept = fewer;
      else at += length;
    }
  }
  return kept;
}
