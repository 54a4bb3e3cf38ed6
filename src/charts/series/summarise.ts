/** One line of the chart. */
export interface SeriesLine {
  name: string;
  unit: string;
  /** Indexed by point; NaN = no value. */
  values: Float64Array;
}

/** Lines of one unit, which share an axis. */
export interface SeriesPanel {
  unit: string;
  /** Indexes in the list of all lines. */
  lines: number[];
  /** The lowest value, but at most 0. */
  lowest: number;
  highest: number;
}

/** The contents of a line chart: all lines over one axis, each unit in a panel of its own. */
export interface SeriesSummary {
  x: Float64Array;
  lines: readonly SeriesLine[];
  panels: SeriesPanel[];
}

/** Groups lines by unit, in the order in which units first occur. O(lines × points). */
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
