import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../workers/protocol/errors.ts';
import { type ProfileInfo, type ProfileScope, WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { LoadProgress } from '../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText, Bytes, ObjectIndex, SnapshotId } from '../../workers/protocol/units.ts';
import type { ThemeChoice } from '../theme/theme-choice.ts';
import {
  addChip,
  type Chip,
  chipFor,
  chipKey,
  intersectChips,
  invertChip,
  isOfOneSnapshot,
  replaceChip,
} from './chips.ts';
import {
  defaultView,
  type Subject,
  subjectOf,
  suits,
  type View,
  type ViewKind,
  viewsFor,
} from './navigation.ts';
import {
  GROUPINGS_KEPT,
  type KeptGrouping,
  type Preferences,
  RECENT_FILES_KEPT,
  type RecentFile,
} from './preferences.ts';

/** The selected object: what the inspector shows. */
export interface Selection {
  object: ObjectIndex;
  address: AddressText;
}

/** Where the user is: what back and forward move through and the URL holds. */
export interface Place {
  /** The heap, profile or series in front. */
  active: SnapshotId | null;
  view: View;
  chips: Chip[];
  /** Of a profile: the moment, the comparison and the stacks that all its views show. */
  scope: ProfileScope;
  selection: Selection | null;
}

/** A comparison of two profiles that a link asked for, by the names of their files. */
export interface WantedComparison {
  /** The profile in front; null: whichever is. */
  dump: string | null;
  against: string;
  view: View;
  scope: ProfileScope;
}

/** A file that is being read, waits for its turn, or was read while others still wait. */
export interface Load {
  loadId: number;
  name: string;
  /** 0 while it is not known. */
  fileBytes: Bytes;
  /** Null until the first report. */
  progress: LoadProgress | null;
  isDone: boolean;
}

/** What covers the page; one at a time. */
export type Overlay = 'palette' | 'shortcuts' | 'filter-help' | 'share';

/** Pinned findings come first, dismissed ones are hidden. */
export type FindingMark = 'pinned' | 'dismissed';

/** A finding of a snapshot. */
export function findingKey(snapshot: SnapshotId, id: string): string {
  return `${snapshot} ${id}`;
}

/** What stands in the filter's input. */
export interface Draft {
  text: string;
  /** The key of the chip that is edited: the filter takes its place. */
  replaces: string | null;
}

const NO_DRAFT: Draft = { text: '', replaces: null };

/** The page's state: serialisable, and nothing that grows with the heap. */
export interface AppState extends Place {
  snapshots: SnapshotInfo[];
  /** Open dumps that are compared, in their order; empty, or at least two. */
  series: SnapshotId[];
  /** Dumps that were reduced to what comparison needs, to make room for others. */
  reduced: SnapshotId[];
  /** Open profiles and series. */
  profiles: ProfileInfo[];
  /** In the order in which they are read. Empty once all of them are done. */
  loads: Load[];
  /** Failures that were not dismissed yet, the latest last. */
  problems: Problem[];
  /** What the chips were before, latest last, and what was undone. */
  undoneChips: Chip[][];
  earlierChips: Chip[][];
  /** An address of the URL, to be selected when the dump is open. */
  wantedAddress: AddressText | null;
  /** The file name of the dump that the URL is about, until one is open. */
  wantedDump: string | null;
  /** The totals of that dump, as links have them. */
  wantedTotals: string | null;
  /** Until both of its files are open. */
  wantedComparison: WantedComparison | null;
  /** How links name the open dumps that are served, by id. */
  servedDumps: Record<SnapshotId, string>;
  draft: Draft;
  /** Sets that the user gave a name, to be used again; for as long as the page is open. */
  keptSets: Chip[];
  /** What the user thinks of findings, by {@link findingKey}. For as long as the page is open: ids hold addresses. */
  findingMarks: Record<string, FindingMark>;
  /** A short message that something was done; null while there is none. */
  notice: string | null;
  /** New dumps are opened by this rule. */
  referencesOnly: boolean;
  theme: ThemeChoice;
  /** Likely secrets are masked in what is shown. */
  masking: boolean;
  /** Whether the browser remembers where recent files are. */
  keepsHandles: boolean;
  inspectorOpen: boolean;
  recentFiles: RecentFile[];
  /** Groupings that the user named. */
  keptGroupings: KeptGrouping[];
  overlay: Overlay | null;
  /** How often everything shown was asked anew: a part of each question. */
  asked: number;
  /** Whether something shown lacks its answer, because the question was cancelled. */
  lacking: boolean;
}

export interface AppActions {
  /** Opens a view, as a step that back undoes. A kind alone opens it as it was last seen. */
  navigate(view: View | ViewKind): void;
  /** Changes parameters of the current view without a new step in the history. */
  adjustView(view: View): void;
  select(selection: Selection | null): void;
  narrow(chip: Chip): void;
  /** Narrows and opens a view in one step. */
  drillInto(chip: Chip, view: View | ViewKind): void;
  removeChip(chip: Chip): void;
  invertChip(chip: Chip): void;
  setChips(chips: Chip[]): void;
  setScope(scope: ProfileScope): void;
  setDraft(draft: Draft): void;
  /** Adds a chip for what was typed, in place of the chip that was edited, and empties the input. */
  applyDraft(chip: Chip): void;
  /** Names a chip, and keeps it; without a name it is called by its filter again. */
  nameChip(chip: Chip, name: string): void;
  /** Keeps a grouping, in place of another of its name. */
  keepGrouping(grouping: KeptGrouping): void;
  forgetGrouping(name: string): void;
  /** Pins or dismisses a finding; null takes either back. */
  markFinding(key: string, mark: FindingMark | null): void;
  setNotice(notice: string | null): void;
  undoChips(): void;
  redoChips(): void;
  activate(snapshot: SnapshotId): void;
  /** Puts the user somewhere: for back, forward and links. What is not open is left out. */
  goTo(place: Place): void;
  setTheme(theme: ThemeChoice): void;
  setMasking(masking: boolean): void;
  setKeepsHandles(keepsHandles: boolean): void;
  setInspectorOpen(open: boolean): void;
  setOverlay(overlay: Overlay | null): void;
  setReferencesOnly(referencesOnly: boolean): void;
  /** Asks everything that is shown once more: what was answered comes back at once, what was cancelled is computed. */
  askAgain(): void;
  setLacking(lacking: boolean): void;

  loadStarted(load: Load): void;
  loadProgressed(loadId: number, progress: LoadProgress): void;
  /** Those that are done stay, as a part of one progress, until no other is left. */
  loadEnded(loadId: number): void;
  /** Takes a load out of the list, because it was cancelled. */
  loadDropped(loadId: number): void;
  /** `link`: the address of a dump that is served, as links name it. In the background it opens without being shown. */
  snapshotOpened(info: SnapshotInfo, options?: { link?: string | null; inFront?: boolean }): void;
  snapshotChanged(info: SnapshotInfo): void;
  /** Dumps are compared in this order, in place of those that were; fewer than two are none. */
  seriesChanged(series: SnapshotId[]): void;
  reducedChanged(reduced: SnapshotId[]): void;
  profileOpened(info: ProfileInfo, options?: { link?: string | null; inFront?: boolean }): void;
  /** A heap, a profile or a series was closed. */
  fileClosed(id: SnapshotId): void;
  fileRemembered(file: RecentFile): void;
  wantedAddressFound(): void;
  problemArose(problem: Problem): void;
  problemDismissed(problem: Problem): void;
}

export type AppStore = StoreApi<AppState & AppActions>;

/** Steps of undo that are kept. */
const UNDO_KEPT = 50;

/** What a link says at the start. */
type LinkedState =
  | 'view'
  | 'chips'
  | 'scope'
  | 'wantedAddress'
  | 'wantedDump'
  | 'wantedTotals'
  | 'wantedComparison';

/** A store at its start: nothing open, where the link leads. */
export function createAppStore(
  preferences: Preferences,
  start: Partial<Pick<AppState, LinkedState>> = {},
): AppStore {
  return createStore<AppState & AppActions>()((set, get) => {
    const withChips = (chips: Chip[]) => {
      const state = get();
      return {
        chips,
        earlierChips: [...state.earlierChips, state.chips].slice(-UNDO_KEPT),
        undoneChips: [],
      };
    };
    // The views as they were left, so that switching away and back loses no sorting and no drill-down.
    const leftViews = new Map<ViewKind, View>();
    const viewToOpen = (wanted: View | ViewKind): View => {
      leftViews.set(get().view.kind, get().view);
      return typeof wanted === 'string' ? (leftViews.get(wanted) ?? defaultView(wanted)) : wanted;
    };
    /** What stays of where the user is when another file, of some subject, comes to the front. */
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
    /** The same when a file was opened. A link may speak of the first one; a later one starts afresh. */
    const forOpened = (subject: Subject) => {
      const { snapshots, profiles, view } = get();
      if (snapshots.length > 0 || profiles.length > 0) return forOtherFile(subject);
      return { view: suits(view, subject) ? view : firstView(subject) };
    };

    return {
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
      wantedAddress: start.wantedAddress ?? null,
      wantedDump: start.wantedDump ?? null,
      wantedTotals: start.wantedTotals ?? null,
      wantedComparison: start.wantedComparison ?? null,
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
      asked: 0,
      lacking: false,

      askAgain: () => set({ asked: get().asked + 1, lacking: false }),
      setLacking: lacking => set({ lacking }),
      navigate: wanted => set({ view: viewToOpen(wanted) }),
      adjustView: view => set({ view }),
      select: selection => set({ selection }),
      narrow: chip => set(withChips(addChip(get().chips, chip))),
      drillInto: (chip, wanted) =>
        set({ ...withChips(addChip(get().chips, chip)), view: viewToOpen(wanted) }),
      removeChip: chip => set(withChips(get().chips.filter(other => chipKey(other) !== chipKey(chip)))),
      invertChip: chip => set(withChips(replaceChip(get().chips, chipKey(chip), invertChip(chip)))),
      setChips: chips => set(withChips(chips)),
      setScope: scope => set({ scope }),
      setDraft: draft => set({ draft }),
      applyDraft: chip => {
        const { chips, draft } = get();
        const edited = chips.find(other => chipKey(other) === draft.replaces);
        const next =
          edited === undefined ? intersectChips(chips, chip) : replaceChip(chips, chipKey(edited), chip);
        set({ ...withChips(next), draft: NO_DRAFT });
      },
      nameChip: (chip, name) => {
        const named = chipFor(chip.spec, name.trim());
        const others = get().keptSets.filter(other => chipKey(other) !== chipKey(chip));
        set({
          ...withChips(replaceChip(get().chips, chipKey(chip), named)),
          keptSets: name.trim() === '' ? others : [...others, named],
        });
      },
      markFinding: (key, mark) => {
        const { [key]: _, ...others } = get().findingMarks;
        set({ findingMarks: mark === null ? others : { ...others, [key]: mark } });
      },
      setNotice: notice => set({ notice }),
      undoChips: () => {
        const { earlierChips, chips, undoneChips } = get();
        const earlier = earlierChips.at(-1);
        if (earlier === undefined) return;
        set({
          chips: earlier,
          earlierChips: earlierChips.slice(0, -1),
          undoneChips: [...undoneChips, chips],
        });
      },
      redoChips: () => {
        const { earlierChips, chips, undoneChips } = get();
        const undone = undoneChips.at(-1);
        if (undone === undefined) return;
        set({ chips: undone, earlierChips: [...earlierChips, chips], undoneChips: undoneChips.slice(0, -1) });
      },
      activate: id => {
        const subject = subjectOf(get(), id);
        if (id === get().active || subject === null) return;
        set({ ...forOtherFile(subject), active: id });
      },
      goTo: place => {
        const wanted = subjectOf(get(), place.active);
        const subject = wanted ?? subjectOf(get(), get().active);
        const view = subject === null || suits(place.view, subject) ? place.view : firstView(subject);
        // The browser keeps places over a reload, those of earlier versions too.
        const scope = place.scope ?? WHOLE_FILE;
        if (wanted !== null) set({ ...place, scope, view });
        else
          set({
            view,
            scope: { ...scope, against: null },
            chips: place.chips.filter(chip => !isOfOneSnapshot(chip.spec)),
          });
      },
      setTheme: theme => set({ theme }),
      setMasking: masking => set({ masking }),
      setKeepsHandles: keepsHandles => set({ keepsHandles }),
      setInspectorOpen: inspectorOpen => set({ inspectorOpen }),
      setOverlay: overlay => set({ overlay }),
      setReferencesOnly: referencesOnly => set({ referencesOnly }),

      loadStarted: load => set({ loads: [...get().loads, load] }),
      loadProgressed: (loadId, progress) =>
        set({ loads: get().loads.map(load => (load.loadId === loadId ? { ...load, progress } : load)) }),
      loadEnded: loadId => {
        const ended = (load: Load) => (load.loadId === loadId ? { ...load, isDone: true } : load);
        set({ loads: unlessAllDone(get().loads.map(ended)) });
      },
      loadDropped: loadId =>
        set({ loads: unlessAllDone(get().loads.filter(load => load.loadId !== loadId)) }),
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
        set({ recentFiles: [file, ...others].slice(0, RECENT_FILES_KEPT) });
      },
      wantedAddressFound: () => set({ wantedAddress: null }),
      problemArose: problem => set({ problems: [...get().problems, problem] }),
      keepGrouping: grouping => {
        const others = get().keptGroupings.filter(({ name }) => name !== grouping.name);
        set({ keptGroupings: [...others, grouping].slice(-GROUPINGS_KEPT) });
      },
      forgetGrouping: name =>
        set({ keptGroupings: get().keptGroupings.filter(grouping => grouping.name !== name) }),
      problemDismissed: problem => set({ problems: get().problems.filter(other => other !== problem) }),
    };
  });
}

/** Loads as long as one of them is under way. */
function unlessAllDone(loads: Load[]): Load[] {
  return loads.every(load => load.isDone) ? [] : loads;
}

/** The view in which a file of a subject is shown at first. */
function firstView(subject: Subject): View {
  return defaultView(viewsFor(subject)[0]!.kind);
}

/** The same view of another file, as far as that has it; where in a file one was means nothing in another. */
function viewOfOtherFile(view: View, subject: Subject): View {
  if (!suits(view, subject)) return firstView(subject);
  const isOfOneFile = view.kind === 'treemap' || view.kind === 'retainers' || subject !== 'heap';
  return isOfOneFile ? defaultView(view.kind) : view;
}
