import type { Bytes, Count } from './units.ts';
import type { Vocabulary } from './vocabulary.ts';

/** An open snapshot. */
export interface SnapshotInfo {
  id: number;
  /** File name. */
  name: string;
  fileBytes: Bytes;
  textBytes: Bytes;
  compressed: boolean;
  /** The words of its format. */
  vocabulary: Vocabulary;
  /** Of the runtime, as far as the fields tell: "3.1", "2.1 – 2.2", "4.1-dev". Never empty. */
  runtimeVersion: string;
  /** What kind of machine it ran on, where that is worth a word: "WebAssembly". Else null. */
  platform: string | null;
  /** Whether the dump has ROOT records. Without them retained sizes are within this partial dump. */
  hasRoots: boolean;
  /** Whether it is what `dump_all(since:)` writes: no roots, every object traced, and nothing cut off. */
  isSinceDump: boolean;
  /** Why objects may be missing (numbers.md#incomplete-dump), in sentences; empty if nothing says so. */
  incomplete: string[];
  /** Objects with allocation information. */
  tracedObjects: Count;
  objects: Count;
  shallowBytes: Bytes;
  /** Shallow size of the allocation tracer's own table, part of `shallowBytes`. */
  overheadBytes: Bytes;
  referencesOnly: boolean;
  /** The directory of the application, with a slash at its end, guessed unless it was set; '' = not known. */
  applicationRoot: string;
  loadMs: number;
  /** Memory that the snapshot's columns and indexes hold in the worker. */
  memoryBytes: Bytes;
}
