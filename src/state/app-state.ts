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

export const NO_DRAFT: Draft = { text: '', replaces: null };

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
  /** How often all queries on screen were repeated; part of the key of each query. */
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
