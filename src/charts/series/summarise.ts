/** One line of the chart. */
export interface SeriesLine {
  name: string;
  unit: string;
  /** By point; NaN = no value. */
  values: Float64Array;
}

/** Lines of one unit, which share an axis. */
export interface SeriesPanel {
  unit: string;
  /** Positions in the list of all lines. */
  lines: number[];
  /** 0, or the lowest value where that is below. */
  lowest: number;
  highest: number;
}

/** What a line chart shows: all lines over one axis, each unit in a panel of its own. */
export interface SeriesSummary {
  x: Float64Array;
  lines: readonly SeriesLine[];
  panels: SeriesPanel[];
}

/** Groups lines by unit, in the order in which units first come. O(lines × points). */
export function summariseSeries(x: Float64Array, lines: readonly SeriesLine[]): SeriesSummary {
  const panels = new Map<string, SeriesPanel>();
  for (const [at, { unit, values }] of lines.entries()) {
    const panel = panels.get(unit) ?? { unit, lines: [], lowest: 0, highest: 0 };
    panels.set(unit, panel);
    panel.lines.push(at);
    for (const value of values) {
      if (value < panel.lowest) panel.lowest = value;
      if (value > panel.highest) panel.highest = value;
    }
  }
  return { x, lines, panels: [...panels.values()] };
}
