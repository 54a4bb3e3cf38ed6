import { useMemo } from 'react';
import { type FamilyNames, USUAL_WORDS } from '../../../workers/protocol/vocabulary.ts';
import type { TileColouring, TypeColouring } from '../../charts/treemap/draw.ts';
import { nodeLibraryColouring, outermostColouring } from '../../charts/treemap/library-colours.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { TreemapColour } from '../../state/navigation.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';

/** Colours by family, with the names of the active heap's format. */
export function useTypeColouring(): TypeColouring {
  const names: FamilyNames = useActiveSnapshot()?.vocabulary.families ?? USUAL_WORDS.families;
  return useMemo(() => ({ by: 'type', names }), [names]);
}

/**
 * How tiles are coloured. Colours by age span the generations of the whole heap, so that a colour means the same in
 * every view.
 */
export function useColouring(colour: TreemapColour, tree: TreemapTree | null): TileColouring {
  const byType = useTypeColouring();
  const params = colour === 'generation' ? ({ key: 'type', measure: 'bytes' } as const) : null;
  const { data } = useAnswer('generations', params, { set: { kind: 'all' } });
  return useMemo(() => {
    switch (colour) {
      case 'generation':
        return {
          by: 'generation',
          oldest: data?.generations[0] ?? 0,
          youngest: data?.generations.at(-1) ?? 0,
        };
      case 'group':
        return tree === null ? byType : outermostColouring(tree);
      case 'origin':
      case 'gem':
        return tree === null ? byType : nodeLibraryColouring(tree);
      case 'type':
        return byType;
    }
  }, [colour, data, tree, byType]);
}
