import { useState } from 'react';
import { useSession } from '../session/session.ts';
import { useOffline } from '../session/use-offline.ts';
import { useApp } from '../state/use-app.ts';
import { Button } from '../widgets/Button.tsx';
import styles from './NewVersion.module.css';

/** Announces a newer version of the page. The user chooses when to reload, because that closes open files. */
export function NewVersion() {
  const { offline } = useSession();
  const { kind } = useOffline();
  const isOpen = useApp(state => state.active !== null || state.loads.length > 0);
  const [isPutOff, setPutOff] = useState(false);
  if (kind !== 'new-version' || isPutOff) return null;
  return (
    <section className={styles.place} aria-label="New version">
      <p role="status">
        A new version of Heapscape is ready.{isOpen ? ' Open your files again after the update.' : ''}
      </p>
      <Button look="primary" onClick={() => offline.takeNewVersion()}>
        Reload
      </Button>
      <Button onClick={() => setPutOff(true)}>Later</Button>
    </section>
  );
}
