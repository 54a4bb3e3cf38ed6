import { useSyncExternalStore } from 'react';
import type { OfflineState } from './offline.ts';
import { useSession } from './session.ts';

/** The current state of the page's stored copy. */
export function useOffline(): OfflineState {
  const { offline } = useSession();
  return useSyncExternalStore(offline.subscribe, offline.state);
}
