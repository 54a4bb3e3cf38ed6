import {
  type KeyboardEventHandler,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './CanvasHost.module.css';
import { ChartTooltip } from './ChartTooltip.tsx';
import { type BeginWork, CanvasLayer, type Zoom } from './canvas-layer.ts';
import type { ChartSize, Point } from './geometry.ts';
import type { Picture, Scene } from './picture.ts';
import { type Gestures, useGestures } from './use-gestures.ts';
import { prefersReducedMotion, useElementSize, usePixelRatio } from './use-scene.ts';

export interface CanvasHostProps {
  /** Accessible name of the chart. */
  label: string;
  /** The kind of chart, read out by screen readers: "treemap", "timeline". */
  roleDescription: string;
  /** Id of the element that explains how to read the chart. */
  describedBy?: string;
  scene: Scene;
  /** The chart itself. Passing a new function draws it again. */
  picture: Picture;
  /** Drawn over the chart and changes with the pointer: hover, focus, selection. */
  overlay: Picture;
  /** Set together with a new picture that is reached by zooming in or out. */
  zoom?: Zoom | null;
  onSize(size: ChartSize): void;
  /** Called when a frame is scheduled; the returned function is called when no frame is left to draw. */
  beginWork: BeginWork;
  /** The position of the pointer, or null when it leaves the chart. */
  onPoint?(point: Point | null): void;
  onClick?(point: Point): void;
  onDoubleClick?(point: Point): void;
  /**
   * A drag: press, move, release. If `start` returns false, the press is ignored here. `cancel` is called when a second
   * finger touches the chart or the browser takes the gesture for scrolling.
   */
  drag?: {
    start(point: Point, isTouch: boolean): boolean;
    move(start: Point, point: Point): void;
    end(): void;
    cancel(): void;
  };
  /** Zooming and panning by wheel, touch and drag; without it the chart cannot be magnified. */
  gestures?: Gestures;
  /** Key handler of the chart as a whole. Without it, only the controls over the chart take the focus. */
  onKeyDown?: KeyboardEventHandler;
  /** Called when the chart gets or loses the keyboard focus. */
  onFocusChange?(focused: boolean): void;
  /** Beside the pointer. */
  tooltip?: { point: Point; content: ReactNode } | null;
  /** Read out by screen readers when it changes: the element that has the keyboard focus. */
  announcement?: string;
  /** Controls placed over the chart. */
  children?: ReactNode;
}

/**
 * The frame around a chart: two canvases, one for the chart and one for the overlay. Handles resizing, pixel ratio,
 * animation frames, pointer coordinates, tooltip and keyboard focus, so that charts only draw.
 */
export function CanvasHost(props: CanvasHostProps) {
  const { scene, picture, overlay, zoom, onSize, onPoint, beginWork } = props;
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const chart = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const [layers, setLayers] = useState<{ chart: CanvasLayer; above: CanvasLayer } | null>(null);
  const size = useElementSize(element);
  const pixelRatio = usePixelRatio();

  useEffect(() => {
    // Until the size is known, nothing is requested or drawn, so the chart counts as busy.
    if (size) onSize(size);
    else return beginWork();
  }, [onSize, size, beginWork]);

  useLayoutEffect(() => {
    if (!element || !chart.current || !above.current) return;
    const made = {
      chart: new CanvasLayer(chart.current, beginWork),
      above: new CanvasLayer(above.current, beginWork),
    };
    setLayers(made);
    return () => {
      made.chart.stop();
      made.above.stop();
    };
  }, [element, beginWork]);

  useLayoutEffect(() => {
    if (!layers || scene.size.widthPx === 0) return;
    if (zoom && !prefersReducedMotion()) layers.chart.zoomTo(picture, scene, pixelRatio, zoom);
    else layers.chart.show(picture, scene, pixelRatio);
  }, [layers, picture, scene, pixelRatio, zoom]);

  useLayoutEffect(() => {
    if (layers && scene.size.widthPx > 0) layers.above.show(overlay, scene, pixelRatio);
  }, [layers, overlay, scene, pixelRatio]);

  const { drag, gestures } = props;
  useGestures(element, gestures);
  const pressed = useRef<{ pointer: number; point: Point } | null>(null);
  const pointOf = (event: { clientX: number; clientY: number; currentTarget: Element }): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { xPx: event.clientX - box.left, yPx: event.clientY - box.top };
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles, which the rule cannot see.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a description.
    <div
      ref={setElement}
      className={styles.host}
      data-pans={gestures?.wheel === 'zooms' && gestures.pans}
      // A chart that handles keys itself is one widget; the table with the same data is its readable form.
      role={props.onKeyDown ? 'application' : 'group'}
      aria-roledescription={props.roleDescription}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      tabIndex={props.onKeyDown ? 0 : undefined}
      onKeyDown={props.onKeyDown}
      onFocus={event => {
        if (event.target === event.currentTarget) {
          props.onFocusChange?.(event.currentTarget.matches(':focus-visible'));
        }
      }}
      onBlur={event => {
        if (event.target === event.currentTarget) props.onFocusChange?.(false);
      }}
      onPointerDown={event => {
        const point = pointOf(event);
        if (pressed.current) {
          pressed.current = null;
          drag?.cancel();
          return;
        }
        if ((event.target as Element).closest('button') !== null) return;
        // With several fingers, only the first one drags.
        if (event.button !== 0 || !event.isPrimary || !drag?.start(point, event.pointerType === 'touch'))
          return;
        pressed.current = { pointer: event.pointerId, point };
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.move(point, point);
      }}
      onPointerMove={event => {
        const point = pointOf(event);
        if (pressed.current?.pointer === event.pointerId) drag?.move(pressed.current.point, point);
        onPoint?.(point);
      }}
      onPointerUp={event => {
        if (pressed.current?.pointer !== event.pointerId) return;
        pressed.current = null;
        drag?.end();
      }}
      onPointerCancel={event => {
        if (pressed.current?.pointer !== event.pointerId) return;
        pressed.current = null;
        drag?.cancel();
      }}
      onPointerLeave={onPoint && (() => onPoint(null))}
      onClick={event => props.onClick?.(pointOf(event))}
      onDoubleClick={event => props.onDoubleClick?.(pointOf(event))}
    >
      <canvas ref={chart} className={styles.layer} />
      <canvas ref={above} className={styles.layer} />
      {props.children}
      {props.tooltip && element && (
        <ChartTooltip host={element} point={props.tooltip.point}>
          {props.tooltip.content}
        </ChartTooltip>
      )}
      <span className={styles.announcement} aria-live="polite">
        {props.announcement}
      </span>
    </div>
  );
}
