import { useMemo } from 'react';
import type { TileColouring } from '../../charts/treemap/draw.ts';
import { outermostColouring, toldColouring } from '../../charts/treemap/library-colours.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { TreemapColour } from '../../state/navigation.ts';

const BY_TYPE: TileColouring = { by: 'type' };

/** How tiles are coloured. Ages span the generations of the whole heap, so that a colour means the same everywhere. */
export function useColouring(colour: TreemapColour, tree: TreemapTree | null): TileColouring {
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
        return tree === null ? BY_TYPE : outermostColouring(tree);
      case 'origin':
      case 'gem':
        return tree === null ? BY_TYPE : toldColouring(tree);
      case 'type':
        return BY_TYPE;
    }
  }, [colour, data, tree]);
}
