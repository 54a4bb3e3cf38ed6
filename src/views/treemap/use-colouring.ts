import { useMemo } from 'react';
import type { TileColouring } from '../../charts/treemap/draw.ts';
import { useHeapQuery } from '../../session/use-heap-query.ts';
import type { TreemapColour } from '../../state/navigation.ts';

const BY_TYPE: TileColouring = { by: 'type' };

/** How tiles are coloured. Ages span the generations of the whole heap, so that a colour means the same everywhere. */
export function useColouring(colour: TreemapColour): TileColouring {
  const { data } = useHeapQuery({
    key: colour === 'generation' ? 'ages' : null,
    set: { kind: 'all' },
    ask: (service, scope) => service.generations({ ...scope, key: 'type', measure: 'bytes' }),
  });
  return useMemo(
    () =>
      colour === 'type'
        ? BY_TYPE
        : {
            by: 'generation',
            oldest: data?.generations[0] ?? 0,
            youngest: data?.generations.at(-1) ?? 0,
          },
    [colour, data],
  );
}
