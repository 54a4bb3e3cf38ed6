import { createContext, type Ref, useContext, useEffect, useImperativeHandle, useMemo } from 'react';
import type { ChartHandle } from './picture.ts';

/** A chart that is currently on screen. */
export interface ShownChart extends ChartHandle {
  /** Its accessible name. */
  label: string;
}

/** The charts that are currently on screen, in the order in which they were mounted. */
export interface ChartsOnScreen {
  add(chart: ShownChart): () => void;
  all(): readonly ShownChart[];
}

/** Provides the list to the charts. Without a provider they are not listed. */
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

/**
 * Gives the view around a chart its handle, and lists the chart as being on screen. Pass a new `toBlob` when the
 * drawing changes.
 */
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
