import { fontShorthand, HATCH_STEP_PX, type Surface, type TextStyle } from './surface.ts';

/** Draws on a canvas. The context's transform must already map CSS pixels to canvas pixels. */
export class CanvasSurface implements Surface {
  readonly #context: CanvasRenderingContext2D;
  readonly #fontFamily: string;

  constructor(context: CanvasRenderingContext2D, fontFamily: string) {
    this.#context = context;
    this.#fontFamily = fontFamily;
  }

  fillRects(paint: string, rects: readonly number[]): void {
    const context = this.#context;
    context.fillStyle = paint;
    // Separate calls of fillRect are faster than one path of many rectangles, which is tessellated as a whole.
    for (let at = 0; at < rects.length; at += 4) {
      context.fillRect(rects[at]!, rects[at + 1]!, rects[at + 2]!, rects[at + 3]!);
    }
  }

  hatchRects(paint: string, rects: readonly number[]): void {
    if (rects.length === 0) return;
    const context = this.#context;
    context.save();
    context.beginPath();
    for (let at = 0; at < rects.length; at += 4) {
      context.rect(rects[at]!, rects[at + 1]!, rects[at + 2]!, rects[at + 3]!);
    }
    context.clip();
    context.strokeStyle = paint;
    context.lineWidth = 1;
    context.beginPath();
    const { right, bottom } = extent(rects);
    for (let x = -bottom; x < right; x += HATCH_STEP_PX) {
      context.moveTo(x, bottom);
      context.lineTo(x + bottom, 0);
    }
    context.stroke();
    context.restore();
  }

  strokeRects(paint: string, lineWidthPx: number, rects: readonly number[]): void {
    const context = this.#context;
    context.strokeStyle = paint;
    context.lineWidth = lineWidthPx;
    const half = lineWidthPx / 2;
    for (let at = 0; at < rects.length; at += 4) {
      context.strokeRect(
        rects[at]! + half,
        rects[at + 1]! + half,
        Math.max(0, rects[at + 2]! - lineWidthPx),
        Math.max(0, rects[at + 3]! - lineWidthPx),
      );
    }
  }

  lines(paint: string, lineWidthPx: number, points: readonly number[]): void {
    const context = this.#context;
    context.strokeStyle = paint;
    context.lineWidth = lineWidthPx;
    context.beginPath();
    for (let at = 0; at < points.length; at += 4) {
      context.moveTo(points[at]!, points[at + 1]!);
      context.lineTo(points[at + 2]!, points[at + 3]!);
    }
    context.stroke();
  }

  text(text: string, xPx: number, yPx: number, style: TextStyle): void {
    const context = this.#context;
    context.font = fontShorthand(style.font, this.#fontFamily);
    context.fillStyle = style.paint;
    context.textAlign = style.align ?? 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(text, xPx, yPx);
  }
}

function extent(rects: readonly number[]): { right: number; bottom: number } {
  let right = 0;
  let bottom = 0;
  for (let at = 0; at < rects.length; at += 4) {
    right = Math.max(right, rects[at]! + rects[at + 2]!);
    bottom = Math.max(bottom, rects[at + 1]! + rects[at + 3]!);
  }
  return { right, bottom };
}
