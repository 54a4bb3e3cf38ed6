import { type ReactNode, type Ref, useId, useRef, useState } from 'react';
import type { CallDirection, ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import type { BeginWork } from '../../charts/canvas-host/canvas-layer.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { sizeText, type TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import type { ProfilePart } from '../../state/navigation.ts';
import { Button } from '../../widgets/Button.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { Breadcrumbs, type Crumb } from '../treemap/Breadcrumbs.tsx';
import { ColourLegend } from '../treemap/ColourLegend.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { ProfileNotices } from './ProfileNotices.tsx';
import styles from './Profiles.module.css';
import { ProfileTreeTable } from './ProfileTreeTable.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { PartFields, partOf } from './use-part.tsx';
import { scopedLabel, useProfileScope } from './use-profile-scope.ts';
import { type ProfileTree, partBelow, useProfileTree } from './use-profile-tree.ts';

/** Props for the chart of a call tree. */
export interface ProfileChartProps {
  ref: Ref<ChartHandle>;
  tree: TreemapTree | null;
  colouring: ProfileTree['colouring'];
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

interface ProfileTreeViewProps {
  profile: ProfileInfo;
  title: string;
  part: ProfilePart;
  direction: CallDirection;
  fold: boolean;
  table: boolean;
  /** What the chart shows and how to read it, in one sentence. */
  reading: string;
  controls: ReactNode;
  chart: (props: ProfileChartProps) => ReactNode;
  onPart: (part: ProfilePart) => void;
  onTable: (table: boolean) => void;
  /** Shows the callers and callees of a function, in views that support it. */
  onFocus?: (name: string) => void;
}

/** The size whose level of detail a table requests, since its own size says nothing about how much is useful. */
const TABLE_DETAIL: ChartSize = { widthPx: 1000, heightPx: 600 };

/** A tree of a profile as a chart and as a table, with breadcrumbs and drill-down. */
export function ProfileTreeView(props: ProfileTreeViewProps) {
  const { profile, title, direction, fold, table, onPart, onFocus } = props;
  const { idle } = useSession();
  const [size, setSize] = useState<ChartSize>({ widthPx: 0, heightPx: 0 });
  const [picked, setPicked] = useState<{ tree: TreemapTree; position: number } | null>(null);
  const handle = useRef<ChartHandle>(null);
  const readingId = useId();
  const shown = partOf(profile, props.part, true);
  const scoped = useProfileScope(profile);
  const here = { ...props.part, tree: shown?.tree ?? 0, weight: shown?.weight ?? 0 };
  const { scope, isComparison } = scoped;
  const drawn = useProfileTree(
    profile,
    shown && { part: here, scope, isComparison, direction, focus: null, fold },
    table ? TABLE_DETAIL : size,
  );
  if (shown === null)
    return <p className={styles.notices}>No value of this profile can be drawn as parts of a whole.</p>;

  const { treeInfo, weightInfo } = shown;
  const { tree, colouring, isEmpty } = drawn;
  const crumbs = crumbsOf(here);
  const drill = (position: number) => {
    const below = partBelow(drawn, position);
    if (below !== null) onPart({ ...here, ...below });
  };
  const out = crumbs.at(-2);
  const selected = picked !== null && picked.tree === tree ? picked.position : -1;
  const pickedNode = selected < 0 ? undefined : tree?.nodes[selected];
  const whole = tree?.nodes[0];
  const label = scopedLabel(profile, scoped, weightInfo, shown.tree);
  return (
    <ChartView
      title={title}
      shows={`${profile.format}: ${treeInfo.label}, ${label}.`}
      reading={`${props.reading} Double-click or Enter goes in, Backspace goes out, arrow keys move.`}
      readingId={readingId}
      error={drawn.error}
      table={table}
      onTable={props.onTable}
      onSave={
        tree && !table
          ? async (format: PictureFormat) => {
              if (handle.current) await saveChart(handle.current, format, `${profile.name}-${title}`);
            }
          : null
      }
      controls={
        <>
          <PartFields
            profile={profile}
            part={shown}
            sums
            onChange={chosen =>
              onPart({
                ...here,
                ...chosen,
                ...(chosen.tree === shown.tree ? { skip: 0 } : { by: [], path: [], skip: 0 }),
              })
            }
          />
          {props.controls}
          <ExportMenu profile={profile} params={{ ...here, scope, fold }} />
        </>
      }
    >
      <ProfileNotices profile={profile} />
      <ScopeBar profile={profile} shown={scoped} />
      <Breadcrumbs crumbs={crumbs} onGo={onPart} label={`Where the ${title.toLowerCase()} is`} />
      <div className={styles.stage}>
        {isEmpty && <p>Nothing here has any {weightInfo.label}.</p>}
        {table && tree && !isEmpty && (
          <ProfileTreeTable
            label={`Rows of the ${title.toLowerCase()}`}
            tree={tree}
            treeKey={drawn.treeKey}
            weight={weightInfo}
            isComparison={isComparison}
            onOpen={drill}
          />
        )}
        {!table &&
          !isEmpty &&
          props.chart({
            ref: handle,
            tree,
            colouring,
            selected,
            label: `${title}, ${label}`,
            describedBy: readingId,
            areaName: isComparison ? `${weightInfo.label}, the larger of before and now` : weightInfo.label,
            onSize: setSize,
            onSelect: position => tree && setPicked({ tree, position }),
            onDrill: drill,
            onOut: () => out && onPart(out.source),
            beginWork: idle.begin,
          })}
      </div>
      {!table && <ColourLegend colouring={colouring} hasUnreachable={false} />}
      <footer className={styles.footer}>
        {tree && whole && !isEmpty && (
          <span>
            {sizeText(tree, whole)} in {formatCountOf(tree.nodes.length - 1, 'part')}
          </span>
        )}
        {tree && pickedNode && (
          <strong>
            {oneLine(pickedNode.label)}: {sizeText(tree, pickedNode)}
          </strong>
        )}
        {onFocus !== undefined && pickedNode?.step && (
          <Button onClick={() => onFocus(pickedNode.label)}>Callers and callees</Button>
        )}
      </footer>
    </ChartView>
  );
}

/** The breadcrumbs from the root to the visible part. */
function crumbsOf(part: ProfilePart): Crumb<ProfilePart>[] {
  const { path, skip } = part;
  const way: Crumb<ProfilePart>[] = [
    { name: 'everything', source: { ...part, path: [], skip: 0 } },
    ...path.map((name, level) => ({
      name,
      source: { ...part, path: path.slice(0, level + 1), skip: 0 },
    })),
  ];
  return skip === 0 ? way : [...way, { name: 'not drawn', source: part }];
}
