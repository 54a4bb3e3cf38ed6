import { Notice } from '../../widgets/Notice.tsx';
import styles from './QueryState.module.css';

/** Shown while the first answer is pending, or if it failed; otherwise renders nothing. */
export function QueryState({ query }: { query: { data: unknown; error: Error | null; pending: boolean } }) {
  if (query.error !== null) {
    return <Notice tone="danger">This question could not be answered: {query.error.message}</Notice>;
  }
  if (query.data !== null || !query.pending) return null;
  return (
    <p className={styles.waiting} role="status">
      Computing…
    </p>
  );
}
