import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { setOfChips } from './chips.ts';
import type { AppActions, AppState, AppStore } from './store.ts';

/** Carries the store to the components. */
export const AppStoreContext = createContext<AppStore | null>(null);

/** The store itself, for handlers that read the state when something happens. */
export function useAppStore(): AppStore {
  const store = useContext(AppStoreContext);
  if (store === null) throw new Error('useAppStore needs an AppStoreContext around it');
  return store;
}

/** A part of the state, or an action. Select the smallest part that will do: the component renders when it changes. */
export function useApp<Part>(select: (state: AppState & AppActions) => Part): Part {
  return useStore(useAppStore(), select);
}

/** The active snapshot's description, or null while none is open. */
export function useActiveSnapshot() {
  return useApp(state => state.snapshots.find(snapshot => snapshot.id === state.active) ?? null);
}

/** The set that the chips stand for. A new value only when the chips change. */
export function useCurrentSet() {
  const chips = useApp(state => state.chips);
  return useMemo(() => setOfChips(chips), [chips]);
}
