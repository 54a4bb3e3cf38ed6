import { type Ref, useCallback, useMemo, useRef, useState } from 'react';
import { formatExactAmount } from '../../format/amounts.ts';
import type { Palette } from '../../theme/palette.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import type { Point } from '../canvas-host/geometry.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { drawMarks, drawSeries, drawSeriesPoint, lineEntries, type SeriesMarks } from './draw.ts';
import { layoutSeries, pointAt, type SeriesLayout } from './layout.ts';
import type { SeriesSummary } from './summarise.ts';

interface SeriesChartProps {
  summary: SeriesSummary;
  /** Name of the horizontal axis ("time"), and its unit. */
  xName: string;
  xUnit: string;
  label: string;
  describedBy: string;
  beginWork: BeginWork;
  marks?: SeriesMarks;
  /**
   * Called with the range that was dragged over, clicked, or chosen with Enter (with Shift: extended to that point).
   * For a click, both ends are equal.
   */
  onBrush?(from: number, to: number): void;
  ref?: Ref<ChartHandle>;
}

/** A shorter drag is a click. */
const CLICK_PX = 4;

/** Line chart over time or a sequence. Arrow keys move from point to point, and its values are read out. */
export function SeriesChart(props: SeriesChartProps) {
  const { summary, xName, xUnit, marks, onBrush } = props;
  const { size, scene, resize } = useChartSize();
  const [focus, setFocus] = useState(-1);
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null);
  const dragged = useRef<{ from: number; to: number } | null>(null);
  const layout = useMemo(() => layoutSeries(summary, size), [summary, size]);
  const { hover, onPoint } = useHover(point => pointAt(layout, point));
  const picture = useCallback<Picture>(
    (surface, place) => drawSeries(surface, place, layout, xUnit),
    [layout, xUnit],
  );
  const last = summary.x.length - 1;
  const marked = Math.min(hover?.hit ?? focus, last);
  const overlay = useCallback<Picture>(
    (surface, place) => {
      if (marks) drawMarks(surface, place, layout, brush === null ? marks : { ...marks, shown: brush });
      if (marked >= 0) drawSeriesPoint(surface, place, layout, marked);
    },
    [layout, marked, marks, brush],
  );
  const legend = useCallback((palette: Palette) => lineEntries(palette, layout), [layout]);
  useSavedPicture(props.ref, props.label, picture, scene, legend);
  return (
    <CanvasHost
      label={props.label}
      roleDescription="line chart"
      describedBy={props.describedBy}
      scene={scene}
      picture={picture}
      overlay={overlay}
      onSize={resize}
      beginWork={props.beginWork}
      onPoint={onPoint}
      {...(onBrush
        ? {
            drag: {
              start: () => true,
              move: (start: Point, point: Point) => {
                const isClick = Math.abs(start.xPx - point.xPx) < CLICK_PX;
                const from = layout.valueAt(start.xPx);
                const to = isClick ? from : layout.valueAt(point.xPx);
                dragged.current = { from: Math.min(from, to), to: Math.max(from, to) };
                setBrush(dragged.current);
              },
              end: () => {
                const { current } = dragged;
                if (current !== null) onBrush(current.from, current.to);
                setBrush(null);
              },
              cancel: () => setBrush(null),
            },
          }
        : {})}
      onKeyDown={event => {
        if (event.key === 'Enter' && onBrush && focus >= 0) {
          const here = summary.x[focus]!;
          const start = event.shiftKey ? (marks?.shown?.from ?? here) : here;
          onBrush(Math.min(start, here), Math.max(start, here));
          event.preventDefault();
          return;
        }
        const next = focusAfterKey(event.key, focus, last);
        if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
        setFocus(next);
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocusChange={focused => setFocus(focused ? Math.max(0, focus) : -1)}
      tooltip={
        hover && {
          point: hover.point,
          content: <SeriesReadout layout={layout} at={hover.hit} xName={xName} xUnit={xUnit} />,
        }
      }
      announcement={focus < 0 ? '' : readout(layout, focus, xName, xUnit).join(', ')}
    />
  );
}

function SeriesReadout(props: { layout: SeriesLayout; at: number; xName: string; xUnit: string }) {
  const [where, ...values] = readout(props.layout, props.at, props.xName, props.xUnit);
  return (
    <>
      <strong>{where}</strong>
      {values.map(value => (
        <div key={value}>{value}</div>
      ))}
    </>
  );
}

/** The position of a point, and the value of each line there. */
function readout({ summary }: SeriesLayout, at: number, xName: string, xUnit: string): string[] {
  const { x, lines } = summary;
  const values = lines.map(({ name, unit, values: all }) => {
    const value = all[at]!;
    return `${name}: ${Number.isNaN(value) ? 'no value' : formatExactAmount(value, unit)}`;
  });
  return [`${xName} ${formatExactAmount(x[at]!, xUnit)}`, ...values];
}

function focusAfterKey(key: string, focus: number, last: number): number | null {
  if (last < 0) return null;
  if (key === 'ArrowLeft') return Math.max(0, focus - 1);
  if (key === 'ArrowRight') return Math.min(last, focus + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}
