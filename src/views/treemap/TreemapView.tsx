import { useId, useRef, useState } from 'react';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { Treemap } from '../../charts/treemap/Treemap.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { useSession } from '../../session/session.ts';
import { defaultView, type TreemapSource, type ViewOf } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { CheckField, SelectField } from '../../widgets/Field.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { Breadcrumbs, useCrumbs } from './Breadcrumbs.tsx';
import { ColourLegend } from './ColourLegend.tsx';
import { DIVISIONS, divisionId, namesOf } from './sources.ts';
import { PickedTile, TileFigures } from './TileFigures.tsx';
import styles from './Treemap.module.css';
import { TreemapTable } from './TreemapTable.tsx';
import { useColouring } from './use-colouring.ts';
import { useTree } from './use-tree.ts';
import { useTreemapActions } from './use-treemap-actions.ts';

const COLOURS = [
  { value: 'type', name: 'type' },
  { value: 'generation', name: 'age' },
] as const;

/** What a tile inside another tile means. */
const MEANING: Readonly<Record<TreemapSource['by'], string>> = {
  merged:
    'Each tile is nested in its immediate dominator; objects of one class with one dominator are one tile.',
  dominators: 'Each tile is an object, nested in its immediate dominator.',
  groups: 'Each tile is a group. Its area is the shallow size of its objects.',
};

/** What a table asks for, whose size says nothing about how much is worth showing. */
const TABLE_DETAIL: ChartSize = { widthPx: 1000, heightPx: 600 };

/** The heap as areas: along the dominator tree, or by a grouping. */
export default function TreemapView() {
  const view = useApp(state => (state.view.kind === 'treemap' ? state.view : null)) ?? defaultView('treemap');
  const { idle } = useSession();
  const snapshot = useActiveSnapshot();
  const isNarrowed = useCurrentSet().kind !== 'all';
  const { adjustView } = useAppStore().getState();
  const [size, setSize] = useState<ChartSize>({ widthPx: 0, heightPx: 0 });
  const chart = useRef<ChartHandle>(null);
  const readingId = useId();
  const { source } = view;
  const { shown, error, pending } = useTree(source, view.table ? TABLE_DETAIL : size);
  const crumbs = useCrumbs(source);
  const hasAges =
    source.by === 'dominators' || (source.by === 'groups' && source.keys.includes('generation'));
  const colouring = useColouring(hasAges ? view.colour : 'type');
  const actions = useTreemapActions(view, shown, crumbs);
  const { picked, pickedOpens, selected, go, goOut, pick, drill, narrowTo } = actions;

  const adjust = (change: Partial<ViewOf<'treemap'>>) => adjustView({ ...view, ...change });
  const save = async (format: PictureFormat) => {
    if (chart.current) await saveChart(chart.current, format, `${snapshot?.name ?? 'heap'}-treemap`);
  };
  const nodes = shown?.tree.nodes ?? [];
  const isRetained = source.by !== 'groups' && !isNarrowed;
  const areaName = isRetained ? 'Retained size' : 'Shallow size';
  const isEmpty = shown !== null && (nodes[0]?.bytes ?? 0) === 0 && !pending;
  return (
    <ChartView
      title="Treemap"
      shows={
        source.by === 'groups'
          ? `Shallow size by ${namesOf(source.keys)}.`
          : `${areaName} along the dominator tree.`
      }
      reading={`${MEANING[source.by]} Double-click or Enter goes in, Backspace out; arrows move, with Shift by a level.`}
      readingId={readingId}
      error={error}
      table={view.table}
      onTable={table => adjust({ table })}
      onSave={shown && !view.table ? save : null}
      controls={
        <>
          <SelectField
            label="Group by"
            value={divisionId(source)}
            options={DIVISIONS.map(({ id, name }) => ({ value: id, name }))}
            onChange={id => {
              const division = DIVISIONS.find(one => one.id === id);
              if (division) go(division.source);
            }}
          />
          {source.by === 'merged' && (snapshot?.overheadBytes ?? 0) > 0 && (
            <CheckField
              label={`Allocation tracer (${formatBytes(snapshot?.overheadBytes ?? 0)})`}
              checked={source.overhead}
              onChange={overhead => go({ ...source, overhead })}
            />
          )}
          {hasAges && (
            <SelectField
              label="Colour by"
              value={view.colour}
              options={COLOURS}
              onChange={colour => adjust({ colour })}
            />
          )}
        </>
      }
    >
      <Breadcrumbs crumbs={crumbs} onGo={go} />
      <div className={styles.stage}>
        {isEmpty && <NothingMatches />}
        {view.table && shown && !isEmpty && (
          <TreemapTable
            tree={shown.tree}
            treeKey={JSON.stringify(shown.source)}
            areaName={areaName}
            isRetained={isRetained}
            selected={selected}
            onOpen={drill}
          />
        )}
        {!view.table && !isEmpty && (
          <Treemap
            ref={chart}
            tree={shown?.tree ?? null}
            colouring={colouring}
            selected={selected}
            label={`Treemap, ${areaName.toLowerCase()}`}
            describedBy={readingId}
            areaName={areaName}
            onSize={setSize}
            onSelect={pick}
            onDrill={drill}
            onOut={goOut}
            beginWork={idle.begin}
          />
        )}
      </div>
      {!view.table && (
        <ColourLegend
          colouring={colouring}
          hasUnreachable={nodes.some(node => node.kind === 'unreachable')}
        />
      )}
      <footer className={styles.footer}>
        {shown && !isEmpty && <TileFigures tree={shown.tree} />}
        {picked && (
          <PickedTile node={picked} opens={pickedOpens} onDrill={() => drill(selected)} onNarrow={narrowTo} />
        )}
      </footer>
    </ChartView>
  );
}
