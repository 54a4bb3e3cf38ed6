import { type ChartFont, fontShorthand } from './surface.ts';

/** Width of a text in CSS pixels. */
export type MeasureText = (text: string, font: ChartFont) => number;

/**
 * Measures text by summing the widths of its characters, each measured once for each font. Kerning is left
 * out: it makes text narrower if anything, so what is said to fit does fit.
 */
export function createTextMeasure(context: CanvasRenderingContext2D, fontFamily: string): MeasureText {
  const widths = new Map<ChartFont, Map<string, number>>();
  return (text, font) => {
    let known = widths.get(font);
    if (!known) {
      known = new Map();
      widths.set(font, known);
    }
    let sumPx = 0;
    for (const character of text) {
      let widthPx = known.get(character);
      if (widthPx === undefined) {
        context.font = fontShorthand(font, fontFamily);
        widthPx = context.measureText(character).width;
        known.set(character, widthPx);
      }
      sumPx += widthPx;
    }
    return sumPx;
  };
}

/** The first of the texts, ordered from the fullest to the shortest, that fits; null if none does. */
export function firstThatFits(
  texts: readonly string[],
  font: ChartFont,
  widthPx: number,
  measure: MeasureText,
): string | null {
  return texts.find(text => text !== '' && measure(text, font) <= widthPx) ?? null;
}
