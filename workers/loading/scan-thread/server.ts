import { openDumpFile, readElsewhere } from '../../files/open-source.ts';
import { SliceClient, type SliceWorker } from '../../files/slice-client.ts';
import { superseded } from '../../model/cooperation.ts';
import { buffersOf } from '../../model/heap-columns.ts';
import { ProblemError, SUPERSEDED } from '../../protocol/errors.ts';
import { type ScanProgress, scanHere } from '../scan.ts';
import type { ScanMessage, ScanRequest } from './messages.ts';

/** What the server needs of its thread. */
export interface ScanThread {
  onmessage: ((event: MessageEvent<ScanRequest>) => void) | null;
  postMessage(message: ScanMessage, transfer: Transferable[]): void;
}

/** A smaller packed file is inflated by the scanning thread itself. */
const INFLATE_ELSEWHERE_BYTES = 1 << 20;

/**
 * Scans files for another thread. This one may hand over, and free, buffers as it likes: that makes every access of
 * JavaScript to typed arrays slower in the thread that does it (see `trimmed`), and here WebAssembly does the work.
 */
export function serveScans(thread: ScanThread, reader: SliceWorker): void {
  const slices = new SliceClient(reader);
  /** Id of the file that is to be scanned; 0 = none. */
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
      const opened = elsewhere ? readElsewhere(source, file, slices) : source;
      const scanned = await scanHere(opened, onProgress, availableBytes);
      thread.postMessage({ kind: 'end', id, scanned }, buffersOf(scanned.imported.columns));
    } catch (error) {
      if (error instanceof ProblemError) {
        thread.postMessage({ kind: 'problem', id, problem: error.problem }, []);
      } else if (error instanceof Error && error.name === SUPERSEDED) {
        thread.postMessage({ kind: 'stopped', id }, []);
      } else {
        const { name: errorName, message } = error instanceof Error ? error : new Error(String(error));
        thread.postMessage({ kind: 'error', id, name: errorName, message }, []);
      }
    }
  };

  thread.onmessage = ({ data }) => {
    if (data.kind === 'start') {
      current = data.id;
      thread.postMessage({ kind: 'started', id: data.id }, []);
      void scan(data);
    } else if (data.id === current) current = 0;
  };
}
