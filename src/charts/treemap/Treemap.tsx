import { type KeyboardEvent, type Ref, useCallback, useMemo, useState } from 'react';
import type { Palette } from '../../theme/palette.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork, Zoom } from '../canvas-host/canvas-layer.ts';
import { type ChartSize, middle, type Point } from '../canvas-host/geometry.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { ResetZoom } from '../canvas-host/ResetZoom.tsx';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { colourEntries, drawTreemap, outlineTiles, type TileColouring } from './draw.ts';
import { tileAt } from './hit-test.ts';
import { fittingName, tileName } from './labels.ts';
import { framedTreemap, type HeaderFits, layoutTreemap, type TreemapLayout, tileRect } from './layout.ts';
import { type Direction, firstInside, tileInDirection } from './move-focus.ts';
import { samePosition, zoomBetween } from './same-tile.ts';
import { searchTree } from './search.ts';
import { sizeText, summariseTree, type TreemapTree } from './summarise.ts';
import { TileTooltip } from './TileTooltip.tsx';
import { useMagnified } from './use-magnified.ts';
import { useTileFocus } from './use-tile-focus.ts';

export interface TreemapProps {
  /** Null while it is loading. */
  tree: TreemapTree | null;
  colouring: TileColouring;
  /** Tiles whose names contain this, ignoring case, and the tiles inside them keep their colours; if absent, all do. */
  search?: string;
  /** Position of the tile to mark as selected; -1 = none. */
  selected: number;
  label: string;
  describedBy: string;
  /** What the areas mean: "Retained size". */
  areaName: string;
  onSize(size: ChartSize): void;
  onSelect(position: number): void;
  /** Enter or a double click on a tile. */
  onDrill(position: number): void;
  onOut(): void;
  beginWork: BeginWork;
  ref?: Ref<ChartHandle>;
}

const NO_TREE = summariseTree([]);

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** A squarified treemap with pointer, keyboard and zoom. The view around it decides what a tile means. */
export function Treemap(props: TreemapProps) {
  const { colouring, selected, search = '' } = props;
  const tree = props.tree ?? NO_TREE;
  const { size, scene, resize } = useChartSize(props.onSize);
  const { measure } = scene;
  const magnified = useMagnified();
  const { scale } = magnified;
  const large = useMemo(() => {
    const fits: HeaderFits = (position, widthPx) =>
      fittingName(tree.nodes[position]!, 'strong', widthPx, measure) !== null;
    const largeSize = { widthPx: size.widthPx * scale, heightPx: size.heightPx * scale };
    return layoutTreemap(tree, largeSize, fits);
  }, [tree, size, scale, measure]);
  const { xPx, yPx } = magnified.offset(large.size, size, position => tileRect(large, position));
  const layout = useMemo(() => framedTreemap(large, size, { xPx, yPx }), [large, size, xPx, yPx]);
  const zoom = (factor: number, point: Point) => {
    const position = Math.max(0, tileAt(layout, point));
    magnified.zoom(factor, point, position, tileRect(layout, position));
  };
  const { focus, setFocus, marked, ...handlers } = useTileFocus(1, {
    ...props,
    onZoom: factor => zoom(factor, middle(size)),
    onResetZoom: magnified.reset,
    moved: (from, event) => focusAfterKey(layout, from, event),
    first: () => firstInside(layout, 0) ?? -1,
    tileAt: point => tileAt(layout, point),
  });
  const { hover, onPoint, leave } = useHover(point => {
    const position = tileAt(layout, point);
    return position > 0 ? position : null;
  });
  const [shown, setShown] = useState<{ layout: TreemapLayout; zoom: Zoom | null }>({ layout, zoom: null });
  if (shown.layout !== layout) {
    // A new answer or size: find out whether the user zoomed, and keep the keyboard focus. Clear the hover, since the
    // tile under the pointer may have moved.
    setShown({ layout, zoom: zoomBetween(shown.layout, layout) });
    leave();
    if (shown.layout.tree !== tree) {
      setFocus(focusAfter(shown.layout.tree, focus, tree));
      magnified.reset();
    }
  }

  const matches = useMemo(() => searchTree(tree, search), [tree, search]);
  const picture = useCallback<Picture>(
    (surface, place) => drawTreemap(surface, place, layout, colouring, matches?.matched ?? null),
    [layout, colouring, matches],
  );
  const hovered = hover?.hit ?? -1;
  const overlay = useCallback<Picture>(
    (surface, { palette }) => {
      if (hovered > 0) {
        outlineTiles(surface, layout, sameGroup(layout, hovered), palette.text, 1);
        outlineTiles(surface, layout, [hovered], palette.text, 2);
      }
      if (selected > 0) outlineTiles(surface, layout, [selected], palette.accent, 3);
      if (marked > 0) {
        // Two rings in contrasting colours: one of them is visible on any background.
        outlineTiles(surface, layout, [marked], palette.text, 4);
        outlineTiles(surface, layout, [marked], palette.surface, 2);
      }
    },
    [layout, hovered, selected, marked],
  );
  const legend = useCallback((palette: Palette) => colourEntries(palette, colouring), [colouring]);
  useSavedPicture(props.ref, props.label, picture, scene, legend);

  const focused = tree.nodes[marked];
  return (
    <CanvasHost
      label={props.label}
      roleDescription="treemap"
      describedBy={props.describedBy}
      scene={scene}
      picture={picture}
      overlay={overlay}
      zoom={shown.zoom}
      onSize={resize}
      beginWork={props.beginWork}
      onPoint={onPoint}
      {...handlers}
      gestures={{
        wheel: 'zooms',
        pans: scale > 1,
        onZoom: zoom,
        onPan: (x, y) => magnified.pan(x, y, tileRect(layout, 0)),
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
  );
}

/** Where a key moves the focus, or null if it does not move it. Shift with an arrow moves in or out a level. */
function focusAfterKey(layout: TreemapLayout, focus: number, event: KeyboardEvent): number | null {
  if (event.key === 'Home') return firstInside(layout, 0) ?? -1;
  const direction = DIRECTIONS[event.key];
  if (!direction) return null;
  if (!event.shiftKey) return tileInDirection(layout, focus, direction);
  if (direction === 'down' || direction === 'right')
    return focus > 0 ? (firstInside(layout, focus) ?? focus) : focus;
  const above = focus > 0 ? layout.tree.parent[focus]! : 0;
  return above > 0 ? above : focus;
}

/** The keyboard focus in a new tree: the same tile, else the tile that was left, else the largest. */
function focusAfter(before: TreemapTree, focus: number, after: TreemapTree): number {
  const same = samePosition(before, Math.max(focus, 0), after);
  if (same > 0) return same;
  return focus > 0 ? (after.childList[0] ?? -1) : -1;
}

/** All placed tiles of a tile's group. The rest and self sizes are not groups. */
function sameGroup(layout: TreemapLayout, position: number): number[] {
  const { group, nodes } = layout.tree;
  const { kind } = nodes[position]!;
  if (kind === 'remainder' || kind === 'self') return [position];
  return Array.from(layout.placed).filter(other => group[other] === group[position]);
}
