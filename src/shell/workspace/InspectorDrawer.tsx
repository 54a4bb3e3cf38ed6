import { X } from 'lucide-react';
import { lazyComponent } from '../../session/lazy-component.tsx';
import { useApp } from '../../state/use-app.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { FailureBoundary } from './FailureBoundary.tsx';
import styles from './Workspace.module.css';

/** The inspector's code is loaded when something is first selected, or earlier. */
export const Inspector = lazyComponent(() => import('../../views/inspector/Inspector.tsx'));

/** The inspector for the store's selection. */
export function InspectorContent() {
  const active = useApp(state => state.active);
  return (
    <FailureBoundary key={active}>
      <Inspector />
    </FailureBoundary>
  );
}

/** The inspector over the view, where the window is too narrow for both side by side. */
export function InspectorDrawer() {
  const setOpen = useApp(state => state.setInspectorOpen);
  return (
    <section className={styles.drawer} aria-label="Inspector">
      <div className={styles.drawerClose}>
        <IconButton icon={X} label="Close the inspector" onClick={() => setOpen(false)} />
      </div>
      <div className={styles.drawerContent}>
        <InspectorContent />
      </div>
    </section>
  );
}
