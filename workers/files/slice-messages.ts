import type { DumpFile } from '../protocol/dump-file.ts';
import type { Bytes } from '../protocol/units.ts';
import type { TextFindings } from './byte-source.ts';
import type { Failure } from './thread-messages.ts';

/** To the slice reader: start to read a file, take back the buffer of a used slice, or stop. */
export type SliceRequest =
  | { kind: 'start'; id: number; file: DumpFile; name: string }
  | { kind: 'used'; id: number; buffer: ArrayBuffer }
  | { kind: 'stop'; id: number };

/** From the slice reader, about the file of the request with the same id. */
export type SliceMessage =
  /** The next slice, transferred, and its end in the file as stored. The buffer has to be returned. */
  | { kind: 'slice'; id: number; slice: Uint8Array; position: Bytes }
  | { kind: 'end'; id: number; findings: TextFindings }
  | { kind: 'failed'; id: number; failure: Failure };

/** Number of slices that may wait for the consumer: enough that neither side waits for the other. */
export const SLICES_AHEAD = 2;
