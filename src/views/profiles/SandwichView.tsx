import { ArrowLeft } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import type { CallDirection, ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import type { ChartHandle, PictureFormat } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { FlameChart } from '../../charts/flame/FlameChart.tsx';
import { sharedColouring } from '../../charts/treemap/library-colours.ts';
import { summariseTree } from '../../charts/treemap/summarise.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import type { ViewOf } from '../../state/navigation.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { ColourLegend } from '../treemap/ColourLegend.tsx';
import { ProfileNotices } from './ProfileNotices.tsx';
import styles from './Profiles.module.css';
import { ProfileTreeTable } from './ProfileTreeTable.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { PartFields, partOf } from './use-part.tsx';
import { scopedLabel, useProfileScope } from './use-profile-scope.ts';
import { useProfileTree } from './use-profile-tree.ts';

const NO_TREE = summariseTree([]);
const NO_SIZE: ChartSize = { widthPx: 0, heightPx: 0 };
const TABLE_DETAIL: ChartSize = { widthPx: 1000, heightPx: 300 };

/** One function with all its call sites combined: its callers above, its callees below. */
export function SandwichView(props: { profile: ProfileInfo; view: ViewOf<'calls'>; focus: string }) {
  const { profile, view, focus } = props;
  const { adjustView, navigate } = useAppStore().getState();
  const { idle } = useSession();
  const readingId = useId();
  const handle = useRef<ChartHandle>(null);
  const [size, setSize] = useState(NO_SIZE);
  const shown = partOf(profile, view.part, true);
  const scoped = useProfileScope(profile);
  const { scope, isComparison } = scoped;
  const part = { ...view.part, tree: shown?.tree ?? 0, weight: shown?.weight ?? 0, path: [], skip: 0 };
  const drawn = (direction: CallDirection) =>
    shown && { part, scope, isComparison, direction, focus, fold: view.fold };
  const detail = view.table ? TABLE_DETAIL : size;
  const callers = useProfileTree(profile, drawn('callers'), detail);
  const callees = useProfileTree(profile, drawn('callees'), detail);
  const shared = useMemo(
    () => sharedColouring(callees.tree ?? NO_TREE, callers.tree ?? NO_TREE),
    [callees.tree, callers.tree],
  );
  if (shown === null) return null;
  const label = scopedLabel(profile, scoped, shown.weightInfo, shown.tree);
  const halves = [
    { name: 'Callers', drawn: callers, upward: true, byLibrary: shared[1] },
    { name: 'Callees', drawn: callees, upward: false, byLibrary: shared[0] },
  ] as const;
  return (
    <ChartView
      title="Callers and callees"
      shows={`${oneLine(focus)}: ${label}.`}
      reading="Callers of the function are above it, callees below it, merged over all its occurrences. Double-click a frame, or press Enter, to see that function."
      readingId={readingId}
      error={callers.error ?? callees.error}
      table={view.table}
      onTable={table => adjustView({ ...view, table })}
      onSave={
        callees.tree && !view.table
          ? async (format: PictureFormat) => {
              if (handle.current) await saveChart(handle.current, format, `${profile.name}-callees`);
            }
          : null
      }
      controls={
        <>
          <Button onClick={() => navigate({ ...view, focus: null })}>
            <ArrowLeft size={14} aria-hidden />
            All functions
          </Button>
          <PartFields
            profile={profile}
            part={shown}
            sums
            onChange={chosen => adjustView({ ...view, part: { ...part, ...chosen } })}
          />
        </>
      }
    >
      <ProfileNotices profile={profile} />
      <ScopeBar profile={profile} shown={scoped} />
      {halves.map(({ name, drawn: { tree, colouring, isEmpty, treeKey }, upward, byLibrary }) => {
        const open = (position: number) => {
          const node = tree?.nodes[position];
          if (node?.step) navigate({ ...view, focus: node.step });
        };
        return (
          <div key={name} className={styles.stage}>
            {isEmpty && <p>This function has no such weight.</p>}
            {view.table && tree && !isEmpty && (
              <ProfileTreeTable
                label={name}
                tree={tree}
                treeKey={treeKey}
                weight={shown.weightInfo}
                isComparison={isComparison}
                onOpen={open}
              />
            )}
            {!view.table && !isEmpty && (
              <FlameChart
                {...(upward ? {} : { ref: handle })}
                tree={tree}
                colouring={isComparison ? colouring : byLibrary}
                selected={-1}
                search=""
                upward={upward}
                label={`${name} of ${oneLine(focus)}, ${label}`}
                describedBy={readingId}
                areaName={shown.weightInfo.label}
                onSize={upward ? noSize : setSize}
                onSelect={noSize}
                onDrill={open}
                onOut={() => navigate({ ...view, focus: null })}
                beginWork={idle.begin}
              />
            )}
          </div>
        );
      })}
      {!view.table && (
        <ColourLegend colouring={isComparison ? callees.colouring : shared[0]} hasUnreachable={false} />
      )}
    </ChartView>
  );
}

/** Both halves are sized by the lower one, and a click selects nothing. */
function noSize(): void {}
