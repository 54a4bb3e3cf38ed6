import { type Ref, useCallback, useMemo, useState } from 'react';
import { familyColour, type Palette } from '../../theme/palette.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import { type ChartSize, middle, type Point } from '../canvas-host/geometry.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { ResetZoom } from '../canvas-host/ResetZoom.tsx';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { type ChangeColouring, changeColour } from '../treemap/change-colours.ts';
import { colourEntries, type TypeColouring } from '../treemap/draw.ts';
import { tileName } from '../treemap/labels.ts';
import { type LibraryColouring, libraryColour } from '../treemap/library-colours.ts';
import { samePosition } from '../treemap/same-tile.ts';
import { searchTree } from '../treemap/search.ts';
import { sizeText, summariseTree, type TreemapTree } from '../treemap/summarise.ts';
import { TileTooltip } from '../treemap/TileTooltip.tsx';
import { useMagnified } from '../treemap/use-magnified.ts';
import { useTileFocus } from '../treemap/use-tile-focus.ts';
import { drawFlame, outlineFrames } from './draw.ts';
import styles from './FlameChart.module.css';
import { type FlameMove, frameAt, frameInDirection } from './hit-test.ts';
import { framedFlame, frameRectOf, heightOf, layoutFlame } from './layout.ts';

export interface FlameChartProps {
  /** Null while it is loading. */
  tree: TreemapTree | null;
  colouring: TypeColouring | LibraryColouring | ChangeColouring;
  /** Whether the root is at the bottom. */
  upward?: boolean;
  /** Position of the frame to mark as selected; -1 = none. */
  selected: number;
  /** Frames whose names contain this, ignoring case, and the frames inside them keep their colours; '' keeps all. */
  search: string;
  label: string;
  describedBy: string;
  /** What the widths mean: "Retained size". */
  areaName: string;
  onSize(size: ChartSize): void;
  onSelect(position: number): void;
  /** Enter or a double click on a frame. */
  onDrill(position: number): void;
  onOut(): void;
  beginWork: BeginWork;
  ref?: Ref<ChartHandle>;
}

const NO_TREE = summariseTree([]);
/** Browsers do not draw canvases that are much higher. Deeper frames are reached by zooming in. */
const MAX_HEIGHT_PX = 8000;
const MOVES: Readonly<Record<string, FlameMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** A flame graph, with the root at the top unless `upward`. The view around it decides what a frame means. */
export function FlameChart(props: FlameChartProps) {
  const { selected, search, colouring, upward = false } = props;
  const tree = props.tree ?? NO_TREE;
  const { size, scene, resize } = useChartSize(props.onSize);
  const heightPx = Math.min(heightOf(tree), MAX_HEIGHT_PX);
  const magnified = useMagnified();
  const { scale } = magnified;
  // Magnifying widens the graph; the height of rows stays.
  const large = useMemo(
    () => layoutFlame(tree, { ...size, widthPx: size.widthPx * scale }, upward),
    [tree, size, scale, upward],
  );
  const { xPx } = magnified.offset(large.size, size, position => frameRectOf(large, position));
  const layout = useMemo(() => framedFlame(large, size, xPx), [large, size, xPx]);
  const zoom = (factor: number, point: Point) => {
    const position = Math.max(0, frameAt(layout, point));
    magnified.zoom(factor, point, position, frameRectOf(layout, position));
  };
  const { focus, setFocus, marked, ...handlers } = useTileFocus(0, {
    ...props,
    onZoom: factor => zoom(factor, middle(size)),
    onResetZoom: magnified.reset,
    moved: (from, event) => {
      const move = MOVES[event.key];
      if (move !== undefined) return frameInDirection(layout, from, move);
      return event.key === 'Home' ? 0 : null;
    },
    first: () => 0,
    tileAt: point => frameAt(layout, point),
  });
  const { hover, onPoint, leave } = useHover(point => frameAt(layout, point));
  const [shownTree, setShownTree] = useState(tree);
  if (shownTree !== tree) {
    // Keep the keyboard focus on the same node, if the new tree has it.
    setShownTree(tree);
    magnified.reset();
    leave();
    setFocus(focus < 0 ? -1 : Math.max(0, samePosition(shownTree, focus, tree)));
  }

  const colourOf = useCallback(
    (palette: Palette, position: number) => {
      const node = tree.nodes[position]!;
      if (node.kind === 'remainder') return palette.border;
      if (colouring.by === 'change') return changeColour(palette, colouring, position);
      if (colouring.by === 'library') return libraryColour(palette, colouring, position);
      return familyColour(palette, node.family);
    },
    [tree, colouring],
  );
  const matches = useMemo(() => searchTree(tree, search), [tree, search]);
  const picture = useCallback<Picture>(
    (surface, place) => drawFlame(surface, place, layout, colourOf, matches?.matched ?? null),
    [layout, colourOf, matches],
  );
  const hovered = hover?.hit ?? -1;
  const overlay = useCallback<Picture>(
    (surface, { palette }) => {
      if (hovered >= 0) {
        const { group } = tree;
        const alike = layout.rows.flat().filter(other => group[other] === group[hovered]);
        outlineFrames(surface, layout, alike, palette.text, 1);
        outlineFrames(surface, layout, [hovered], palette.text, 2);
      }
      outlineFrames(surface, layout, [selected], palette.accent, 3);
      if (marked >= 0) {
        outlineFrames(surface, layout, [marked], palette.text, 4);
        outlineFrames(surface, layout, [marked], palette.surface, 2);
      }
    },
    [layout, tree, hovered, selected, marked],
  );
  const legend = useCallback((palette: Palette) => colourEntries(palette, colouring), [colouring]);
  useSavedPicture(props.ref, props.label, picture, scene, legend);

  const focused = tree.nodes[marked];
  return (
    <div className={upward ? styles.scrollUp : styles.scroll}>
      <div style={{ height: heightPx, minHeight: '100%', position: 'relative' }}>
        <CanvasHost
          label={props.label}
          roleDescription="flame graph"
          describedBy={props.describedBy}
          scene={scene}
          picture={picture}
          overlay={overlay}
          onSize={resize}
          beginWork={props.beginWork}
          onPoint={onPoint}
          {...handlers}
          gestures={{
            wheel: 'zooms with Ctrl',
            pans: scale > 1,
            onZoom: zoom,
            onPan: x => magnified.pan(x, 0, frameRectOf(layout, 0)),
          }}
          tooltip={
            hover && {
              point: hover.point,
              content: <TileTooltip tree={tree} position={hover.hit} areaName={props.areaName} />,
            }
          }
          announcement={focused ? `${tileName(focused)}, ${props.areaName} ${sizeText(tree, focused)}` : ''}
        >
          <ResetZoom scale={scale} onReset={magnified.reset} />
        </CanvasHost>
      </div>
    </div>
  );
}
