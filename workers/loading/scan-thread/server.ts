import { openDumpFile, readInThread } from '../../files/open-source.ts';
import { SliceClient, type SliceWorker } from '../../files/slice-client.ts';
import { failureOf, type ThreadEnd } from '../../files/thread-messages.ts';
import { superseded } from '../../model/cooperation.ts';
import { buffersOf } from '../../model/heap-columns.ts';
import { type ScanProgress, scanHere } from '../scan.ts';
import type { DoTask, ScanMessage, ScanRequest } from './messages.ts';

/** Smaller compressed files are inflated by the scanning thread itself. */
const INFLATE_ELSEWHERE_BYTES = 1 << 20;

/**
 * Scans files for another thread. It is free to transfer and detach buffers, which slows down every access to typed
 * arrays from JavaScript in the same thread (see `trimmed`): here WebAssembly does the work.
 */
export function serveScans(
  thread: ThreadEnd<ScanRequest, ScanMessage>,
  reader: SliceWorker,
  doTask: DoTask,
): void {
  const slices = new SliceClient(reader);
  /** Id of the file to scan; 0 = none. */
  let current = 0;

  const scan = async ({
    id,
    file,
    name,
    availableBytes,
  }: Extract<ScanRequest, { kind: 'start' }>): Promise<void> => {
    try {
      const source = await openDumpFile(file, name);
      const elsewhere = source.compressed && file.size >= INFLATE_ELSEWHERE_BYTES;
      const onProgress = (progress: ScanProgress) => {
        if (current !== id) throw superseded();
        thread.postMessage({ kind: 'progress', id, progress }, []);
      };
      const opened = elsewhere ? readInThread(source, file, slices) : source;
      const scanned = await scanHere(opened, onProgress, availableBytes);
      thread.postMessage({ kind: 'end', id, scanned }, buffersOf(scanned.imported.columns));
    } catch (error) {
      thread.postMessage({ kind: 'failed', id, failure: failureOf(error) }, []);
    }
  };

  const help = async (id: number, task: unknown): Promise<void> => {
    try {
      const { result, buffers } = await doTask(task);
      thread.postMessage({ kind: 'task-end', id, result }, buffers);
    } catch (error) {
      thread.postMessage({ kind: 'task-failed', id, failure: failureOf(error) }, []);
    }
  };

  thread.onmessage = ({ data }) => {
    if (data.kind === 'task') void help(data.id, data.task);
    else if (data.kind === 'start') {
      current = data.id;
      thread.postMessage({ kind: 'started', id: data.id }, []);
      void scan(data);
    } else if (data.id === current) current = 0;
  };
}
