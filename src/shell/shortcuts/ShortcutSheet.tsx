import { Fragment } from 'react';
import { useApp } from '../../state/use-app.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import styles from './ShortcutSheet.module.css';

/** All keyboard shortcuts of the page. */
export default function ShortcutSheet() {
  const setOverlay = useApp(state => state.setOverlay);
  return (
    <Dialog label="Keyboard shortcuts" onClose={() => setOverlay(null)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
      <div className={styles.sheet} tabIndex={0}>
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={styles.list}>
              {shortcuts.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>
                    {keys.map(key => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
