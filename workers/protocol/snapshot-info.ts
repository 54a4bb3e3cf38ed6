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
  /** Version of the runtime, as far as the fields show it: "3.1", "2.1 – 2.2", "4.1-dev". Never empty. */
  runtimeVersion: string;
  /** Platform of the runtime, if it is worth mentioning: "WebAssembly". Otherwise null. */
  platform: string | null;
  /** Whether the dump has ROOT records. Without them, retained sizes are within this partial dump. */
  hasRoots: boolean;
  /** Whether the dump is one that `dump_all(since:)` writes: no roots, every object traced, and nothing cut off. */
  isSinceDump: boolean;
  /** Why objects may be missing (numbers.md#incomplete-dump), in sentences; empty if nothing suggests it. */
  incomplete: string[];
  /** Objects with allocation information. */
  tracedObjects: Count;
  objects: Count;
  shallowBytes: Bytes;
  /** Shallow size of the allocation tracer's own table, part of `shallowBytes`. */
  overheadBytes: Bytes;
  referencesOnly: boolean;
  /** The directory of the application, with a slash at its end, guessed unless it was set; '' = unknown. */
  applicationRoot: string;
  loadMs: number;
  /** Memory that the snapshot's columns and indexes hold in the worker. */
  memoryBytes: Bytes;
}
