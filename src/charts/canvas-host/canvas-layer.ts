import { type Rect, rectBetween } from './geometry.ts';
import { contextOf, type Picture, paint, type Scene } from './picture.ts';

/** How one picture turns into the next: into a tile of the old one, or out of a tile of the new one. */
export interface Zoom {
  direction: 'in' | 'out';
  /** The tile, in the old picture for `in`, in the new one for `out`. */
  tile: Rect;
}

/** Within the 120–180 ms in which a movement explains itself and nobody waits for it. */
const ZOOM_MS = 160;

/** Says that work is under way; what it returns says that it has ended. */
export type BeginWork = () => () => void;

/**
 * One canvas and what is to be seen on it. Any number of requests between two frames is one drawing; a zoom
 * moves two finished bitmaps, so that its frames cost the same whatever the chart holds.
 */
export class CanvasLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #beginWork: BeginWork;
  #endWork: (() => void) | null = null;
  #frame = 0;
  #pending: (() => void) | null = null;

  constructor(canvas: HTMLCanvasElement, beginWork: BeginWork) {
    this.#canvas = canvas;
    this.#beginWork = beginWork;
  }

  /** Draws the picture in the next frame, in place of whatever was asked for before. */
  show(picture: Picture, scene: Scene, pixelRatio: number): void {
    this.#inNextFrame(() => paint(this.#canvas, picture, scene, pixelRatio));
  }

  /** Moves from what the canvas holds to the picture. */
  zoomTo(picture: Picture, scene: Scene, pixelRatio: number, zoom: Zoom): void {
    const before = copyOf(this.#canvas);
    const after = document.createElement('canvas');
    paint(after, picture, scene, pixelRatio);
    const frame: Rect = { leftPx: 0, topPx: 0, ...scene.size };
    const startMs = performance.now();
    const step = () => {
      const t = Math.min(1, (performance.now() - startMs) / ZOOM_MS);
      if (t === 1) {
        paint(this.#canvas, picture, scene, pixelRatio);
        return;
      }
      const eased = t * (2 - t);
      const [still, moving] = zoom.direction === 'in' ? [before, after] : [after, before];
      const rect =
        zoom.direction === 'in' ? rectBetween(zoom.tile, frame, eased) : rectBetween(frame, zoom.tile, eased);
      drawMoving(this.#canvas, still, moving, rect, scene, pixelRatio);
      this.#inNextFrame(step);
    };
    this.#inNextFrame(step);
  }

  /** Forgets what was to be drawn. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#pending = null;
    this.#end();
  }

  #inNextFrame(draw: () => void): void {
    const isAsked = this.#pending !== null;
    this.#pending = draw;
    if (isAsked) return;
    this.#endWork ??= this.#beginWork();
    this.#frame = requestAnimationFrame(() => {
      const due = this.#pending;
      this.#pending = null;
      due?.();
      // A drawing that asked for the next frame keeps the layer busy.
      if (!this.#pending) this.#end();
    });
  }

  #end(): void {
    this.#endWork?.();
    this.#endWork = null;
  }
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  if (canvas.width > 0 && canvas.height > 0) contextOf(copy).drawImage(canvas, 0, 0);
  return copy;
}

function drawMoving(
  canvas: HTMLCanvasElement,
  still: HTMLCanvasElement,
  moving: HTMLCanvasElement,
  rect: Rect,
  { size }: Scene,
  pixelRatio: number,
): void {
  const context = contextOf(canvas);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, size.widthPx, size.heightPx);
  context.drawImage(still, 0, 0, size.widthPx, size.heightPx);
  context.drawImage(moving, rect.leftPx, rect.topPx, rect.widthPx, rect.heightPx);
}
