import type { Failure } from '../../files/thread-messages.ts';
import type { DumpFile } from '../../protocol/dump-file.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { Scanned, ScanProgress } from '../scan.ts';

/** To the scanning thread: scan a file, or stop scanning it. One file at a time. */
export type ScanRequest =
  | { kind: 'start'; id: number; file: DumpFile; name: string; availableBytes: Bytes }
  | { kind: 'stop'; id: number }
  /** Runs another task between the pieces of a file. Only {@link DoTask} and the caller know its type. */
  | { kind: 'task'; id: number; task: unknown };

/** From the scanning thread, about the file of the request with the same id. */
export type ScanMessage =
  /** The request has arrived, and the thread works on the file. */
  | { kind: 'started'; id: number }
  | { kind: 'progress'; id: number; progress: ScanProgress }
  /** All columns, transferred. */
  | { kind: 'end'; id: number; scanned: Scanned }
  | { kind: 'failed'; id: number; failure: Failure }
  /** The result of a task, with its buffers transferred. */
  | { kind: 'task-end'; id: number; result: unknown }
  | { kind: 'task-failed'; id: number; failure: Failure };

/** Other work of the scanning thread: from plain data to plain data, with the buffers of the result. */
export type DoTask = (task: unknown) => Promise<{ result: unknown; buffers: ArrayBuffer[] }>;
