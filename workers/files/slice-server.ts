import { ProblemError } from '../protocol/errors.ts';
import { Discarder } from './discard.ts';
import { openDumpFile } from './open-source.ts';
import { SLICES_AHEAD, type SliceMessage, type SliceRequest } from './slice-messages.ts';

/** What the server needs of its thread. */
export interface SliceThread {
  onmessage: ((event: MessageEvent<SliceRequest>) => void) | null;
  postMessage(message: SliceMessage, transfer: Transferable[]): void;
}

/** Buffers that are kept for the next slices: one that is filled, and those that are used by then. */
const KEPT = SLICES_AHEAD + 2;

/** Reads (and inflates) files for another thread, a few slices ahead of it. */
export function serveSlices(thread: SliceThread): void {
  let current = 0;
  let ahead = 0;
  let wake: (() => void) | null = null;
  /** Buffers that came back: new ones would cost a page fault for every 4 KiB. */
  const returned: ArrayBuffer[] = [];
  const discarder = new Discarder();
  /** The last slice was sent: no buffer is needed any more. */
  let ended = false;

  const discardReturned = (): void => {
    for (const buffer of returned.splice(0)) discarder.discard(buffer);
  };

  const send = async ({ id, file, name }: Extract<SliceRequest, { kind: 'start' }>): Promise<void> => {
    try {
      const source = await openDumpFile(file, name);
      for await (const slice of source.slices(() => returned.pop())) {
        while (ahead >= SLICES_AHEAD && current === id) {
          await new Promise<void>(resolve => {
            wake = resolve;
          });
        }
        if (current !== id) return;
        ahead++;
        const { position } = source;
        thread.postMessage({ kind: 'slice', id, slice, position }, [slice.buffer as ArrayBuffer]);
      }
      thread.postMessage({ kind: 'end', id, findings: source.findings }, []);
    } catch (error) {
      const problem =
        error instanceof ProblemError
          ? error.problem
          : {
              code: 'unreadable-file' as const,
              file: name,
              message: 'The file could not be read to its end.',
              advice: 'Choose it again.',
              details: String(error),
            };
      thread.postMessage({ kind: 'problem', id, problem }, []);
    } finally {
      if (current === id) {
        ended = true;
        discardReturned();
      }
    }
  };

  thread.onmessage = ({ data }) => {
    if (data.kind === 'start') {
      current = data.id;
      ahead = 0;
      ended = false;
      void send(data);
    } else if (data.kind === 'stop') {
      if (data.id === current) current = 0;
      discardReturned();
    } else {
      if (data.id === current) ahead--;
      returned.push(data.buffer);
      if (ended || data.id !== current || returned.length > KEPT) discardReturned();
    }
    wake?.();
    wake = null;
  };
}
