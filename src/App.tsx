import { lazy, Suspense, useCallback, useDeferredValue, useEffect } from 'react';
import styles from './App.module.css';
import { oneLine } from './format/names.ts';
import { useSession } from './session/session.ts';
import { useFileDrop } from './session/use-file-drop.ts';
import { useShortcuts } from './shell/keyboard/use-shortcuts.ts';
import { Landing } from './shell/landing/Landing.tsx';
import { Loading } from './shell/loading/Loading.tsx';
import { NewVersion } from './shell/NewVersion.tsx';
import { StatusNotice } from './shell/StatusNotice.tsx';
import { Busy } from './shell/workspace/Busy.tsx';
import { useActiveProfile, useActiveSnapshot, useApp } from './state/use-app.ts';
import { TooltipProvider } from './widgets/Tooltip.tsx';

const loadWorkspace = () => import('./shell/workspace/Workspace.tsx');
const Workspace = lazy(loadWorkspace);
const CommandPalette = lazy(() => import('./shell/palette/CommandPalette.tsx'));
const FilterHelp = lazy(() => import('./shell/filter/FilterHelp.tsx'));
const ShareDialog = lazy(() => import('./shell/share/ShareDialog.tsx'));
const ShortcutSheet = lazy(() => import('./shell/shortcuts/ShortcutSheet.tsx'));

/** The whole page. Files can be dropped on it in every state. */
export function App() {
  const { desk, idle, recent } = useSession();
  const snapshot = useActiveSnapshot();
  const profile = useActiveProfile();
  const name = snapshot?.name ?? profile?.name ?? null;
  const isLoading = useApp(state => state.loads.length > 0);
  // Deferred, so that the workspace renders in slices and the old content stays on screen until it is ready.
  const wanted = name !== null ? 'workspace' : isLoading ? 'loading' : 'landing';
  const screen = useDeferredValue(wanted);
  const drawing = screen !== wanted;
  useEffect(() => (drawing ? idle.begin() : undefined), [drawing, idle]);
  const overlay = useApp(state => state.overlay);
  const masking = useApp(state => state.masking);
  const dragging = useFileDrop(
    useCallback(dropped => void desk.openDropped(dropped), [desk]),
    recent.noting,
  );
  useShortcuts();
  // Fetch the workspace's code while the file is being read.
  useEffect(() => {
    if (isLoading) void loadWorkspace();
  }, [isLoading]);

  useEffect(() => {
    document.title = name === null ? 'Heapscape' : `${oneLine(name)} \u2013 Heapscape`;
  }, [name]);

  return (
    <TooltipProvider>
      {screen === 'workspace' ? (
        <Suspense
          fallback={
            <>
              <Busy />
              <Loading />
            </>
          }
        >
          {/* The key remounts the workspace when masking changes, so that every view asks the worker again. */}
          <Workspace key={String(masking)} />
        </Suspense>
      ) : screen === 'loading' ? (
        <Loading />
      ) : (
        <Landing />
      )}
      <Suspense fallback={<Busy />}>
        {overlay === 'palette' ? <CommandPalette /> : null}
        {overlay === 'filter-help' ? <FilterHelp /> : null}
        {overlay === 'share' ? <ShareDialog /> : null}
        {overlay === 'shortcuts' ? <ShortcutSheet /> : null}
      </Suspense>
      <StatusNotice />
      <NewVersion />
      {dragging ? (
        <div className={styles.drop}>
          <p>{name === null ? 'Drop to open' : 'Drop to open in a new tab'}</p>
        </div>
      ) : null}
    </TooltipProvider>
  );
}
