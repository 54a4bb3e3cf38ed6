import { useEffect } from 'react';
import { useApp } from '../state/use-app.ts';
import styles from './StatusNotice.module.css';

/** How long a message is shown. */
const SHOWN_MS = 4000;

/** Briefly confirms an action that has no other visible effect. */
export function StatusNotice() {
  const notice = useApp(state => state.notice);
  const setNotice = useApp(state => state.setNotice);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, setNotice]);
  return (
    <div role="status" className={styles.place}>
      {notice === null ? null : <p className={styles.notice}>{notice}</p>}
    </div>
  );
}
