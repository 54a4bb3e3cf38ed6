/** A point of a chart in CSS pixels, from the chart's top left corner. */
export interface Point {
  xPx: number;
  yPx: number;
}

/** The size of a chart in CSS pixels. */
export interface ChartSize {
  widthPx: number;
  heightPx: number;
}

/** A rectangle of a chart in CSS pixels. */
export interface Rect {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/** The rectangle a share `t` (0 … 1) of the way from `a` to `b`. */
export function rectBetween(a: Rect, b: Rect, t: number): Rect {
  const mix = (from: number, to: number) => from + (to - from) * t;
  return {
    leftPx: mix(a.leftPx, b.leftPx),
    topPx: mix(a.topPx, b.topPx),
    widthPx: mix(a.widthPx, b.widthPx),
    heightPx: mix(a.heightPx, b.heightPx),
  };
}

/** The centre of a chart. */
export function middle({ widthPx, heightPx }: ChartSize): Point {
  return { xPx: widthPx / 2, yPx: heightPx / 2 };
}
