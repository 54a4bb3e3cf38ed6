import type { ByteOffset, Bytes } from '../protocol/units.ts';
import type { RestartPoint } from './gzip/restart-points.ts';
import type { SpareBuffers } from './pieces.ts';

/** A range of a text. */
export interface TextRange {
  offset: ByteOffset;
  length: Bytes;
}

/** What was learned about a file while its text was read. Plain data, for other readers of the same file. */
export interface TextFindings {
  /** Why the text ends early or cannot be trusted; null if there is no damage. */
  damage: string | null;
  /** Irregularities of the file that did not affect its text; one sentence each. */
  notes: readonly string[];
  /** Points from which a compressed file can be read. */
  restartPoints: readonly RestartPoint[];
}

/**
 * A file as the importer needs it: its text in slices, in order, and later any piece of the text again. `fileBytes` and
 * `position` refer to the file as stored, the offsets of {@link read} to its uncompressed text.
 */
export interface ByteSource {
  readonly name: string;
  readonly fileBytes: Bytes;
  readonly compressed: boolean;
  /** False if there is no text to read, as after opening an index file. */
  readonly hasText?: boolean;
  /** Bytes of the file from which slices were made so far. */
  readonly position: Bytes;
  /**
   * The text from its start. A slice is valid until the next one is requested. Only one pass at a time. If slices are
   * gathered from pieces, buffers are taken from `spare` while it has any.
   */
  slices(spare?: SpareBuffers): AsyncIterableIterator<Uint8Array>;
  /** What the last pass found so far, or what was taken over from another source of the same file. */
  readonly findings: TextFindings;
  /** Takes over what another source of the same file found. */
  learn(findings: TextFindings): void;
  /**
   * The requested pieces of the text; shorter at its end. For a gzip file, each piece costs inflating the text from
   * the restart point before it.
   */
  read(pieces: readonly TextRange[]): Promise<Uint8Array[]>;
}
