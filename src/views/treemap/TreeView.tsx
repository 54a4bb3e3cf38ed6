import { type ReactNode, type Ref, useId, useMemo, useRef, useState } from 'react';
import { GROUPING_KEYS } from '../../../workers/protocol/object-set.ts';
import type { BeginWork } from '../../charts/canvas-host/canvas-layer.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import type { TileColouring } from '../../charts/treemap/draw.ts';
import { searchTree } from '../../charts/treemap/search.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatBytes } from '../../format/bytes.ts';
import { useSession } from '../../session/session.ts';
import type { TreemapSource, ViewOf } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { CheckField, SelectField, TextField } from '../../widgets/Field.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { Breadcrumbs, useCrumbs } from './Breadcrumbs.tsx';
import { ColourLegend } from './ColourLegend.tsx';
import { GroupKeys } from './GroupKeys.tsx';
import { KeptGroupings } from './KeptGroupings.tsx';
import { divisionId, divisionOf, divisionOptions, namesOf } from './sources.ts';
import { PickedTile, TileFigures } from './TileFigures.tsx';
import styles from './Treemap.module.css';
import { TreemapTable } from './TreemapTable.tsx';
import { useColouring } from './use-colouring.ts';
import { useTree } from './use-tree.ts';
import { useTreemapActions } from './use-treemap-actions.ts';

/** Props for the chart of a tree. */
export interface TreeChartProps {
  ref: Ref<ChartHandle>;
  tree: TreemapTree | null;
  colouring: TileColouring;
  /** Marks whose names contain this, and the marks inside them, keep their colours. */
  search: string;
  selected: number;
  label: string;
  describedBy: string;
  areaName: string;
  onSize(size: ChartSize): void;
  onSelect(position: number): void;
  onDrill(position: number): void;
  onOut(): void;
  beginWork: BeginWork;
}

interface TreeViewProps {
  view: ViewOf<'treemap'> | ViewOf<'flame'>;
  title: string;
  /** The noun for a mark of the chart: "tile". */
  mark: string;
  /** Further settings of the chart. */
  controls: ReactNode;
  chart: (props: TreeChartProps) => ReactNode;
}

/** A flame graph has no choice of areas and colours. */
const PLAIN = { area: 'bytes', colour: 'type' } as const;

/** The size whose level of detail a table requests, since its own size says nothing about how much is useful. */
const TABLE_DETAIL: ChartSize = { widthPx: 1000, heightPx: 600 };

