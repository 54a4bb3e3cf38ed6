import type { StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../workers/protocol/errors.ts';
import type { ProfileInfo, ProfileScope } from '../../workers/protocol/profile-questions.ts';
import type { LoadProgress } from '../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText, Bytes, ObjectIndex, SnapshotId } from '../../workers/protocol/units.ts';
import type { ThemeChoice } from '../theme/theme-choice.ts';
import type { Chip } from './chips.ts';
import type { View, ViewKind } from './navigation.ts';
import type { KeptGrouping, RecentFile } from './preferences.ts';

/** The selected object: what the inspector shows. */
export interface Selection {
  object: ObjectIndex;
  address: AddressText;
}

/** Where the user is: history entries and the URL store this. */
export interface Place {
  /** The active heap, profile or series. */
  active: SnapshotId | null;
  view: View;
  chips: Chip[];
  /** For a profile: the point in time, the comparison and the stacks that all its views show. */
  scope: ProfileScope;
  selection: Selection | null;
}

/** A comparison of two profiles that a link asked for, by the names of their files. */
export interface LinkedComparison {
  /** The active profile; null: whichever is active. */
  dump: string | null;
  against: string;
  view: View;
  scope: ProfileScope;
}

/** A file that is being read or waiting, or was read while others are still waiting. */
export interface Load {
  loadId: number;
  name: string;
  /** 0 if unknown. */
  fileBytes: Bytes;
  /** Null until the first report. */
  progress: LoadProgress | null;
  isDone: boolean;
}

/** Overlays that cover the page; one at a time. */
export type Overlay = 'palette' | 'shortcuts' | 'filter-help' | 'share';

/** Pinned findings come first, dismissed ones are hidden. */
export type FindingMark = 'pinned' | 'dismissed';

/** Key of a finding of a snapshot. */
export function findingKey(snapshot: SnapshotId, id: string): string {
  return `${snapshot} ${id}`;
}

/** The contents of the filter input. */
export interface Draft {
  text: string;
  /** The key of the chip being edited, which the filter replaces. */
  replaces: string | null;
}

export const NO_DRAFT: Draft = { text: '', replaces: null };

/** The page's state: serialisable, and independent of the size of the heap. */
export interface AppState extends Place {
  snapshots: SnapshotInfo[];
  /** Open dumps that are being compared, in order; empty, or at least two. */
  series: SnapshotId[];
  /** Dumps that were reduced to the data that comparison needs, to free memory for others. */
  reduced: SnapshotId[];
  /** Open profiles and series. */
  profiles: ProfileInfo[];
  /** In reading order. Empty once all of them are done. */
  loads: Load[];
  /** Problems that were not dismissed, the latest last. */
  problems: Problem[];
  /** Earlier states of the chips, the latest last, and the states that were undone. */
  undoneChips: Chip[][];
  earlierChips: Chip[][];
  /** An address in the URL, to be selected once the dump is open. */
  linkedAddress: AddressText | null;
  /** The file name of the dump that the URL is about, until one is open. */
  linkedDump: string | null;
  /** The totals of that dump, as written in links. */
  linkedTotals: string | null;
  /** Null once both of its files are open. */
  linkedComparison: LinkedComparison | null;
  /** The addresses of served dumps in links, by id. */
  servedDumps: Record<SnapshotId, string>;
  draft: Draft;
  /** Sets that the user named, to be used again while the page is open. */
  keptSets: Chip[];
  /** Findings that the user pinned or dismissed, by {@link findingKey}. Not stored: ids contain addresses. */
  findingMarks: Record<string, FindingMark>;
  /** A short message that confirms an action; null if there is none. */
  notice: string | null;
  /** New dumps are opened by this rule. */
  referencesOnly: boolean;
  theme: ThemeChoice;
  /** Whether likely secrets are masked in everything that is shown. */
  masking: boolean;
  /** Whether the browser stores handles of recent files. */
  keepsHandles: boolean;
  inspectorOpen: boolean;
  recentFiles: RecentFile[];
  /** Groupings that the user named. */
  keptGroupings: KeptGrouping[];
  overlay: Overlay | null;
  /** How often all queries on screen were repeated; part of the key of each query. */
  repetitions: number;
  /** Whether something on screen lacks its answer because the question was cancelled. */
  hasCancelledQueries: boolean;
}

export interface AppActions {
  /** Opens a view, as a new history entry. A kind alone opens the view as it was last seen. */
  navigate(view: View | ViewKind): void;
  /** Changes parameters of the current view without a new history entry. */
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
  /** Adds a chip for the typed filter, in place of the chip being edited, and clears the input. */
  applyDraft(chip: Chip): void;
  /** Names a chip, and keeps it; with an empty name it shows its filter again. */
  nameChip(chip: Chip, name: string): void;
  /** Removes a chip from the named sets. */
  forgetSet(chip: Chip): void;
  /** Stores a grouping, replacing one of the same name. */
  keepGrouping(grouping: KeptGrouping): void;
  forgetGrouping(name: string): void;
  /** Pins or dismisses a finding; null undoes either. */
  markFinding(key: string, mark: FindingMark | null): void;
  setNotice(notice: string | null): void;
  undoChips(): void;
  redoChips(): void;
  activate(snapshot: SnapshotId): void;
  /** Goes to a place: for back, forward and links. Parts that refer to files that are not open are ignored. */
  goTo(place: Place): void;
  setTheme(theme: ThemeChoice): void;
  setMasking(masking: boolean): void;
  setKeepsHandles(keepsHandles: boolean): void;
  setInspectorOpen(open: boolean): void;
  setOverlay(overlay: Overlay | null): void;
  setReferencesOnly(referencesOnly: boolean): void;
  /** Repeats all questions on screen: answers come from the cache, cancelled ones are computed. */
  repeatQueries(): void;
  setHasCancelledQueries(hasCancelledQueries: boolean): void;

  loadStarted(load: Load): void;
  loadProgressed(loadId: number, progress: LoadProgress): void;
  /** Loads that are done stay in the list, for the overall progress, until no other is left. */
  loadEnded(loadId: number): void;
  /** Removes a cancelled load from the list. */
  loadDropped(loadId: number): void;
  /** `link`: the address of a served dump, as in links. With `inFront: false` it opens without being shown. */
  snapshotOpened(info: SnapshotInfo, options?: { link?: string | null; inFront?: boolean }): void;
  snapshotChanged(info: SnapshotInfo): void;
  /** Sets the dumps that are compared, in this order; fewer than two end the comparison. */
  seriesChanged(series: SnapshotId[]): void;
  reducedChanged(reduced: SnapshotId[]): void;
  profileOpened(info: ProfileInfo, options?: { link?: string | null; inFront?: boolean }): void;
  /** A heap, a profile or a series was closed. */
  fileClosed(id: SnapshotId): void;
  fileRemembered(file: RecentFile): void;
  linkedAddressHandled(): void;
  problemArose(problem: Problem): void;
  problemDismissed(problem: Problem): void;
}

export type AppStore = StoreApi<AppState & AppActions>;
