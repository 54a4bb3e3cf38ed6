import { useId, useMemo, useRef } from 'react';
import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import type { Measure } from '../../charts/timeline/summarise.ts';
import { TimelineChart } from '../../charts/timeline/TimelineChart.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { defaultView, type ViewOf } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore, useGroupingKeys } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import { CheckField, SelectField } from '../../widgets/Field.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { shortGroupText } from '../shared/FilePath.tsx';
import styles from './GenerationsView.module.css';
import { GenerationTable } from './GenerationTable.tsx';
import { HowToTrace } from './HowToTrace.tsx';
import { survivalText } from './survival-text.ts';
import { useGenerationBrush } from './use-generation-brush.ts';
import { YoungAndOld } from './YoungAndOld.tsx';

const MARGINS = { topPx: 12, rightPx: 16, bottomPx: 24, leftPx: 72, untracedPx: 68 };
const MARGINS_ALL_TRACED = { ...MARGINS, untracedPx: 0 };
const MEASURES: readonly { value: Measure; name: string }[] = [
  { value: 'bytes', name: 'shallow size' },
  { value: 'objects', name: 'objects' },
];

/** When the objects in the heap were allocated, in GC runs. */
export default function GenerationsView() {
  const view =
    useApp(state => (state.view.kind === 'generations' ? state.view : null)) ?? defaultView('generations');
  const { idle } = useSession();
  const snapshot = useActiveSnapshot();
  const { adjustView } = useAppStore().getState();
  const { brush, otherSet, onBrush, onClear, onUntraced } = useGenerationBrush();
  const chartRef = useRef<ChartHandle>(null);
  const readingId = useId();
  const { key, measure, cumulative, log, lines } = view;
  const keys = useGroupingKeys([key]);
  // The brushed bars are what the user looks at: their largest groups get the colours.
  const asked = brush === null ? { key, measure } : { key, measure, within: brush };
  const answer = useAnswer('generations', asked, { lane: 'generations', set: otherSet });
  const { error } = answer;
  // The chart is labelled with the question it answers, which differs from the current one while an answer is pending.
  const data = answer.data && answer.asked && { ...answer.asked, chart: answer.data };

  const root = snapshot?.applicationRoot ?? '';
  const overheadBytes = snapshot?.overheadBytes ?? 0;
  const chart = data?.chart ?? null;
  const stackedBy = data?.key ?? key;
  // Memoized, because the chart draws again for each new object that it is given.
  const named = useMemo(() => chart && withShortNames(chart, stackedBy, root), [chart, stackedBy, root]);

  const adjust = (change: Partial<ViewOf<'generations'>>) => adjustView({ ...view, ...change });
  const save = async (format: PictureFormat) => {
    if (chartRef.current) {
      await saveChart(chartRef.current, format, `${snapshot?.name ?? 'heap'}-generations`);
    }
  };
  const hasUntraced = data?.chart.series.some(({ untraced }) => untraced.objects > 0) ?? false;
  return (
    <ChartView
      title="Generations"
      shows={`${measure === 'bytes' ? 'Shallow size' : 'Objects'} by generation of allocation.`}
      reading={`A generation counts the GC runs before the allocation: old bars that stay tall were never freed. Drag over bars to narrow every view to them; Ctrl+wheel or two fingers zoom.${hasUntraced ? ' The hatched band has no generation, and its own scale.' : ''}`}
      readingId={readingId}
      error={error}
      table={view.table}
      onTable={table => adjust({ table })}
      onSave={data && !view.table ? save : null}
      controls={
        <>
          <SelectField
            label="Stack by"
            value={key}
            options={keys.map(value => ({ value, name: GROUPING_KEY_NAMES[value].name }))}
            onChange={value => adjust({ key: value })}
          />
          <SelectField
            label="Measure"
            value={measure}
            options={MEASURES}
            onChange={value => adjust({ measure: value })}
          />
          <CheckField
            label="Cumulative"
            checked={cumulative}
            onChange={checked => adjust({ cumulative: checked })}
          />
          <CheckField label="Lines" checked={lines} onChange={checked => adjust({ lines: checked })} />
          <CheckField label="Logarithmic" checked={log} onChange={checked => adjust({ log: checked })} />
        </>
      }
    >
      <div className={styles.stage}>
        {data && !data.chart.traced && (
          <>
            <HowToTrace />
            <YoungAndOld />
          </>
        )}
        {data && view.table && (
          <GenerationTable
            chart={data.chart}
            chartKey={JSON.stringify(otherSet) + data.key}
            measure={data.measure}
            noun={GROUPING_KEY_NAMES[data.key].plural}
            isSelected={generation =>
              generation !== null && brush !== null && generation >= brush.from && generation <= brush.to
            }
            onOpen={generation =>
              generation === null ? onUntraced() : onBrush({ from: generation, to: generation })
            }
          />
        )}
        {data && named && !view.table && (
          <TimelineChart
            ref={chartRef}
            chart={named}
            whole={null}
            measure={data.measure}
            groupKey={data.key}
            noun={GROUPING_KEY_NAMES[data.key].plural}
            margins={hasUntraced ? MARGINS : MARGINS_ALL_TRACED}
            yTickCount={5}
            cumulative={cumulative}
            isLog={log}
            isLines={lines}
            brush={brush}
            onBrush={onBrush}
            onClear={onClear}
            onUntraced={onUntraced}
            label={`Timeline of generations, stacked by ${GROUPING_KEY_NAMES[data.key].name}`}
            describedBy={readingId}
            beginWork={idle.begin}
            legend
          />
        )}
      </div>
      <footer className={styles.footer}>
        {data && (
          <GenerationFigures chart={data.chart} overheadBytes={otherSet.kind === 'all' ? overheadBytes : 0} />
        )}
        {named && <p>{survivalText(named)}</p>}
      </footer>
    </ChartView>
  );
}

/** How much is traced, and the number of generations. `overheadBytes`: the allocation tracer's, if it is in the set. */
function GenerationFigures({ chart, overheadBytes }: { chart: GenerationChart; overheadBytes: ByteCount }) {
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  const tracedObjects = sum(chart.series.map(series => sum(series.objects)));
  const tracedBytes = sum(chart.series.map(series => sum(series.bytes)));
  const untracedObjects = sum(chart.series.map(series => series.untraced.objects));
  const untracedBytes = sum(chart.series.map(series => series.untraced.shallowBytes));
  return (
    <>
      {formatCountOf(tracedObjects, 'traced object')} ({formatBytes(tracedBytes)}) in{' '}
      {formatCountOf(chart.generations.length, 'generation')} · {formatCount(untracedObjects)} untraced (
      {formatBytes(untracedBytes)}
      {overheadBytes > 0 && (
        <>
          , of which {formatBytes(overheadBytes)} are the{' '}
          <Defined term="measurementOverhead">allocation tracer’s own table</Defined>
        </>
      )}
      )
    </>
  );
}

/** The chart with short paths: within the application, the gem or Ruby. `root`: the application's directory. */
function withShortNames(chart: GenerationChart, key: GroupingKey, root: string): GenerationChart {
  const shortened = (label: string | null) => (label === null ? null : shortGroupText(key, label, root));
  return { ...chart, series: chart.series.map(one => ({ ...one, label: shortened(one.label) })) };
}
