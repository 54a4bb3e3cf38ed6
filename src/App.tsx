import { useCallback, useEffect } from 'react';
import styles from './App.module.css';
import { oneLine } from './format/names.ts';
import { lazyComponent } from './session/lazy-component.tsx';
import { useSession } from './session/session.ts';
import { useDeferred } from './session/use-deferred.ts';
import { useFileDrop } from './session/use-file-drop.ts';
import { useShortcuts } from './shell/keyboard/use-shortcuts.ts';
import { Landing } from './shell/landing/Landing.tsx';
import { Loading, loadPreview } from './shell/loading/Loading.tsx';
import { NewVersion } from './shell/NewVersion.tsx';
import { StatusNotice } from './shell/StatusNotice.tsx';
import { FailureBoundary } from './shell/workspace/FailureBoundary.tsx';
import type { ViewKind } from './state/navigation.ts';
import { useActiveProfile, useActiveSnapshot, useApp } from './state/use-app.ts';
import { TooltipProvider } from './widgets/Tooltip.tsx';

const Workspace = lazyComponent<object>(() => import('./shell/workspace/Workspace.tsx'), Loading);
const CommandPalette = lazyComponent<object>(() => import('./shell/palette/CommandPalette.tsx'));
const FilterHelp = lazyComponent<object>(() => import('./shell/filter/FilterHelp.tsx'));
const ShareDialog = lazyComponent<object>(() => import('./shell/share/ShareDialog.tsx'));
const ShortcutSheet = lazyComponent<object>(() => import('./shell/shortcuts/ShortcutSheet.tsx'));
const prefetchWorkspace = async (kind: ViewKind) => {
  const module = await import('./shell/workspace/Workspace.tsx');
  await module.prefetchWorkspace(kind);
};

/** How long after the landing page the code of the workspace is fetched, so that the page itself is not delayed. */
const FETCH_AHEAD_MS = 1500;

/** The whole page. Files can be dropped on it in every state. */
export function App() {
  const { fileManager, recent } = useSession();
  const snapshot = useActiveSnapshot();
  const profile = useActiveProfile();
  const name = snapshot?.name ?? profile?.name ?? null;
  const isLoading = useApp(state => state.loads.length > 0);
  // Deferred, so that the workspace renders in slices and the old content stays on screen until it is ready.
  const wanted = name !== null ? 'workspace' : isLoading ? 'loading' : 'landing';
  const screen = useDeferred(wanted);
  const overlay = useApp(state => state.overlay);
  const masking = useApp(state => state.masking);
  const dragging = useFileDrop(
    useCallback(dropped => void fileManager.openDropped(dropped), [fileManager]),
    recent.noting,
  );
  useShortcuts();
  const kind = useApp(state => state.view.kind);
  // Fetches code in the order in which it is needed, before a file is dropped if there is time: the requests would slow
  // down reading the file. A failure is reported when the code is rendered.
  useEffect(() => {
    const fetchCode = () => {
      loadPreview()
        .then(() => Promise.all([Workspace.load(), prefetchWorkspace(kind)]))
        .catch(() => undefined);
    };
    const timer = setTimeout(fetchCode, isLoading ? 0 : FETCH_AHEAD_MS);
    return () => clearTimeout(timer);
  }, [isLoading, kind]);

  useEffect(() => {
    document.title = name === null ? 'Heapscape' : `${oneLine(name)} \u2013 Heapscape`;
  }, [name]);

  return (
    <TooltipProvider>
      {screen === 'workspace' ? (
        // The key remounts the workspace when masking changes, so that every view asks the worker again.
        <Workspace key={String(masking)} />
      ) : screen === 'loading' ? (
        <Loading />
      ) : (
        <Landing />
      )}
      <FailureBoundary key={overlay}>
        {overlay === 'palette' ? <CommandPalette /> : null}
        {overlay === 'filter-help' ? <FilterHelp /> : null}
        {overlay === 'share' ? <ShareDialog /> : null}
        {overlay === 'shortcuts' ? <ShortcutSheet /> : null}
      </FailureBoundary>
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
