import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { FLAG_NAMES, type FlagName } from '../../workers/protocol/filter/terms.ts';
import { GROUPING_KEYS, type GroupingKey } from '../../workers/protocol/object-set.ts';
import type { AppActions, AppState, AppStore } from './app-state.ts';
import { setOfChips } from './chips.ts';
import { type Subject, subjectOf } from './view-list.ts';

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

/** The active profile or series, or null while a heap or nothing is in front. */
export function useActiveProfile() {
  return useApp(state => state.profiles.find(profile => profile.id === state.active) ?? null);
}

/** What the file in front is about, or null while none is open. */
export function useActiveSubject(): Subject | null {
  return useApp(state => subjectOf(state, state.active));
}

/** The set that the chips stand for. A new value only when the chips change. */
export function useCurrentSet() {
  const chips = useApp(state => state.chips);
  return useMemo(() => setOfChips(chips), [chips]);
}

/** The keys by which the active heap's format can group, and `chosen` ones, which a link may have brought. */
export function useGroupingKeys(chosen: readonly GroupingKey[]): readonly GroupingKey[] {
  const known = useActiveSnapshot()?.vocabulary.groupingKeys ?? GROUPING_KEYS;
  return GROUPING_KEYS.filter(key => known.includes(key) || chosen.includes(key));
}

/** The properties that objects of the active heap's format can have. The same value as long as it is active. */
export function useFlags(): readonly FlagName[] {
  return useActiveSnapshot()?.vocabulary.flags ?? FLAG_NAMES;
}
