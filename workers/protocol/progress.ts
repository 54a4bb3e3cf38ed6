import type { TypeRow } from './overview.ts';
import type { Tally } from './rows.ts';
import type { Bytes, Count, Fraction } from './units.ts';

/** The stages of a load, in order. The page has a name for each. */
export type LoadStage =
  /** A file compressed with zstd is unpacked as a whole. Other files skip this stage. */
  | 'unpacking'
  /** Bytes are read, inflated and scanned. The longest stage. */
  | 'reading'
  /** References are resolved to objects, in both directions. */
  | 'linking'
  /** What the roots reach, and the dominator tree. */
  | 'dominators'
  /** Retained sizes are summed. */
  | 'retained';

/** State of a load: sent about four times a second, and at each change of stage. */
export interface LoadProgress {
  stage: LoadStage;
  /** Set if there was an unpacking stage before this one. */
  unpacked?: true;
  /** How much of this stage is done. */
  stageFraction: Fraction;
  /** Bytes of the file read so far and in all (of the compressed file, if it is one). */
  readBytes: Bytes;
  fileBytes: Bytes;
  /** Uncompressed text scanned so far. */
  textBytes: Bytes;
  objects: Count;
  elapsedMs: number;
  /** Uncompressed bytes a second, over the last second. */
  bytesPerSecond: number;
  /** Estimated milliseconds to the end of all stages; null while unknown. */
  remainingMs: number | null;
  /** Memory that the loaded heap will need, estimated from the part read; null while unknown. */
  estimatedMemoryBytes: Bytes | null;
  /** What was seen so far, so that the overview can fill in while the scan runs. */
  preview: LoadPreview | null;
}

/** Tallies of the part scanned so far. */
export interface LoadPreview extends Tally {
  types: TypeRow[];
  /** The largest class labels so far, by shallow size; at most 12. */
  classes: (Tally & { label: string })[];
}
