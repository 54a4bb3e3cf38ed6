import { createStore } from 'zustand/vanilla';
import { WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import { type AppActions, type AppState, type AppStore, NO_DRAFT } from './app-state.ts';
import { chipActions, withChips } from './chip-actions.ts';
import { addChip } from './chips.ts';
import { fileActions } from './file-actions.ts';
import { defaultView, type View, type ViewKind } from './navigation.ts';
import { MAX_SAVED_GROUPINGS, type Preferences } from './preferences.ts';

/** Parts of the state that a link can set initially. */
type LinkedState =
  | 'view'
  | 'chips'
  | 'scope'
  | 'linkedAddress'
  | 'linkedDump'
  | 'linkedTotals'
  | 'linkedComparison';

/** A store in its initial state: nothing open, at the place in the link. */
export function createAppStore(
  preferences: Preferences,
  start: Partial<Pick<AppState, LinkedState>> = {},
): AppStore {
  return createStore<AppState & AppActions>()((set, get) => {
    // Views as they were left, so that switching away and back preserves sorting and drill-down.
    const leftViews = new Map<ViewKind, View>();
    const viewToOpen = (wanted: View | ViewKind): View => {
      leftViews.set(get().view.kind, get().view);
      return typeof wanted === 'string' ? (leftViews.get(wanted) ?? defaultView(wanted)) : wanted;
    };
    return {
      ...chipActions(set, get),
      ...fileActions(set, get, leftViews),

      snapshots: [],
      series: [],
      reduced: [],
      profiles: [],
      loads: [],
      problems: [],
      active: null,
      view: start.view ?? defaultView('overview'),
      chips: start.chips ?? [],
      scope: start.scope ?? WHOLE_FILE,
      selection: null,
      undoneChips: [],
      earlierChips: [],
      linkedAddress: start.linkedAddress ?? null,
      linkedDump: start.linkedDump ?? null,
      linkedTotals: start.linkedTotals ?? null,
      linkedComparison: start.linkedComparison ?? null,
      servedDumps: {},
      draft: NO_DRAFT,
      keptSets: [],
      findingMarks: {},
      notice: null,
      referencesOnly: false,
      theme: preferences.theme,
      masking: preferences.masking,
      keepsHandles: preferences.keepsHandles,
      inspectorOpen: preferences.inspectorOpen,
      recentFiles: preferences.recentFiles,
      keptGroupings: preferences.keptGroupings,
      overlay: null,
      repetitions: 0,
      hasCancelledQueries: false,

      repeatQueries: () => set({ repetitions: get().repetitions + 1, hasCancelledQueries: false }),
      setHasCancelledQueries: hasCancelledQueries => set({ hasCancelledQueries }),
      navigate: wanted => set({ view: viewToOpen(wanted) }),
      adjustView: view => set({ view }),
      select: selection => set({ selection }),
      drillInto: (chip, wanted) =>
        set({ ...withChips(get(), addChip(get().chips, chip)), view: viewToOpen(wanted) }),
      setScope: scope => set({ scope }),
      markFinding: (key, mark) => {
        const { [key]: _, ...others } = get().findingMarks;
        set({ findingMarks: mark === null ? others : { ...others, [key]: mark } });
      },
      setNotice: notice => set({ notice }),
      setTheme: theme => set({ theme }),
      setMasking: masking => set({ masking }),
      setKeepsHandles: keepsHandles => set({ keepsHandles }),
      setInspectorOpen: inspectorOpen => set({ inspectorOpen }),
      setOverlay: overlay => set({ overlay }),
      setReferencesOnly: referencesOnly => set({ referencesOnly }),

      keepGrouping: grouping => {
        const others = get().keptGroupings.filter(({ name }) => name !== grouping.name);
        set({ keptGroupings: [...others, grouping].slice(-MAX_SAVED_GROUPINGS) });
      },
      forgetGrouping: name =>
        set({ keptGroupings: get().keptGroupings.filter(grouping => grouping.name !== name) }),
    };
  });
}
