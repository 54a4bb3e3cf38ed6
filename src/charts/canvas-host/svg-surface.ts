import { escapeMarkup } from '../../../workers/protocol/format/escape-markup.ts';
import type { ChartSize } from './geometry.ts';
import { FONT_METRICS, HATCH_STEP_PX, type Surface, type TextStyle } from './surface.ts';

/**
 * Collects a picture as SVG text. Rectangles of one colour become one path. Text is escaped, so that nothing from a
 * dump can become markup.
 */
export class SvgSurface implements Surface {
  readonly #elements: string[] = [];
  readonly #hatchings = new Map<string, string>();
  readonly #fontFamily: string;

  constructor(fontFamily: string) {
    this.#fontFamily = fontFamily;
  }

  fillRects(paint: string, rects: readonly number[]): void {
    if (rects.length > 0) this.#elements.push(`<path fill="${escapeMarkup(paint)}" d="${rectPath(rects)}"/>`);
  }

  hatchRects(paint: string, rects: readonly number[]): void {
    if (rects.length === 0) return;
    let id = this.#hatchings.get(paint);
    if (id === undefined) {
      id = `hatch${this.#hatchings.size}`;
      this.#hatchings.set(paint, id);
    }
    this.#elements.push(`<path fill="url(#${id})" d="${rectPath(rects)}"/>`);
  }

  strokeRects(paint: string, lineWidthPx: number, rects: readonly number[]): void {
    if (rects.length === 0) return;
    const inset: number[] = [];
    for (let at = 0; at < rects.length; at += 4) {
      inset.push(
        rects[at]! + lineWidthPx / 2,
        rects[at + 1]! + lineWidthPx / 2,
        Math.max(0, rects[at + 2]! - lineWidthPx),
        Math.max(0, rects[at + 3]! - lineWidthPx),
      );
    }
    this.#elements.push(
      `<path fill="none" stroke="${escapeMarkup(paint)}" stroke-width="${lineWidthPx}" d="${rectPath(inset)}"/>`,
    );
  }

  lines(paint: string, lineWidthPx: number, points: readonly number[]): void {
    if (points.length === 0) return;
    let path = '';
    for (let at = 0; at < points.length; at += 4) {
      path += `M${short(points[at]!)} ${short(points[at + 1]!)}L${short(points[at + 2]!)} ${short(points[at + 3]!)}`;
    }
    this.#elements.push(
      `<path fill="none" stroke="${escapeMarkup(paint)}" stroke-width="${lineWidthPx}" d="${path}"/>`,
    );
  }

  text(text: string, xPx: number, yPx: number, style: TextStyle): void {
    const { sizePx, weight } = FONT_METRICS[style.font];
    const anchor = { left: 'start', center: 'middle', right: 'end' }[style.align ?? 'left'];
    this.#elements.push(
      `<text x="${short(xPx)}" y="${short(yPx)}" fill="${escapeMarkup(style.paint)}" font-size="${sizePx}" ` +
        `font-weight="${weight}" text-anchor="${anchor}">${escapeMarkup(text)}</text>`,
    );
  }

  /** The whole document. */
  toString(size: ChartSize, background: string): string {
    const patterns = [...this.#hatchings].map(
      ([paint, id]) =>
        `<pattern id="${id}" width="${HATCH_STEP_PX}" height="${HATCH_STEP_PX}" patternUnits="userSpaceOnUse" ` +
        `patternTransform="rotate(45)"><path stroke="${escapeMarkup(paint)}" d="M0 0V${HATCH_STEP_PX}"/></pattern>`,
    );
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.widthPx}" height="${size.heightPx}" ` +
      `viewBox="0 0 ${size.widthPx} ${size.heightPx}" font-family="${escapeMarkup(this.#fontFamily)}">\n` +
      `<defs>${patterns.join('')}</defs>\n` +
      `<rect width="100%" height="100%" fill="${escapeMarkup(background)}"/>\n${this.#elements.join('\n')}\n</svg>\n`
    );
  }
}

function rectPath(rects: readonly number[]): string {
  let path = '';
  for (let at = 0; at < rects.length; at += 4) {
    const width = short(rects[at + 2]!);
    path += `M${short(rects[at]!)} ${short(rects[at + 1]!)}h${width}v${short(rects[at + 3]!)}h-${width}z`;
  }
  return path;
}

/** Two decimals are more precise than any screen. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
