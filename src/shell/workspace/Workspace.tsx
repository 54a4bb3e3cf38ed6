import { useEffect, useRef } from 'react';
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels';
import { lazyComponent } from '../../session/lazy-component.tsx';
import type { ViewKind } from '../../state/navigation.ts';
import { useActiveSubject, useApp } from '../../state/use-app.ts';
import { DeferredContent } from '../../views/shared/DeferredContent.tsx';
import { MainLandmark } from '../../widgets/Tooltip.tsx';
import { useMedia } from '../../widgets/use-media.ts';
import { Loads } from '../loading/Loads.tsx';
import { Problems } from '../problem/Problems.tsx';
import { ChipBar } from './ChipBar.tsx';
import { FailureBoundary } from './FailureBoundary.tsx';
import { Inspector, InspectorContent, InspectorDrawer } from './InspectorDrawer.tsx';
import { LongQuestions } from './LongQuestions.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import { VIEW_COMPONENTS } from './view-components.tsx';
import styles from './Workspace.module.css';

export const GenerationStrip = lazyComponent(() => import('../../views/generations/GenerationStrip.tsx'));

/** Width of the inspector when it is first opened. */
const INSPECTOR_PX = 340;

/** Below this width the inspector overlays the view instead of being beside it. */
const NARROW = '(max-width: 1099px)';

/**
 * Fetches the code of the workspace's parts, one after the other: starting requests takes time, which would be missing
 * when they are first drawn.
 */
export async function prefetchWorkspace(kind: ViewKind): Promise<void> {
  for (const part of [VIEW_COMPONENTS[kind], GenerationStrip, Inspector]) await part.prefetch();
}

/** The page with a file open: the list of views on the left, the view in the middle, the inspector on the right. */
export default function Workspace() {
  const isLoading = useApp(state => state.loads.length > 0);
  const hasProblems = useApp(state => state.problems.length > 0);
  // A profile has neither sets nor generations.
  const isHeap = useActiveSubject() === 'heap';
  return (
    <div className={styles.workspace}>
      <TopBar />
      {isHeap && <ChipBar />}
      {!isLoading && !hasProblems ? null : (
        <div className={styles.events}>
          <Loads />
          <Problems />
        </div>
      )}
      <div className={styles.middle}>
        <Rail />
        <MainLandmark className={styles.main}>
          {/* In a task of its own: mounting everything in one would block the page for longer. */}
          <DeferredContent delayMs={0}>
            <Panels isHeap={isHeap} />
          </DeferredContent>
        </MainLandmark>
      </div>
    </div>
  );
}

/** The view, and the inspector beside it or over it. */
function Panels({ isHeap }: { isHeap: boolean }) {
  const active = useApp(state => state.active);
  const kind = useApp(state => state.view.kind);
  const View = VIEW_COMPONENTS[kind];
  const layout = useDefaultLayout({ id: 'heapscape.workspace', storage: localStorage });
  const inspector = useInspectorPanel();
  const isNarrow = useMedia(NARROW);
  return (
    <>
      <Group
        orientation="horizontal"
        className={styles.panels ?? ''}
        {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
        onLayoutChanged={layout.onLayoutChanged}
      >
        <Panel id="view" minSize={360} className={styles.viewPanel ?? ''}>
          <div className={styles.view}>
            {/* The generations view is the same chart, larger. */}
            {isHeap && kind !== 'generations' && (
              <FailureBoundary key={`strip ${active}`}>
                <GenerationStrip />
              </FailureBoundary>
            )}
            <div className={styles.content}>
              <FailureBoundary key={`${active} ${kind}`}>
                <View />
              </FailureBoundary>
              <LongQuestions />
            </div>
          </div>
        </Panel>
        {!isNarrow && <Separator className={styles.separator ?? ''} aria-label="Width of the inspector" />}
        {!isNarrow && (
          <Panel
            id="inspector"
            panelRef={inspector.panel}
            defaultSize={0}
            minSize={260}
            maxSize="60%"
            collapsible
            groupResizeBehavior="preserve-pixel-size"
            onResize={inspector.onResize}
            className={styles.inspectorPanel ?? ''}
          >
            <section className={styles.inspector} aria-label="Inspector" hidden={!inspector.open}>
              {inspector.hasSelection && <InspectorContent />}
            </section>
          </Panel>
        )}
      </Group>
      {isNarrow && inspector.open && <InspectorDrawer />}
    </>
  );
}

/**
 * The inspector is open if the setting is on and something is selected: an empty one would waste space. Keeps the panel
 * and the setting in sync, whichever of them changes.
 */
function useInspectorPanel() {
  const hasSelection = useApp(state => state.selection !== null);
  const open = useApp(state => state.inspectorOpen) && hasSelection;
  const setOpen = useApp(state => state.setInspectorOpen);
  const panel = useRef<PanelImperativeHandle>(null);
  useEffect(() => {
    if (panel.current === null || panel.current.isCollapsed() === !open) return;
    if (!open) panel.current.collapse();
    else {
      panel.current.expand();
      // A panel that was never open has no earlier size.
      if (panel.current.getSize().inPixels < INSPECTOR_PX) panel.current.resize(INSPECTOR_PX);
    }
  }, [open]);
  return {
    panel,
    hasSelection,
    open,
    onResize: ({ inPixels }: { inPixels: number }) => {
      if (hasSelection) setOpen(inPixels > 0);
    },
  };
}
