import type { DumpFile } from '../../protocol/dump-file.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { Scanned, ScanProgress } from '../scan.ts';

/** To the scanning thread: scan a file, or stop to. One file at a time. */
export type ScanRequest =
  | { kind: 'start'; id: number; file: DumpFile; name: string; availableBytes: Bytes }
  | { kind: 'stop'; id: number };

/** From the scanning thread, for the file that was started with the same id. */
export type ScanMessage =
  /** The request has arrived: the thread is at work on this file. */
  | { kind: 'started'; id: number }
  | { kind: 'progress'; id: number; progress: ScanProgress }
  /** All columns, handed over. */
  | { kind: 'end'; id: number; scanned: Scanned }
  /** The scan was told to stop, and has stopped. */
  | { kind: 'stopped'; id: number }
  /** A problem that is told as it is. */
  | { kind: 'problem'; id: number; problem: Problem }
  /** Anything else that was thrown, by its name and its message. */
  | { kind: 'error'; id: number; name: string; message: string };
