import type { Problem } from '../../workers/protocol/errors.ts';
import type { ProfileInfo } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText, SnapshotId } from '../../workers/protocol/units.ts';
import type { Dropped, DroppedFolder } from './dropped-files.ts';
import type { HeapLostError } from './heap-client.ts';
import type { OpenableFile } from './served-file.ts';

/** The result of opening a file. */
export type OpenedFile = { kind: 'heap'; info: SnapshotInfo } | { kind: 'profile'; info: ProfileInfo };

/** Opens and closes heap dumps, profiles and series, and updates the store. */
export interface FileManager {
  /** Opens a file. The outcome is also put in the store. Returns null if it failed or was cancelled. */
  open(file: OpenableFile, options?: { ignoreMemoryLimit?: boolean }): Promise<OpenedFile | null>;
  /**
   * Opens several files, one after the other, sorted by the numbers in their names. The parts of a split dump are
   * opened as one. Several dumps are compared, and so is a dump that joins others. For a folder, one problem at the end
   * lists the files that cannot be opened.
   */
  openAll(files: readonly File[], folder?: DroppedFolder | null): Promise<void>;
  /**
   * Compares open dumps, replacing the current series: in the order in which they were taken, or as given. Fewer than
   * two end the comparison.
   */
  compare(dumps: readonly SnapshotId[], order?: 'taken' | 'given'): Promise<void>;
  /** Reduces a dump of the series to the data that comparison needs. */
  reduce(id: SnapshotId): Promise<void>;
  /** Reads a reduced dump again, in its place in the series. */
  readAgain(id: SnapshotId): Promise<void>;
  /** Opens dropped files as soon as the list of files is known. */
  openDropped(dropped: Promise<Dropped>): Promise<void>;
  /** Opens a file that is served from the page's own origin. */
  openUrl(url: string): Promise<OpenedFile | null>;
  /** Opens the files that a link names, one after the other; the first stays active. */
  openLinked(urls: readonly string[]): Promise<void>;
  /** Cancels a load that is in progress or waiting. */
  cancel(loadId: number): void;
  /** Cancels all loads. */
  cancelAll(): void;
  close(id: SnapshotId): Promise<void>;
  setReferencesOnly(referencesOnly: boolean): Promise<void>;
  /** Sets the directory of the application of the active dump; '' = none. */
  setApplicationRoot(directory: string): Promise<void>;
  /** Selects the object at an address of the active dump; does nothing if there is no such object. */
  selectAddress(address: AddressText): Promise<void>;
  /** The file of a problem, if it can be tried again. */
  fileOf(problem: Problem): OpenableFile | null;
  /**
   * The thread that held all open dumps was lost: closes them, and adds a problem for each that says it can be opened
   * again.
   */
  heapsLost(error: HeapLostError): void;
}
