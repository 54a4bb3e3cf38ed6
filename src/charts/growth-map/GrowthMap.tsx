import { type KeyboardEvent, type Ref, useCallback, useMemo } from 'react';
import { formatBytes } from '../../format/bytes.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { drawGrowth, growthLegend } from './draw.ts';
import { growthTileAt, layoutGrowth } from './layout.ts';
import type { GrowthTiles } from './summarise.ts';

interface GrowthMapProps {
  tiles: GrowthTiles;
  /** Index of the dump that is shown. */
  step: number;
  /** Names of the dumps. */
  stepNames: readonly string[];
  label: string;
  describedBy: string;
  onStep(step: number): void;
  /** Starts or stops playing the dumps one after the other. */
  onPlay(): void;
  onOpen(source: number): void;
  beginWork: BeginWork;
  ref?: Ref<ChartHandle>;
}

/**
 * A treemap of groups whose frames keep their places from dump to dump. The arrow keys step through the dumps, Space
 * plays them.
 */
export function GrowthMap(props: GrowthMapProps) {
  const { tiles, step, stepNames, onStep, onPlay, onOpen } = props;
  const { size, scene, resize } = useChartSize();
  const layout = useMemo(() => layoutGrowth(tiles, size), [tiles, size]);
  const { hover, onPoint } = useHover(point => growthTileAt(layout, point));
  const picture = useCallback<Picture>(
    (surface, place) => drawGrowth(surface, place, layout, step),
    [layout, step],
  );
  const hovered = hover?.hit ?? -1;
  const overlay = useCallback<Picture>(
    (surface, { palette }) => {
      const frame = layout.frames[hovered];
      if (frame === undefined) return;
      surface.strokeRects(palette.text, 2, [frame.leftPx, frame.topPx, frame.widthPx, frame.heightPx]);
    },
    [layout, hovered],
  );
  useSavedPicture(props.ref, props.label, picture, scene, growthLegend);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') {
      onPlay();
      event.preventDefault();
      return;
    }
    const to = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: tiles.steps - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (to >= 0 && to < tiles.steps) onStep(to);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <CanvasHost
      label={props.label}
      roleDescription="treemap"
      describedBy={props.describedBy}
      scene={scene}
      picture={picture}
      overlay={overlay}
      onSize={resize}
      beginWork={props.beginWork}
      onPoint={onPoint}
      onClick={point => {
        const source = tiles.source[growthTileAt(layout, point)] ?? -1;
        if (source >= 0) onOpen(source);
      }}
      onKeyDown={onKeyDown}
      tooltip={
        hover && {
          point: hover.point,
          content: (
            <>
              <strong>{tiles.names[hover.hit]}</strong>
              {stepNames.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two dumps may have the same name, so only the position identifies a dump.
                <div key={at}>
                  {name}: {formatBytes(tiles.sizes[hover.hit * tiles.steps + at]!)}
                </div>
              ))}
            </>
          ),
        }
      }
      announcement={`${stepNames[step]}, dump ${step + 1} of ${tiles.steps}`}
    />
  );
}
