import type { DumpFile } from '../protocol/dump-file.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Bytes } from '../protocol/units.ts';
import type { TextFindings } from './byte-source.ts';

/** To the slice reader: start to read a file, take note that a slice was used, with its buffer back, or stop. */
export type SliceRequest =
  | { kind: 'start'; id: number; file: DumpFile; name: string }
  | { kind: 'used'; id: number; buffer: ArrayBuffer }
  | { kind: 'stop'; id: number };

/** From the slice reader, for the file that was started with the same id. */
export type SliceMessage =
  /** The next slice, transferred, and how far in the file as stored it goes. Its buffer is wanted back. */
  | { kind: 'slice'; id: number; slice: Uint8Array; position: Bytes }
  | { kind: 'end'; id: number; findings: TextFindings }
  | { kind: 'problem'; id: number; problem: Problem };

/** Slices that may wait to be used: enough that neither side waits for the other. */
export const SLICES_AHEAD = 2;
