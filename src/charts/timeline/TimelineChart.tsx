import { type Ref, useCallback, useMemo } from 'react';
import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { CanvasHost } from '../canvas-host/CanvasHost.tsx';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import type { ChartHandle, Picture } from '../canvas-host/picture.ts';
import { ResetZoom } from '../canvas-host/ResetZoom.tsx';
import { useChartSize } from '../canvas-host/use-chart-size.ts';
import { useHover } from '../canvas-host/use-hover.ts';
import { useSavedPicture } from '../canvas-host/use-saved-picture.ts';
import { BrushHandles } from './BrushHandles.tsx';
import type { Brush } from './brush.ts';
import { drawTimeline, drawTimelineOverlay, formatMeasure } from './draw.ts';
import { timelineHit } from './hit-test.ts';
import { layoutTimeline, MIN_BAR_PX, plotWidth, type TimelineMargins } from './layout.ts';
import { seriesName } from './names.ts';
import { seriesColours } from './series-colours.ts';
import { type Measure, onLineAxis, rangeOf, summariseGenerations } from './summarise.ts';
import styles from './Timeline.module.css';
import { TimelineLegend, TimelineReadout } from './TimelineReadout.tsx';
import { useBrush } from './use-brush.ts';
import { useTimeWindow } from './use-time-window.ts';

export interface TimelineChartProps {
  chart: GenerationChart;
  /** The whole heap, drawn in grey behind the chart; it determines the axis. */
  whole: GenerationChart | null;
  measure: Measure;
  groupKey: GroupingKey;
  /** What the groups are: "classes". */
  noun: string;
  margins: TimelineMargins;
  yTickCount: number;
  /** Whether each bar includes all bars before it. */
  cumulative?: boolean;
  /** Whether heights are logarithmic. */
  isLog?: boolean;
  /** Whether to draw a line for each series instead of stacked bars. */
  isLines?: boolean;
  brush: Brush | null;
  onBrush(brush: Brush): void;
  /** Called on Escape on a handle. */
  onClear(): void;
  onUntraced(): void;
  label: string;
  describedBy?: string;
  beginWork: BeginWork;
  legend?: boolean;
  ref?: Ref<ChartHandle>;
}

/** Bars by generation, with a brush. Fills its parent; its legend is a separate component. */
export function TimelineChart(props: TimelineChartProps) {
  const { chart, whole, measure, groupKey, noun, margins, yTickCount } = props;
  const { cumulative = false, isLog = false, isLines = false } = props;
  const { size, scene, resize } = useChartSize();
  const window = useTimeWindow(rangeOf(whole ?? chart));
  const first = window.shown?.first;
  const last = window.shown?.last;
  const { layout, stacks, behind } = useMemo(() => {
    const widthPx = plotWidth(size, margins);
    const range = first === undefined || last === undefined ? null : { first, last };
    const bars = summariseGenerations(chart, measure, widthPx, MIN_BAR_PX, range, cumulative);
    const all = whole && summariseGenerations(whole, measure, widthPx, MIN_BAR_PX, range, cumulative);
    const axis = isLines ? onLineAxis(bars) : (all ?? bars);
    const laidOut = layoutTimeline(axis, size, margins, yTickCount, isLog, isLines);
    return { stacks: bars, behind: all, layout: laidOut };
  }, [chart, whole, first, last, measure, size, margins, yTickCount, cumulative, isLog, isLines]);
  const colours = useMemo(
    () => seriesColours(scene.palette, groupKey, stacks.series),
    [scene.palette, groupKey, stacks],
  );
  const { hover, onPoint } = useHover(point => timelineHit(layout, point));
  const live = useBrush(props.brush, props.onBrush);
  const { brush } = live;

  const picture = useCallback<Picture>(
    (surface, place) => drawTimeline(surface, place, { layout, stacks, colours, behind }),
    [layout, stacks, colours, behind],
  );
  const hit = hover?.hit ?? null;
  const overlay = useCallback<Picture>(
    (surface, place) => drawTimelineOverlay(surface, place, layout, brush, hit),
    [layout, brush, hit],
  );
  const legend = useCallback(
    () => stacks.series.map((series, index) => ({ name: seriesName(series, noun), colour: colours[index]! })),
    [stacks, colours, noun],
  );
  useSavedPicture(props.ref, props.label, picture, scene, legend);

  const band = layout.untraced;
  return (
    <>
      {props.legend && <TimelineLegend timeline={stacks} colours={colours} noun={noun} />}
      <CanvasHost
        label={props.label}
        roleDescription="timeline"
        {...(props.describedBy === undefined ? {} : { describedBy: props.describedBy })}
        scene={scene}
        picture={picture}
        overlay={overlay}
        onSize={resize}
        beginWork={props.beginWork}
        onPoint={onPoint}
        drag={{
          start: (point, isTouch) => live.startDrag(layout, point, isTouch),
          move: (start, point) => live.moveDrag(layout, start, point),
          end: () => live.endDrag(),
          cancel: () => live.cancelDrag(),
        }}
        gestures={window.gestures(layout.plot)}
        tooltip={
          hover && {
            point: hover.point,
            content: <TimelineReadout timeline={stacks} colours={colours} hit={hover.hit} noun={noun} />,
          }
        }
      >
        {band && (
          <button
            type="button"
            className={styles.band}
            aria-label={`Show only untraced (${formatMeasure(stacks.untracedTotal, measure)})`}
            style={{ left: band.leftPx, top: band.topPx, width: band.widthPx, height: band.heightPx }}
            onClick={props.onUntraced}
          />
        )}
        <BrushHandles
          layout={layout}
          brush={brush}
          onMove={live.moveTo}
          onClear={props.onClear}
          onZoom={(factor, xPx) => (factor === 0 ? window.reset() : window.zoom(factor, xPx, layout.plot))}
        />
        <ResetZoom scale={window.scale} onReset={window.reset} />
      </CanvasHost>
    </>
  );
}
