import { type ChartFont, fontShorthand } from './surface.ts';

/** Returns the width of a text in CSS pixels. */
export type MeasureText = (text: string, font: ChartFont) => number;

/**
 * Measures text by summing the widths of its characters, each measured once per font. Kerning is ignored: it rarely
 * does anything but make text narrower, so text that fits by this measure does fit.
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
