import {
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import { useChartHandle } from '../canvas-host/charts-on-screen.ts';
import type { ChartHandle } from '../canvas-host/picture.ts';
import { type Gestures, useGestures } from '../canvas-host/use-gestures.ts';
import { useElementSize } from '../canvas-host/use-scene.ts';
import { GraphMinimap } from './GraphMinimap.tsx';
import { GraphPicture } from './GraphPicture.tsx';
import type { GraphPick, ObjectGraph } from './graph.ts';
import { boundsOf, type Place } from './layout.ts';
import styles from './ObjectGraphChart.module.css';
import { saveGraph } from './save-graph.ts';
import { usePlaces } from './use-places.ts';
import { useViewport } from './use-viewport.ts';
import { boxInDirection, type GraphMove } from './walk.ts';

export interface ObjectGraphChartProps {
  ref?: Ref<ChartHandle>;
  graph: ObjectGraph;
  label: string;
  describedBy: string;
  picked: GraphPick | null;
  onPick(pick: GraphPick): void;
  /** Expands or collapses a box: a click on its handle, a double click, or Enter. */
  onToggle(box: string): void;
  beginWork: BeginWork;
  /** Whether the wheel zooms alone (the default), or only with Ctrl, for graphs in a page that scrolls. */
  wheel?: Gestures['wheel'];
}

const MOVES: Readonly<Record<string, GraphMove>> = {
  ArrowRight: 'out',
  ArrowLeft: 'in',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ZOOM_STEP = 1.25;
/** A press that moves less than this is a click. */
const DRAG_PX = 4;

/**
 * A layered graph of references, from left to right. Boxes can be dragged, and keep their places as the graph grows.
 * The wheel zooms; the arrow keys walk along the lines.
 */
export function ObjectGraphChart(props: ObjectGraphChartProps) {
  const { graph, picked, onPick, onToggle } = props;
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const size = useElementSize(frame);
  const svg = useRef<SVGSVGElement>(null);
  const { places, error, move, tidy, pinned, setPinned } = usePlaces(graph, props.beginWork);
  const viewport = useViewport(size, places);
  const { view } = viewport;
  const active = picked?.kind === 'box' ? picked.id : (graph.boxes[0]?.id ?? '');
  const hasFocus = useRef(false);
  const drag = useRef<{ box: string | null; x: number; y: number; at: Place; moved: boolean } | null>(null);

  useChartHandle(
    props.ref,
    props.label,
    useCallback<ChartHandle['toBlob']>(
      format => {
        if (svg.current === null || places === null) throw new Error('The graph is not drawn yet');
        return saveGraph(svg.current, boundsOf(places), format);
      },
      [places],
    ),
  );
  // Move the DOM focus to the picked box, if the focus is in the graph.
  useEffect(() => {
    if (!hasFocus.current || picked?.kind !== 'box') return;
    const box = svg.current?.querySelector<SVGGElement>(`[data-box="${CSS.escape(picked.id)}"]`);
    box?.focus({ preventScroll: true });
  }, [picked]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || places === null) return;
    const way = MOVES[event.key];
    if (way !== undefined) {
      const next = boxInDirection(graph, places, active, way);
      onPick({ kind: 'box', id: next });
      viewport.reveal(places.get(next));
    } else if (event.key === 'Enter') onToggle(active);
    else if (event.key === ' ') onPick({ kind: 'box', id: active });
    else if (event.key === '+' || event.key === '=') viewport.zoom(ZOOM_STEP);
    else if (event.key === '-') viewport.zoom(1 / ZOOM_STEP);
    else if (event.key === '0') viewport.fit();
    else if (event.key === 'p') setPinned(active, !pinned.has(active));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const boxAt = (event: PointerEvent): string | null =>
    (event.target as Element).closest('[data-box]')?.getAttribute('data-box') ?? null;
  useGestures(frame, {
    wheel: props.wheel ?? 'zooms',
    // One finger or the mouse drags boxes and the drawing itself, which is handled below.
    pans: false,
    onZoom: (factor, { xPx, yPx }) => viewport.zoomAt(factor, xPx, yPx),
    onPan: viewport.moveBy,
  });
  const onPointerDown = (event: PointerEvent) => {
    if (drag.current !== null) {
      // A second finger starts a pinch.
      drag.current = null;
      return;
    }
    if (event.button !== 0 || (event.target as Element).closest('[data-handle],[data-line]')) return;
    const box = boxAt(event);
    const at = box === null ? { x: view.x, y: view.y } : places?.get(box);
    if (at === undefined) return;
    drag.current = { box, x: event.clientX, y: event.clientY, at, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const now = drag.current;
    if (now === null) return;
    const dx = event.clientX - now.x;
    const dy = event.clientY - now.y;
    if (!now.moved && Math.hypot(dx, dy) < DRAG_PX) return;
    if (!now.moved) (event.currentTarget as Element).setPointerCapture(event.pointerId);
    now.moved = true;
    if (now.box === null) viewport.moveTo(now.at.x + dx, now.at.y + dy);
    else move(now.box, { x: now.at.x + dx / view.scale, y: now.at.y + dy / view.scale });
  };
  const onPointerUp = () => {
    const now = drag.current;
    drag.current = null;
    if (now === null || now.box === null) return;
    if (now.moved) setPinned(now.box, true);
    else onPick({ kind: 'box', id: now.box });
  };
  const pickLine = useCallback((id: string) => onPick({ kind: 'line', id }), [onPick]);

  return (
    <div className={styles.frame} ref={setFrame}>
      {error && <p role="alert">The graph could not be laid out: {error.message}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form; this is a drawing of buttons. */}
      <svg
        ref={svg}
        className={styles.graph}
        role="group"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-roledescription="graph"
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={event => {
          hasFocus.current = event.currentTarget.contains(event.relatedTarget);
        }}
      >
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`} data-content>
          {places && (
            <GraphPicture
              graph={graph}
              places={places}
              pinned={pinned}
              active={active}
              picked={picked}
              onToggle={onToggle}
              onPickLine={pickLine}
            />
          )}
        </g>
      </svg>
      <div className={styles.controls}>
        <button type="button" onClick={() => viewport.zoom(ZOOM_STEP)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => viewport.zoom(1 / ZOOM_STEP)} aria-label="Zoom out">
          −
        </button>
        <button type="button" onClick={viewport.fit}>
          Fit
        </button>
        <button type="button" onClick={tidy}>
          Tidy
        </button>
        {picked?.kind === 'box' && (
          <button
            type="button"
            aria-pressed={pinned.has(picked.id)}
            onClick={() => setPinned(picked.id, !pinned.has(picked.id))}
          >
            Pin
          </button>
        )}
      </div>
      {places && size && (
        <GraphMinimap graph={graph} places={places} view={view} size={size} onGo={viewport.centre} />
      )}
    </div>
  );
}
