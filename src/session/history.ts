import type { AddressText, SnapshotId } from '../../workers/protocol/units.ts';
import type { AppState, AppStore, Place } from '../state/app-state.ts';
import { totalsOf, writeHash } from '../state/place-hash.ts';
import { comparisonOf, isSameDump, readLink, reportUnusableFilters, showLinkedComparison } from './link.ts';

/** Selections in quicker succession are one history entry: walking through a list with the arrow keys. */
const SAME_STEP_MS = 500;

interface HistoryState {
  /** Number of entries between the first of this visit and this one. Back never leaves the page. */
  depth: number;
  place: Place;
}

/**
 * Connects the store to the browser's history and address bar, so that back and forward work in the page. Changing a
 * parameter of a view replaces the current entry; a new view, dump, chip or selection adds one. `selectAddress` is
 * called when a link to an object is followed within the page.
 */
export function followHistory(store: AppStore, selectAddress: (address: AddressText) => void): () => void {
  let lastStepAt = 0;
  let restoring = false;

  const openFiles = () => [...store.getState().snapshots, ...store.getState().profiles];
  const nameOf = (id: SnapshotId | null) => openFiles().find(file => file.id === id)?.name ?? null;

  const write = (place: Place, push: boolean) => {
    const heap = store.getState().snapshots.find(({ id }) => id === place.active);
    const hash = writeHash({
      view: place.view,
      chips: place.chips,
      scope: place.scope,
      against: nameOf(place.scope.against) ?? store.getState().linkedComparison?.against ?? null,
      address: place.selection?.address ?? store.getState().linkedAddress,
      dump: nameOf(place.active),
      totals: heap === undefined ? null : totalsOf(heap),
      served: servedLinks(store.getState(), place),
    });
    const before = history.state as HistoryState | null;
    // An object that a link names is found later, and is already in the address: no new entry.
    const isStep = push && (hash !== location.hash || place.active !== before?.place.active);
    const state: HistoryState = { depth: depthOf(history.state) + (isStep ? 1 : 0), place };
    if (isStep) history.pushState(state, '', hash);
    else history.replaceState(state, '', hash);
  };

  const stop = store.subscribe((state, before) => {
    const moved =
      state.view !== before.view ||
      state.chips !== before.chips ||
      state.scope !== before.scope ||
      state.selection !== before.selection ||
      state.active !== before.active;
    // A link names all served dumps that are open, including those opened in the background.
    const changed = moved || state.snapshots !== before.snapshots;
    if (!changed || restoring || state.active === null) return;
    const onlySelected =
      state.view === before.view &&
      state.chips === before.chips &&
      state.scope === before.scope &&
      state.active === before.active;
    const sameStep =
      !moved ||
      before.active === null ||
      (state.view.kind === before.view.kind && state.view !== before.view && !drilled(state, before)) ||
      (state.scope.filter !== before.scope.filter && performance.now() - lastStepAt < SAME_STEP_MS) ||
      (onlySelected && before.selection !== null && performance.now() - lastStepAt < SAME_STEP_MS);
    lastStepAt = performance.now();
    const { active, view, chips, scope, selection } = state;
    write({ active, view, chips, scope, selection }, !sameStep);
  });

  const restore = (event: PopStateEvent) => {
    const state = event.state as HistoryState | null;
    restoring = true;
    if (state?.place !== undefined) store.getState().goTo(state.place);
    else {
      // A link that was entered or followed within the page.
      const link = readLink();
      const { view, chips, scope, address, dump } = link;
      reportUnusableFilters(store);
      const { selection } = store.getState();
      const linked = openFiles().find(({ name }) => dump !== null && isSameDump(name, dump));
      const active = linked?.id ?? store.getState().active;
      store.getState().goTo({ active, view, chips, scope, selection });
      store.setState({ linkedComparison: comparisonOf(link) });
      showLinkedComparison(store);
      if (address !== null) selectAddress(address);
    }
    restoring = false;
  };
  window.addEventListener('popstate', restore);
  return () => {
    stop();
    window.removeEventListener('popstate', restore);
  };
}

/** The dumps that a link can open by itself, the active one first; empty if the active one is not served. */
function servedLinks({ snapshots, servedDumps }: AppState, { active, scope }: Place): string[] {
  const first = active === null ? undefined : servedDumps[active];
  if (first === undefined) return [];
  const others = snapshots.flatMap(({ id }) => (id === active ? [] : (servedDumps[id] ?? [])));
  const against = scope.against === null ? undefined : servedDumps[scope.against];
  return against === undefined ? [first, ...others] : [first, ...others, against];
}

/** Drilling into a treemap, or excluding something from paths, adds an entry; changing how it is drawn does not. */
function drilled(state: Place, before: Place): boolean {
  return (
    state.chips !== before.chips ||
    state.scope !== before.scope ||
    (state.view.kind === 'retainers' &&
      before.view.kind === 'retainers' &&
      (state.view.of !== before.view.of ||
        state.view.ignore !== before.view.ignore ||
        state.view.cut !== before.view.cut)) ||
    (state.view.kind === 'treemap' &&
      before.view.kind === 'treemap' &&
      JSON.stringify(state.view.source) !== JSON.stringify(before.view.source)) ||
    ('focus' in state.view && 'focus' in before.view && state.view.focus !== before.view.focus) ||
    ('part' in state.view &&
      'part' in before.view &&
      JSON.stringify(state.view.part) !== JSON.stringify(before.view.part))
  );
}

function depthOf(state: unknown): number {
  return (state as HistoryState | null)?.depth ?? 0;
}

export function goBack(): void {
  if (depthOf(history.state) > 0) history.back();
}

export function goForward(): void {
  history.forward();
}
