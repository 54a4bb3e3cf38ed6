import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { FLAG_NAMES, type FlagName } from '../../workers/protocol/filter/terms.ts';
import { GROUPING_KEYS, type GroupingKey } from '../../workers/protocol/object-set.ts';
import type { AppActions, AppState, AppStore } from './app-state.ts';
import { setOfChips } from './chips.ts';
import { type Subject, subjectOf } from './view-list.ts';

/** Provides the store to the components. */
export const AppStoreContext = createContext<AppStore | null>(null);

/** The store itself, for event handlers that need the current state. */
export function useAppStore(): AppStore {
  const store = useContext(AppStoreContext);
  if (store === null) throw new Error('useAppStore needs an AppStoreContext around it');
  return store;
}

/**
 * A part of the state, or an action. Select the smallest part that will do: the component renders whenever it changes.
 */
export function useApp<Part>(select: (state: AppState & AppActions) => Part): Part {
  return useStore(useAppStore(), select);
}

/** The active snapshot's description, or null if none is active. */
export function useActiveSnapshot() {
  return useApp(state => state.snapshots.find(snapshot => snapshot.id === state.active) ?? null);
}

/** The active profile or series, or null if none is active. */
export function useActiveProfile() {
  return useApp(state => state.profiles.find(profile => profile.id === state.active) ?? null);
}

/** The subject of the active file, or null if none is open. */
export function useActiveSubject(): Subject | null {
  return useApp(state => subjectOf(state, state.active));
}

/** The current set: the intersection of the chips. A new value only when the chips change. */
export function useCurrentSet() {
  const chips = useApp(state => state.chips);
  return useMemo(() => setOfChips(chips), [chips]);
}

/** The grouping keys that the active heap's format supports, and the `chosen` ones, which may come from a link. */
export function useGroupingKeys(chosen: readonly GroupingKey[]): readonly GroupingKey[] {
  const known = useActiveSnapshot()?.vocabulary.groupingKeys ?? GROUPING_KEYS;
  return GROUPING_KEYS.filter(key => known.includes(key) || chosen.includes(key));
}

/** The properties that objects can have in the active heap's format. The same value while the heap is active. */
export function useFlags(): readonly FlagName[] {
  return useActiveSnapshot()?.vocabulary.flags ?? FLAG_NAMES;
}
