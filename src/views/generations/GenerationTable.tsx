import { useMemo } from 'react';
import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { Generation } from '../../../workers/protocol/units.ts';
import { formatMeasure } from '../../charts/timeline/draw.ts';
import { seriesName } from '../../charts/timeline/names.ts';
import type { Measure } from '../../charts/timeline/summarise.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { cutMiddle } from '../../format/names.ts';
import type { Column } from '../../widgets/table/columns.ts';
import { sourceOfRows } from '../../widgets/table/row-window.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { CopiedTable } from '../chart-view/CopiedTable.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';

/** A generation, or (null) the untraced objects; one value for each series. */
interface GenerationRow {
  generation: Generation | null;
  total: number;
  values: number[];
}

/** The timeline as a table, with a row for each generation and one for untraced objects. */
export function GenerationTable(props: {
  chart: GenerationChart;
  chartKey: string;
  measure: Measure;
  noun: string;
  isSelected: (generation: Generation | null) => boolean;
  onOpen: (generation: Generation | null) => void;
}) {
  const { chart, chartKey, measure, noun, isSelected, onOpen } = props;
  const rows = useMemo(() => rowsOf(chart, measure), [chart, measure]);
  const columns = useMemo(() => {
    const whole = rows.reduce((sum, row) => sum + row.total, 0);
    return columnsOf(chart, measure, noun, whole);
  }, [chart, measure, noun, rows]);
  const source = sourceOfRows(`${chartKey} ${measure}`, rows);
  return (
    <CopiedTable columns={columns} source={source}>
      <VirtualTable
        label="Generations"
        columns={columns}
        source={source}
        isSelected={row => isSelected(row.generation)}
        onOpen={row => onOpen(row.generation)}
        empty={<NothingMatches />}
      />
    </CopiedTable>
  );
}

function rowsOf(chart: GenerationChart, measure: Measure): GenerationRow[] {
  const row = (generation: Generation | null, values: number[]): GenerationRow => {
    return { generation, values, total: values.reduce((sum, value) => sum + value, 0) };
  };
  const rows = Array.from(chart.generations, (generation, at) =>
    row(
      generation,
      chart.series.map(series => (measure === 'bytes' ? series.bytes : series.objects)[at] ?? 0),
    ),
  );
  const untraced = row(
    null,
    chart.series.map(({ untraced: tally }) => (measure === 'bytes' ? tally.shallowBytes : tally.objects)),
  );
  return untraced.total > 0 ? [untraced, ...rows] : rows;
}

function columnsOf(
  chart: GenerationChart,
  measure: Measure,
  noun: string,
  whole: number,
): Column<GenerationRow>[] {
  const generationText = (row: GenerationRow) =>
    row.generation === null ? 'untraced' : formatCount(row.generation);
  return [
    {
      id: 'generation',
      header: 'Generation',
      term: 'generation',
      align: 'end',
      width: '110px',
      cell: generationText,
      text: generationText,
    },
    {
      id: 'total',
      header: measure === 'bytes' ? 'Shallow size' : 'Objects',
      term: measure === 'bytes' ? 'shallowBytes' : 'objects',
      align: 'end',
      width: '130px',
      cell: row => formatMeasure(row.total, measure),
      share: row => shareOf(row.total, whole),
      text: row => String(row.total),
    },
    ...chart.series.map((series, index): Column<GenerationRow> => {
      const name = seriesName(series, noun);
      return {
        id: `${series.kind} ${series.label}`,
        header: cutMiddle(name, 18),
        align: 'end',
        width: '128px',
        cell: row => (row.values[index]! > 0 ? formatMeasure(row.values[index]!, measure) : ''),
        text: row => String(row.values[index]!),
      };
    }),
  ];
}
