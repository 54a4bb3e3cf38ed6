import type { Problem } from '../../workers/protocol/errors.ts';
import type { ProfileInfo } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText, SnapshotId } from '../../workers/protocol/units.ts';
import type { Dropped, DroppedFolder } from './dropped-files.ts';
import type { HeapLostError } from './heap-client.ts';
import type { OpenableFile } from './served-file.ts';

/** What came of a file. */
export type OpenedFile = { kind: 'heap'; info: SnapshotInfo } | { kind: 'profile'; info: ProfileInfo };

/** Opens and closes heap dumps, profiles and series, and keeps the store told. */
export interface DumpDesk {
  /** Opens a file. The outcome is in the store as well; null when it failed or was cancelled. */
  open(file: OpenableFile, options?: { ignoreMemoryLimit?: boolean }): Promise<OpenedFile | null>;
  /**
   * Opens several, one after the other, in the order of their names' numbers; the parts of a split dump as one. Several
   * dumps are compared, and so is one that joins others. For a folder, one problem at the end lists what cannot be opened.
   */
  openAll(files: readonly File[], folder?: DroppedFolder | null): Promise<void>;
  /**
   * Compares open dumps, in place of those that are compared: in the order in which they were taken, or as given. Fewer
   * than two end the comparison.
   */
  compare(dumps: readonly SnapshotId[], order?: 'taken' | 'given'): Promise<void>;
  /** Keeps of a dump that is compared nothing but what comparison needs. */
  reduce(id: SnapshotId): Promise<void>;
  /** Reads a dump that was reduced again, in its place among those that are compared. */
  readAgain(id: SnapshotId): Promise<void>;
  /** Opens what was dropped, as soon as it is known what that is. */
  openDropped(dropped: Promise<Dropped>): Promise<void>;
  /** Opens a file that is served where the page itself comes from. */
  openUrl(url: string): Promise<OpenedFile | null>;
  /** Opens the files that a link names, one after the other; the first stays in front. */
  openLinked(urls: readonly string[]): Promise<void>;
  /** Cancels a load that is in progress or waits for its turn. */
  cancel(loadId: number): void;
  /** Cancels all loads. */
  cancelAll(): void;
  close(id: SnapshotId): Promise<void>;
  setReferencesOnly(referencesOnly: boolean): Promise<void>;
  /** Says where the application of the active dump is; '' = nowhere. */
  setApplicationRoot(directory: string): Promise<void>;
  /** Selects the object at an address of the dump in front; none if there is no such object. */
  selectAddress(address: AddressText): Promise<void>;
  /** The file of a problem that can be tried again. */
  fileOf(problem: Problem): OpenableFile | null;
  /** The thread with all open dumps was lost: closes them, and says of each that it can be opened again. */
  heapsLost(error: HeapLostError): void;
}
