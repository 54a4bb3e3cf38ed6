import { useId, useMemo, useRef } from 'react';
import type { ProfileInfo, SeriesRow } from '../../../workers/protocol/profile-questions.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { lineFamily } from '../../charts/series/draw.ts';
import { SeriesChart } from '../../charts/series/SeriesChart.tsx';
import { summariseSeries } from '../../charts/series/summarise.ts';
import { formatAmount } from '../../format/amounts.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useProfileAnswer, useProfileRows } from '../../session/use-profile-answer.ts';
import { defaultView, type ViewOf } from '../../state/navigation.ts';
import { useActiveProfile, useApp, useAppStore } from '../../state/use-app.ts';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { AboutFile, ProfileNotices } from './ProfileNotices.tsx';
import styles from './Profiles.module.css';
import { useMoments } from './use-moments.ts';
import { VerdictFigures } from './VerdictFigures.tsx';

type Series = NonNullable<ProfileInfo['series']>;

/** Maximum number of lines. */
const MAX_LINES = 8;
const MAX_POINTS = 4000;

/** Numbers over time or a sequence, and whether memory grows. */
export default function SeriesView() {
  const view = useApp(state => (state.view.kind === 'series' ? state.view : null)) ?? defaultView('series');
  const profile = useActiveProfile();
  if (profile?.series === undefined) return null;
  return <SeriesOf profile={profile} series={profile.series} view={view} />;
}

function SeriesOf(props: { profile: ProfileInfo; series: Series; view: ViewOf<'series'> }) {
  const { profile, series, view } = props;
  const { idle } = useSession();
  const { adjustView } = useAppStore().getState();
  const handle = useRef<ChartHandle>(null);
  const readingId = useId();
  const { marks, brush } = useMoments(profile);
  const columns = shownColumns(profile, series, view.columns);
  const { data, about, error } = useProfileAnswer('seriesPoints', { columns, maxPoints: MAX_POINTS });
  const rows = useProfileRows('seriesRows', {});
  const summary = useMemo(() => {
    if (data === null || about === null) return null;
    const lines = about.columns.map((name, at) => ({
      name,
      unit: series.columns.find(column => column.name === name)?.unit ?? 'count',
      values: data.columns[at]!,
    }));
    return summariseSeries(data.x, lines);
  }, [data, about, series]);
  return (
    <ChartView
      title="Chart"
      shows={`${profile.format}: ${formatCountOf(series.points, 'row')} over ${axisName(series)}.`}
      reading="Each line is a column of the file; columns of one unit share an axis. Point at the chart, or move with the arrow keys, to read values."
      readingId={readingId}
      error={error}
      table={view.table}
      onTable={table => adjustView({ ...view, table })}
      onSave={
        summary && !view.table
          ? async (format: PictureFormat) => {
              if (handle.current) await saveChart(handle.current, format, `${profile.name}-chart`);
            }
          : null
      }
      controls={view.table && rows ? <CopyRows columns={tableColumns(series)} source={rows} /> : null}
    >
      <VerdictFigures series={series} />
      <ProfileNotices profile={profile} />
      <AboutFile profile={profile} />
      {!view.table && (
        <fieldset className={styles.columns} aria-label="Columns of the chart">
          {columnNames(profile, series).map(name => (
            <ColumnField
              key={name}
              name={name}
              line={columns.indexOf(name)}
              isFull={columns.length >= MAX_LINES}
              onChange={isShown =>
                adjustView({
                  ...view,
                  columns: isShown ? [...columns, name] : columns.filter(other => other !== name),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <div className={styles.stage}>
        {view.table && rows && (
          <VirtualTable
            label="Rows of the series"
            columns={tableColumns(series)}
            source={rows}
            empty={<p>The file has no rows.</p>}
          />
        )}
        {!view.table && summary && (
          <SeriesChart
            ref={handle}
            summary={summary}
            xName={series.x.name}
            xUnit={series.x.unit}
            label={`${columns.join(', ')} over ${series.x.name}`}
            describedBy={readingId}
            {...(marks === null ? {} : { marks, onBrush: brush })}
            beginWork={idle.begin}
          />
        )}
      </div>
    </ChartView>
  );
}

/** All columns, the initially visible ones first: not all 30 columns of GC.stat fit above the chart. */
function columnNames({ shownColumns: first }: ProfileInfo, { columns }: Series): string[] {
  const others = columns.map(({ name }) => name).filter(name => !first.includes(name));
  return [...first, ...others];
}

/** Name and unit of the horizontal axis. */
function axisName({ x }: Series): string {
  return x.unit === 'index' || x.unit === 'count' || x.unit === x.name ? x.name : `${x.name} (${x.unit})`;
}

/** A column that can be drawn; `line`: the index of its line, -1 = not drawn. */
function ColumnField(props: {
  name: string;
  line: number;
  isFull: boolean;
  onChange: (isShown: boolean) => void;
}) {
  const { name, line, isFull, onChange } = props;
  const isShown = line >= 0;
  return (
    <label className={styles.column}>
      <input
        type="checkbox"
        checked={isShown}
        disabled={isFull && !isShown}
        onChange={event => onChange(event.target.checked)}
      />
      {isShown && (
        <span className={styles.swatch} style={{ background: `var(--family-${lineFamily(line)})` }} />
      )}
      {name}
    </label>
  );
}

/** The requested columns that the file has; if there are none, the main column. */
function shownColumns(profile: ProfileInfo, series: Series, wanted: string[] | null): string[] {
  const names = series.columns.map(({ name }) => name);
  const known = (wanted ?? []).filter(name => names.includes(name)).slice(0, MAX_LINES);
  if (known.length > 0) return known;
  return profile.shownColumns;
}

function tableColumns(series: Series): Column<SeriesRow>[] {
  const figure = (id: string, header: string, unit: string, of: (row: SeriesRow) => number) => ({
    id,
    header,
    align: 'end' as const,
    width: '150px',
    cell: (row: SeriesRow) => (Number.isNaN(of(row)) ? '' : formatAmount(of(row), unit)),
    text: (row: SeriesRow) => (Number.isNaN(of(row)) ? '' : String(of(row))),
  });
  return [
    figure('x', series.x.name, series.x.unit, row => row.x),
    ...series.columns.map(({ name, unit }, at) =>
      figure(`column ${name}`, name, unit, row => row.values[at]!),
    ),
  ];
}
