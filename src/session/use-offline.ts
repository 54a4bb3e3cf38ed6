import { useSyncExternalStore } from 'react';
import type { OfflineState } from './offline.ts';
import { useSession } from './session.ts';

/** Whether the page works without a network, as it is now. */
export function useOffline(): OfflineState {
  const { offline } = useSession();
  return useSyncExternalStore(offline.subscribe, offline.state);
}
