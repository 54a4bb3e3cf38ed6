import { type Rect, rectBetween } from './geometry.ts';
import { contextOf, type Picture, paint, type Scene } from './picture.ts';

/** How one picture turns into the next: zooming into a tile of the old one, or out of a tile of the new one. */
export interface Zoom {
  direction: 'in' | 'out';
  /** The tile, in the old picture for `in`, in the new one for `out`. */
  tile: Rect;
}

/** Long enough to show where the tile went, short enough not to make anyone wait: 120–180 ms. */
const ZOOM_MS = 160;

/** Reports that work begins; the function it returns reports that it has ended. */
export type BeginWork = () => () => void;

/** A picture and where it is drawn. */
interface Target {
  picture: Picture;
  scene: Scene;
  pixelRatio: number;
}

/** A zoom under way: two finished bitmaps, one of which moves over the other. */
interface RunningZoom extends Zoom {
  before: HTMLCanvasElement;
  after: HTMLCanvasElement;
  startMs: number;
}

/**
 * One canvas and the picture on it. All requests between two frames cause one drawing. A zoom moves finished bitmaps,
 * so its frames cost the same whatever the chart contains.
 */
export class CanvasLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #beginWork: BeginWork;
  #endWork: (() => void) | null = null;
  #frame = 0;
  #target: Target | null = null;
  #zoom: RunningZoom | null = null;

  constructor(canvas: HTMLCanvasElement, beginWork: BeginWork) {
    this.#canvas = canvas;
    this.#beginWork = beginWork;
  }

  /** Draws the picture in the next frame. A running zoom continues, and ends at this picture. */
  show(picture: Picture, scene: Scene, pixelRatio: number): void {
    this.#target = { picture, scene, pixelRatio };
    if (this.#zoom) paint(this.#zoom.after, picture, scene, pixelRatio);
    this.#askForFrame();
  }

  /** Animates from the current contents of the canvas to the picture. */
  zoomTo(picture: Picture, scene: Scene, pixelRatio: number, zoom: Zoom): void {
    const after = document.createElement('canvas');
    this.#zoom = { ...zoom, before: copyOf(this.#canvas), after, startMs: performance.now() };
    this.show(picture, scene, pixelRatio);
  }

  /** Cancels pending drawing. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#zoom = null;
    this.#endWork?.();
    this.#endWork = null;
  }

  #askForFrame(): void {
    if (this.#frame !== 0) return;
    this.#endWork ??= this.#beginWork();
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      if (this.#zoom) this.#askForFrame();
      else this.stop();
    });
  }

  #draw(): void {
    if (!this.#target) return;
    const { picture, scene, pixelRatio } = this.#target;
    const t = this.#zoom ? (performance.now() - this.#zoom.startMs) / ZOOM_MS : 1;
    if (!this.#zoom || t >= 1) {
      this.#zoom = null;
      paint(this.#canvas, picture, scene, pixelRatio);
      return;
    }
    const { direction, tile, before, after } = this.#zoom;
    const frame: Rect = { leftPx: 0, topPx: 0, ...scene.size };
    const eased = t * (2 - t);
    if (direction === 'in') {
      drawMoving(this.#canvas, before, after, rectBetween(tile, frame, eased), scene, pixelRatio);
    } else {
      drawMoving(this.#canvas, after, before, rectBetween(frame, tile, eased), scene, pixelRatio);
    }
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
