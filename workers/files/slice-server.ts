import { ProblemError } from '../protocol/errors.ts';
import { Discarder } from './discard.ts';
import { openDumpFile } from './open-source.ts';
import { SLICES_AHEAD, type SliceMessage, type SliceRequest } from './slice-messages.ts';
import { failureOf, type ThreadEnd } from './thread-messages.ts';

/** Number of buffers that are kept for the next slices: one being filled, and those in use meanwhile. */
const KEPT = SLICES_AHEAD + 2;

/** Reads (and inflates) files for another thread, a few slices ahead of it. */
export function serveSlices(thread: ThreadEnd<SliceRequest, SliceMessage>): void {
  let current = 0;
  let ahead = 0;
  let wake: (() => void) | null = null;
  /** Returned buffers, for reuse: new ones would cost a page fault for every 4 KiB. */
  const returned: ArrayBuffer[] = [];
  const discarder = new Discarder();
  /** Whether the last slice was sent, so that buffers are no longer needed. */
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
      const thrown = error instanceof ProblemError ? error : unreadable(name, error);
      thread.postMessage({ kind: 'failed', id, failure: failureOf(thrown) }, []);
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

function unreadable(file: string, error: unknown): ProblemError {
  return new ProblemError({
    code: 'unreadable-file',
    file,
    message: 'The file could not be read to its end.',
    advice: 'Choose it again.',
    details: String(error),
  });
}
