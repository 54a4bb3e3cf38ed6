import { type Ref, useCallback, useEffect, useMemo, useState } from 'react';
import type { PageMap } from '../../../workers/protocol/pages.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import type { ChartSize, Point } from '../canvas-host/geometry.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { useElementSize } from '../canvas-host/use-scene.ts';
import { drawPages } from './draw.ts';
import { blockOf, cellRect, cellsOf, layoutPages, pageAt, seenPages, slotAt } from './layout.ts';
import styles from './PageMapChart.module.css';
import { SlotTooltip } from './SlotTooltip.tsx';
import { addressOfSlot, codeOfSlot, objectInSlot, type SlotPlace } from './slots.ts';

interface PageMapChartProps {
  /** The requested pages; null while they are loading. */
  map: PageMap | null;
  /** Colours, indexed by code. */
  colours: readonly string[];
  label: string;
  describedBy: string;
  /** Called with the visible pages when they change. */
  onSeen(first: number, end: number): void;
  /** A slot with an object was picked. */
  onPick(object: number, address: string): void;
  beginWork: BeginWork;
  ref?: Ref<ChartHandle>;
}

const NO_SIZE: ChartSize = { widthPx: 0, heightPx: 0 };

/** Heap pages as blocks and their slots as cells, in a scrolling container; only the visible pages are drawn. */
export function PageMapChart(props: PageMapChartProps) {
  const { map, colours, onSeen } = props;
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const view = useElementSize(element) ?? NO_SIZE;
  const { size, scene, resize } = useChartSize();
  const [scrollPx, setScrollPx] = useState(0);
  const [focus, setFocus] = useState<SlotPlace | null>(null);
  const total = map?.total ?? 0;
  const grid = useMemo(() => layoutPages(total, size.widthPx), [total, size.widthPx]);
  const picture = useCallback<Picture>(
    surface => {
      if (map !== null) drawPages(surface, map, grid, scrollPx, colours);
    },
    [map, grid, scrollPx, colours],
  );
  const placeAt = (point: Point): SlotPlace | null => {
    const at = pageAt(grid, scrollPx, point) - (map?.offset ?? 0);
    const page = map?.pages[at];
    if (page === undefined) return null;
    const slot = slotAt(grid, at + map!.offset, page.slots, scrollPx, point);
    return slot < 0 ? null : { page: at, slot };
  };
  const { hover, onPoint, leave } = useHover(placeAt);
  const marked = focus ?? hover?.hit ?? null;
  const overlay = useCallback<Picture>(
    (surface, { palette }) => {
      const page = marked === null ? undefined : map?.pages[marked.page];
      if (map === null || marked === null || page === undefined) return;
      const block = blockOf(grid, map.offset + marked.page, scrollPx);
      const cell = cellRect(block, cellsOf(grid, page.slots), marked.slot, 1);
      surface.strokeRects(palette.borderStrong, 1, [
        block.leftPx - 2,
        block.topPx - 2,
        block.widthPx + 4,
        block.heightPx + 4,
      ]);
      surface.strokeRects(palette.text, 2, [
        cell.leftPx - 2,
        cell.topPx - 2,
        cell.widthPx + 4,
        cell.heightPx + 4,
      ]);
    },
    [map, grid, scrollPx, marked],
  );
  const legend = useCallback(
    () => (map?.entries ?? []).map(({ label }, code) => ({ name: label, colour: colours[code]! })),
    [map, colours],
  );
  useSavedPicture(props.ref, props.label, picture, scene, legend);
  const { first, end } = seenPages(grid, scrollPx, size);
  useEffect(() => onSeen(first, end), [onSeen, first, end]);
  const pick = (place: SlotPlace | null) => {
    if (map === null || place === null) return;
    const object = objectInSlot(map, place);
    if (object >= 0) props.onPick(object, addressOfSlot(map, place));
  };
  const step = (key: string): SlotPlace | null => {
    if (map === null) return null;
    const from = focus ?? { page: Math.max(0, first - map.offset), slot: -1 };
    const page = map.pages[from.page];
    if (page === undefined) return null;
    const { columns } = cellsOf(grid, page.slots);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
    if (by === undefined) return null;
    const slot = from.slot + by;
    if (slot >= 0 && slot < page.slots) return { page: from.page, slot };
    const next = map.pages[from.page + Math.sign(by)];
    if (next === undefined) return focus;
    return { page: from.page + Math.sign(by), slot: by > 0 ? 0 : next.slots - 1 };
  };
  return (
    <div
      ref={setElement}
      className={styles.scroll}
      onScroll={event => {
        setScrollPx(event.currentTarget.scrollTop);
        leave();
      }}
    >
      <div style={{ height: Math.max(grid.heightPx, view.heightPx) }}>
        <div className={styles.seen} style={{ height: view.heightPx }}>
          <CanvasHost
            label={props.label}
            roleDescription="map of heap pages"
            describedBy={props.describedBy}
            scene={scene}
            picture={picture}
            overlay={overlay}
            onSize={resize}
            beginWork={props.beginWork}
            onPoint={point => {
              onPoint(point);
              if (point !== null) setFocus(null);
            }}
            onClick={point => pick(placeAt(point))}
            onKeyDown={event => {
              if (event.altKey || event.ctrlKey || event.metaKey) return;
              if (event.key === 'Enter') pick(focus);
              else {
                const to = step(event.key);
                if (to === null) return;
                setFocus(to);
              }
              event.preventDefault();
              event.stopPropagation();
            }}
            onFocusChange={focused => {
              if (!focused) setFocus(null);
            }}
            tooltip={
              hover && map
                ? { point: hover.point, content: <SlotTooltip map={map} place={hover.hit} /> }
                : null
            }
            announcement={map && focus ? slotText(map, focus) : ''}
          />
        </div>
      </div>
    </div>
  );
}

function slotText(map: PageMap, place: SlotPlace): string {
  const state = map.entries[codeOfSlot(map, place)]!.label;
  return `${addressOfSlot(map, place)}: ${state}, slot ${place.slot + 1} of ${map.pages[place.page]!.slots}`;
}
