/**
 * What a chart draws on. There are two: a canvas for the screen and for PNG, and a list of SVG elements for
 * saving. A chart is drawn by one function for all of them, so what is saved is what is seen.
 *
 * Rectangles come in batches of one paint: quadruples left, top, width, height in CSS pixels. Ten thousand
 * tiles are then a dozen fills.
 */
export interface Surface {
  fillRects(paint: string, rects: readonly number[]): void;
  /** Diagonal lines over the rectangles: the mark of what is unreachable or untraced. */
  hatchRects(paint: string, rects: readonly number[]): void;
  /** Outlines drawn inside the rectangles' edges, so that they never leave the frame. */
  strokeRects(paint: string, lineWidthPx: number, rects: readonly number[]): void;
  /** Straight lines: quadruples x1, y1, x2, y2. */
  lines(paint: string, lineWidthPx: number, points: readonly number[]): void;
  /** One line of text, its baseline at `yPx`. The caller makes sure that it fits. */
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
