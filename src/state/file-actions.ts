import { WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import type { AppActions, AppStore, Load } from './app-state.ts';
import { isOfOneSnapshot } from './chips.ts';
import { defaultView, type View, type ViewKind } from './navigation.ts';
import { MAX_RECENT_FILES } from './preferences.ts';
import { isAvailableFor, type Subject, subjectOf, viewsFor } from './view-list.ts';

type FileAction =
  | 'loadStarted'
  | 'loadProgressed'
  | 'loadEnded'
  | 'loadDropped'
  | 'activate'
  | 'goTo'
  | 'snapshotOpened'
  | 'snapshotChanged'
  | 'seriesChanged'
  | 'reducedChanged'
  | 'profileOpened'
  | 'fileClosed'
  | 'fileRemembered'
  | 'linkedAddressHandled'
  | 'problemArose'
  | 'problemDismissed';

/**
 * Actions on files: they are read, opened, activated and closed. `leftViews`: the parameters of views when they were
 * left, which are cleared when another file is activated.
 */
export function fileActions(
  set: AppStore['setState'],
  get: AppStore['getState'],
  leftViews: Map<ViewKind, View>,
): Pick<AppActions, FileAction> {
  /** The parts of the user's place that are kept when another file is activated. */
  const forOtherFile = (subject: Subject) => {
    leftViews.clear();
    const { chips, view } = get();
    return {
      chips: chips.filter(chip => !isOfOneSnapshot(chip.spec)),
      view: viewOfOtherFile(view, subject),
      scope: WHOLE_FILE,
      selection: null,
      earlierChips: [],
      undoneChips: [],
    };
  };

  const keepLink = (id: SnapshotId, link: string | null) => {
    if (link !== null) set({ servedDumps: { ...get().servedDumps, [id]: link } });
  };
  /** The same for a file that was just opened. The first one opens the place in the link. */
  const forOpened = (subject: Subject) => {
    const { snapshots, profiles, view } = get();
    if (snapshots.length > 0 || profiles.length > 0) return forOtherFile(subject);
    return { view: isAvailableFor(view, subject) ? view : firstView(subject) };
  };

  return {
    loadStarted: load => set({ loads: [...get().loads, load] }),
    loadProgressed: (loadId, progress) =>
      set({ loads: get().loads.map(load => (load.loadId === loadId ? { ...load, progress } : load)) }),
    loadEnded: loadId => {
      const ended = (load: Load) => (load.loadId === loadId ? { ...load, isDone: true } : load);
      set({ loads: unlessAllDone(get().loads.map(ended)) });
    },
    loadDropped: loadId => set({ loads: unlessAllDone(get().loads.filter(load => load.loadId !== loadId)) }),
    activate: id => {
      const subject = subjectOf(get(), id);
      if (id === get().active || subject === null) return;
      set({ ...forOtherFile(subject), active: id });
    },
    goTo: place => {
      const wanted = subjectOf(get(), place.active);
      const subject = wanted ?? subjectOf(get(), get().active);
      const view = subject === null || isAvailableFor(place.view, subject) ? place.view : firstView(subject);
      // The browser's history may hold places without a scope, from an earlier version.
      const scope = place.scope ?? WHOLE_FILE;
      if (wanted !== null) set({ ...place, scope, view });
      else
        set({
          view,
          scope: { ...scope, against: null },
          chips: place.chips.filter(chip => !isOfOneSnapshot(chip.spec)),
        });
    },
    snapshotOpened: (info, { link = null, inFront = true } = {}) => {
      keepLink(info.id, link);
      const { snapshots } = get();
      if (!inFront && get().active !== null) return set({ snapshots: [...snapshots, info] });
      set({ ...forOpened('heap'), snapshots: [...snapshots, info], active: info.id });
    },
    reducedChanged: reduced => set({ reduced }),
    seriesChanged: series => set({ series: series.length > 1 ? series : [] }),
    profileOpened: (info, { link = null, inFront = true } = {}) => {
      keepLink(info.id, link);
      const { profiles } = get();
      if (!inFront && get().active !== null) return set({ profiles: [...profiles, info] });
      const subject = subjectOf({ snapshots: [], profiles: [info] }, info.id)!;
      set({ ...forOpened(subject), profiles: [...profiles, info], active: info.id });
    },
    snapshotChanged: info =>
      set({ snapshots: get().snapshots.map(other => (other.id === info.id ? info : other)) }),
    fileClosed: closed => {
      const snapshots = get().snapshots.filter(({ id }) => id !== closed);
      const profiles = get().profiles.filter(({ id }) => id !== closed);
      const series = get().series.filter(id => id !== closed);
      set({ series: series.length > 1 ? series : [] });
      const next = profiles.at(-1)?.id ?? snapshots.at(-1)?.id ?? null;
      const { active, scope } = get();
      if (active !== closed) {
        const against = scope.against === closed ? null : scope.against;
        set({ snapshots, profiles, scope: against === scope.against ? scope : { ...scope, against } });
      } else {
        const subject = subjectOf({ snapshots, profiles }, next) ?? 'heap';
        set({ ...forOtherFile(subject), snapshots, profiles, active: next });
      }
    },
    fileRemembered: file => {
      const others = get().recentFiles.filter(other => other.name !== file.name);
      set({ recentFiles: [file, ...others].slice(0, MAX_RECENT_FILES) });
    },
    linkedAddressHandled: () => set({ linkedAddress: null }),
    problemArose: problem => set({ problems: [...get().problems, problem] }),
    problemDismissed: problem => set({ problems: get().problems.filter(other => other !== problem) }),
  };
}

/** The loads, if any is still in progress; otherwise none. */
function unlessAllDone(loads: Load[]): Load[] {
  return loads.every(load => load.isDone) ? [] : loads;
}

/** The view that a file of this subject opens in. */
function firstView(subject: Subject): View {
  return defaultView(viewsFor(subject)[0]!.kind);
}

/** The view for another file: the same kind if that file has it, but without positions within a file. */
function viewOfOtherFile(view: View, subject: Subject): View {
  if (!isAvailableFor(view, subject)) return firstView(subject);
  const isOfOneFile = view.kind === 'treemap' || view.kind === 'retainers' || subject !== 'heap';
  return isOfOneFile ? defaultView(view.kind) : view;
}
