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
  /** What a screen reader calls the chart. */
  label: string;
  /** What kind of thing it is: "treemap", "timeline". */
  roleDescription: string;
  /** Id of the sentence that says how to read it. */
  describedBy?: string;
  scene: Scene;
  /** The chart itself. A new function is a new drawing. */
  picture: Picture;
  /** What is over it and changes with the pointer: hover, focus, selection. */
  overlay: Picture;
  /** Set together with a new picture that is reached by zooming. */
  zoom?: Zoom | null;
  onSize(size: ChartSize): void;
  /** Called when a frame has to be drawn; the function it returns is called when all frames are drawn. */
  beginWork: BeginWork;
  /** The pointer's place, or null when it leaves. */
  onPoint?(point: Point | null): void;
  onClick?(point: Point): void;
  onDoubleClick?(point: Point): void;
  /**
   * Pressing, moving, letting go. Where `start` says no, the press is left to others; `cancel`: a second finger came, or
   * the browser took the gesture for scrolling.
   */
  drag?: {
    start(point: Point, isTouch: boolean): boolean;
    move(start: Point, point: Point): void;
    end(): void;
    cancel(): void;
  };
  /** Zooming and moving by wheel, touch and drag; without it the chart stands still. */
  gestures?: Gestures;
  /** Keys of the chart as a whole; without them it takes no focus, only the controls over it do. */
  onKeyDown?: KeyboardEventHandler;
  /** Called when the chart gets or loses the keyboard focus. */
  onFocusChange?(focused: boolean): void;
  /** Beside the pointer. */
  tooltip?: { point: Point; content: ReactNode } | null;
  /** Read out when it changes: what the keyboard is at. */
  announcement?: string;
  /** Controls that lie over the chart. */
  children?: ReactNode;
}

/**
 * The place of a chart on the page: two canvases, one for the chart and one for what moves over it. Owns
 * resizing, pixel ratio, frames, pointer coordinates, tooltip and keyboard focus, so that charts only draw.
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
    // A chart that does not know its size yet has neither asked nor drawn anything.
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
      // A chart with keys of its own is one widget; its table twin is the readable form.
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
        // Of several fingers the first alone drags.
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
