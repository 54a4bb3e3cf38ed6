import { createContext, type Ref, useContext, useEffect, useImperativeHandle, useMemo } from 'react';
import type { ChartHandle } from './picture.ts';

/** A chart that is shown now. */
export interface ShownChart extends ChartHandle {
  /** What a screen reader calls it. */
  label: string;
}

/** The charts that are shown now, in the order in which they came. */
export interface ChartsOnScreen {
  add(chart: ShownChart): () => void;
  all(): readonly ShownChart[];
}

/** Carries the list to the charts. Without one they are not listed. */
export const ChartsContext = createContext<ChartsOnScreen | null>(null);

export function createChartsOnScreen(): ChartsOnScreen {
  const shown = new Set<ShownChart>();
  return {
    add(chart) {
      shown.add(chart);
      return () => void shown.delete(chart);
    },
    all: () => [...shown],
  };
}

/** Gives the view around a chart its handle, and lists the chart as shown. `toBlob` changes when what is drawn does. */
export function useChartHandle(
  ref: Ref<ChartHandle> | undefined,
  label: string,
  toBlob: ChartHandle['toBlob'],
): void {
  const chart = useMemo(() => ({ label, toBlob }), [label, toBlob]);
  const charts = useContext(ChartsContext);
  useImperativeHandle(ref, () => chart, [chart]);
  useEffect(() => charts?.add(chart), [charts, chart]);
}