/** A tree of the heap as a chart and as a table, with breadcrumbs and drill-down. */
export function TreeView({ view, title, mark, controls, chart }: TreeViewProps) {
  const { idle } = useSession();
  const snapshot = useActiveSnapshot();
  const isNarrowed = useCurrentSet().kind !== 'all';
  const { adjustView } = useAppStore().getState();
  const [size, setSize] = useState<ChartSize>({ widthPx: 0, heightPx: 0 });
  const handle = useRef<ChartHandle>(null);
  const readingId = useId();
  const { source } = view;
  const kept = useApp(state => state.keptGroupings);
  const { area, colour } = view.kind === 'treemap' ? view : PLAIN;
  const fact = colour === 'type' || colour === 'group' ? undefined : colour;
  const { shown, error, pending } = useTree(source, view.table ? TABLE_DETAIL : size, area, fact);
  const tree = shown?.tree ?? null;
  const colouring = useColouring(colour, tree);
  const matches = useMemo(() => (tree === null ? null : searchTree(tree, view.search)), [tree, view.search]);
  const crumbs = useCrumbs(source);
  const actions = useTreemapActions(view, shown, crumbs);
  const { picked, pickedOpens, selected, go, goOut, pick, drill, narrowTo, showHolders } = actions;

  const save = async (format: PictureFormat) => {
    const name = `${snapshot?.name ?? 'heap'}-${view.kind}`;
    if (handle.current) await saveChart(handle.current, format, name);
  };
  const isTree = source.by === 'merged' || source.by === 'dominators';
  const isRetained = area !== 'objects' && (isTree ? !isNarrowed : area === 'retained');
  const areaName = area === 'objects' ? 'Objects' : isRetained ? 'Retained size' : 'Shallow size';
  const isEmpty = shown !== null && (shown.tree.nodes[0]?.bytes ?? 0) === 0 && !pending;
  return (
    <ChartView
      title={title}
      shows={shownBy(source, areaName)}
      reading={`${meaningOf(source, mark, areaName)}${isNarrowed && isTree ? HOLDERS : ''} Double-click or Enter goes in, Backspace goes out, arrow keys move, ${mark === 'frame' ? 'Ctrl+wheel' : 'the wheel'} zooms.`}
      readingId={readingId}
      error={error}
      table={view.table}
      onTable={table => adjustView({ ...view, table })}
      onSave={shown && !view.table ? save : null}
      controls={
        <>
          <SelectField
            label="Group by"
            value={divisionId(source)}
            options={divisionOptions(source, snapshot?.vocabulary.groupingKeys ?? GROUPING_KEYS, kept)}
            onChange={id => go(divisionOf(id))}
          />
          {source.by === 'groups' && (
            <>
              <GroupKeys keys={source.keys} onChange={keys => go({ ...source, keys, path: [] })} />
              <KeptGroupings key={divisionId(source)} keys={source.keys} suggested={namesOf(source.keys)} />
            </>
          )}
          {(source.by === 'merged' || source.by === 'groups') && (snapshot?.overheadBytes ?? 0) > 0 && (
            <CheckField
              label={`Allocation tracer (${formatBytes(snapshot?.overheadBytes ?? 0)})`}
              checked={source.overhead ?? false}
              onChange={overhead => go({ ...source, overhead })}
            />
          )}
          {controls}
          <TextField
            aria-label={`Highlight ${mark}s`}
            placeholder="Highlight"
            value={view.search}
            onChange={event => adjustView({ ...view, search: event.target.value })}
          />
        </>
      }
    >
      <Breadcrumbs crumbs={crumbs} onGo={go} label={`Where the ${title.toLowerCase()} is`} />
      <div className={styles.stage}>
        {isEmpty && <NothingMatches />}
        {view.table && shown && !isEmpty && (
          <TreemapTable
            label={`Rows of the ${title.toLowerCase()}`}
            tree={shown.tree}
            treeKey={JSON.stringify(shown.source)}
            areaName={areaName}
            isRetained={isRetained}
            selected={selected}
            onOpen={drill}
          />
        )}
        {!view.table &&
          !isEmpty &&
          chart({
            ref: handle,
            tree,
            colouring,
            search: view.search,
            selected,
            label: `${title}, ${areaName.toLowerCase()}`,
            describedBy: readingId,
            areaName,
            onSize: setSize,
            onSelect: pick,
            onDrill: drill,
            onOut: goOut,
            beginWork: idle.begin,
          })}
      </div>
      {!view.table && (
        <ColourLegend
          colouring={colouring}
          hasUnreachable={tree?.nodes.some(node => node.kind === 'unreachable') ?? false}
        />
      )}
      <footer className={styles.footer}>
        {shown && !isEmpty && <TileFigures tree={shown.tree} mark={mark} matches={matches} />}
        {picked && (
          <PickedTile
            node={picked}
            opens={pickedOpens}
            onDrill={() => drill(selected)}
            onHolders={showHolders}
            onNarrow={narrowTo}
          />
        )}
      </footer>
    </ChartView>
  );
}

/** How to tell members of a set from the objects that hold them. */
const HOLDERS = ' Members of the set are filled; what only holds them is outlined.';

/** What the view shows, in one line. */
function shownBy(source: TreemapSource, areaName: string): string {
  switch (source.by) {
    case 'groups':
      return `${areaName} by ${namesOf(source.keys)}.`;
    case 'holders':
      return 'Shallow size by class and holder.';
    default:
      return `${areaName} along the dominator tree.`;
  }
}

/** What it means that one mark is inside another. */
function meaningOf(source: TreemapSource, mark: string, areaName: string): string {
  switch (source.by) {
    case 'merged':
      return `Each ${mark} is inside its immediate dominator; objects of one class are merged.`;
    case 'holders':
      return `Each ${mark} is a class, grouped by the class of what dominates its objects, up to the roots.`;
    case 'dominators':
      return `Each ${mark} is an object inside its immediate dominator.`;
    case 'groups':
      return areaName === 'Retained size'
        ? `Each ${mark} is a group; its area is what would be freed with all of its objects. Groups can retain the same bytes.`
        : `Each ${mark} is a group. Its area is ${areaName === 'Objects' ? 'the number' : 'the shallow size'} of its objects.`;
  }
}
