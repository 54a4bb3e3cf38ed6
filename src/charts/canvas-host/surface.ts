/**
 * What a chart draws on: a canvas, for the screen and for PNG, or a list of SVG elements, for saving. One function
 * draws a chart on either, so the saved chart looks like the one on screen.
 *
 * Rectangles of one colour are drawn in one call, as quadruples left, top, width, height in CSS pixels, so that ten
 * thousand tiles take a dozen fills.
 */
export interface Surface {
  fillRects(paint: string, rects: readonly number[]): void;
  /** Draws diagonal lines over rectangles: marks unreachable or untraced objects. */
  hatchRects(paint: string, rects: readonly number[]): void;
  /** Outlines drawn inside the rectangles' edges, so that they never leave the frame. */
  strokeRects(paint: string, lineWidthPx: number, rects: readonly number[]): void;
  /** Straight lines: quadruples x1, y1, x2, y2. */
  lines(paint: string, lineWidthPx: number, points: readonly number[]): void;
  /** One line of text, its baseline at `yPx`. The caller has to make sure that it fits. */
  text(text: string, xPx: number, yPx: number, style: TextStyle): void;
}

export interface TextStyle {
  paint: string;
  font: ChartFont;
  align?: 'left' | 'center' | 'right';
}

/** The fonts that charts use. Their families come from the theme. */
export type ChartFont = 'label' | 'strong' | 'small';

/** Size in CSS pixels and weight of each chart font. */
export const FONT_METRICS: Record<ChartFont, { sizePx: number; weight: number }> = {
  label: { sizePx: 12, weight: 400 },
  strong: { sizePx: 12, weight: 600 },
  small: { sizePx: 11, weight: 400 },
};

/** The CSS `font` shorthand of a chart font. */
export function fontShorthand(font: ChartFont, family: string): string {
  const { sizePx, weight } = FONT_METRICS[font];
  return `${weight} ${sizePx}px ${family}`;
}

/** Distance between the lines of a hatching, in CSS pixels. */
export const HATCH_STEP_PX = 6;
