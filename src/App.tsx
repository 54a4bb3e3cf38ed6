import { lazy, Suspense, useCallback, useDeferredValue, useEffect } from 'react';
import styles from './App.module.css';
import { useShortcuts } from './keyboard/use-shortcuts.ts';
import { useSession } from './session/session.ts';
import { useFileDrop } from './session/use-file-drop.ts';
import { useActiveSnapshot, useApp } from './state/use-app.ts';
import { Landing } from './views/landing/Landing.tsx';
import { Loading } from './views/loading/Loading.tsx';
import { Busy } from './views/workspace/Busy.tsx';
import { TooltipProvider } from './widgets/Tooltip.tsx';

const Workspace = lazy(() => import('./views/workspace/Workspace.tsx'));
const CommandPalette = lazy(() => import('./views/palette/CommandPalette.tsx'));
const ShortcutSheet = lazy(() => import('./views/shortcuts/ShortcutSheet.tsx'));

/** The window: a drop target whatever it shows. */
export function App() {
  const { desk, idle } = useSession();
  const snapshot = useActiveSnapshot();
  const isLoading = useApp(state => state.loads.length > 0);
  // Deferred, so that the workspace is drawn in slices and what is shown stays until it is there.
  const wanted = snapshot !== null ? 'workspace' : isLoading ? 'loading' : 'landing';
  const screen = useDeferredValue(wanted);
  const drawing = screen !== wanted;
  useEffect(() => (drawing ? idle.begin() : undefined), [drawing, idle]);
  const overlay = useApp(state => state.overlay);
  const dragging = useFileDrop(useCallback(files => void desk.openAll(files), [desk]));
  useShortcuts();

  useEffect(() => {
    document.title = snapshot === null ? 'Heapscape' : `${snapshot.name} \u2013 Heapscape`;
  }, [snapshot]);

  return (
    <TooltipProvider>
      {screen === 'workspace' ? (
        <Suspense fallback={<Busy />}>
          <Workspace />
        </Suspense>
      ) : screen === 'loading' ? (
        <Loading />
      ) : (
        <Landing />
      )}
      <Suspense fallback={<Busy />}>
        {overlay === 'palette' ? <CommandPalette /> : null}
        {overlay === 'shortcuts' ? <ShortcutSheet /> : null}
      </Suspense>
      {dragging ? (
        <div className={styles.drop}>
          <p>{snapshot === null ? 'Drop to open' : 'Drop to open beside what is open'}</p>
        </div>
      ) : null}
    </TooltipProvider>
  );
}
