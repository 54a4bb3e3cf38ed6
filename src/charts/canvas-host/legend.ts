import type { Picture, Scene } from './picture.ts';

/** What one colour of a chart means. */
export interface LegendEntry {
  name: string;
  colour: string;
}

const LINE_PX = 20;
const SWATCH_PX = 10;
const MARGIN_PX = 12;
const GAP_PX = 18;

/**
 * A picture with its legend below it: on the page the legend is text beside the chart, so a saved chart has to include
 * its own.
 */
export function withLegend(
  picture: Picture,
  scene: Scene,
  entries: readonly LegendEntry[],
): { picture: Picture; scene: Scene } {
  const { widthPx, heightPx } = scene.size;
  const placed: (LegendEntry & { xPx: number; line: number })[] = [];
  let xPx = MARGIN_PX;
  let line = 0;
  for (const entry of entries) {
    const entryPx = SWATCH_PX + 6 + scene.measure(entry.name, 'small');
    if (xPx > MARGIN_PX && xPx + entryPx > widthPx - MARGIN_PX) {
      xPx = MARGIN_PX;
      line++;
    }
    placed.push({ ...entry, xPx, line });
    xPx += entryPx + GAP_PX;
  }
  const size = { widthPx, heightPx: heightPx + (line + 1) * LINE_PX + MARGIN_PX };
  return {
    scene: { ...scene, size },
    picture: (surface, place) => {
      picture(surface, { ...place, size: scene.size });
      for (const { name, colour, xPx: left, line: row } of placed) {
        const top = heightPx + MARGIN_PX / 2 + row * LINE_PX;
        surface.fillRects(colour, [left, top + 4, SWATCH_PX, SWATCH_PX]);
        surface.text(name, left + SWATCH_PX + 6, top + 13, { paint: place.palette.text, font: 'small' });
      }
    },
  };
}
