import type { ByteOffset, Bytes } from '../protocol/units.ts';
import type { RestartPoint } from './gzip/restart-points.ts';
import type { SpareBuffers } from './pieces.ts';

/** A range of a text. */
export interface TextRange {
  offset: ByteOffset;
  length: Bytes;
}

/** What was found out about a file while its text was read. Plain data, for whoever reads it again. */
export interface TextFindings {
  /** Why the text ends too early, or is not to be trusted; null if all is well. */
  damage: string | null;
  /** What was odd about the file and did no harm to its text; one sentence each. */
  notes: readonly string[];
  /** Where a compressed file can be read from. */
  restartPoints: readonly RestartPoint[];
}

/**
 * A file as the importer needs it: its text in slices, in order, and later any piece of the text again.
 * `fileBytes` and `position` are of the file as stored, offsets of {@link read} of its uncompressed text.
 */
export interface ByteSource {
  readonly name: string;
  readonly fileBytes: Bytes;
  readonly compressed: boolean;
  /** False where the text is not there, as after an index file: nothing can be read of it. */
  readonly hasText?: boolean;
  /** Bytes of the file that slices were made from so far. */
  readonly position: Bytes;
  /**
   * The text from its start. A slice is valid until the next one is requested. Only one pass at a time. Where slices
   * are gathered from pieces, a buffer from `spare` is taken for the next one, if there is one.
   */
  slices(spare?: SpareBuffers): AsyncIterableIterator<Uint8Array>;
  /** What the last pass found, up to where it is; or what another source of the same file had found. */
  readonly findings: TextFindings;
  /** Takes over what another source of the same file found. */
  learn(findings: TextFindings): void;
  /**
   * The requested pieces of the text; shorter at its end. For a gzip file, each piece costs inflating the text from
   * the restart point before it.
   */
  read(pieces: readonly TextRange[]): Promise<Uint8Array[]>;
}
