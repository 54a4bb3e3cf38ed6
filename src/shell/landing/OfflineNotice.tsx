import { useOffline } from '../../session/use-offline.ts';
import styles from './Landing.module.css';

/** Whether the page works without a network. */
export function OfflineNotice() {
  const state = useOffline();
  const text = textOf(state);
  return text === null ? null : <p className={styles.quiet}>{text}</p>;
}

function textOf(state: ReturnType<typeof useOffline>): string | null {
  switch (state.kind) {
    case 'none':
      return null;
    case 'storing':
      return 'The page is being stored in this browser…';
    case 'stored':
    case 'new-version':
      return 'The page is stored in this browser: it also opens without a network.';
    case 'failed':
      return `The page could not be stored in this browser (${state.reason}): it needs a network connection to open.`;
  }
}
