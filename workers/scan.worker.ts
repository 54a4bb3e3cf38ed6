import { answerPage } from './engine-thread.ts';
import type { PackedPart } from './index-file/part.ts';
import { buffersOfSide, unpackSide } from './index-file/side-part.ts';
import type { DoTask } from './loading/scan-thread/messages.ts';
import { serveScans } from './loading/scan-thread/server.ts';

// The only other task of this thread: unpacks a part of an index file.
const unpackTask: DoTask = async task => {
  const result = await unpackSide(task as PackedPart);
  return { result, buffers: buffersOfSide(result) };
};

// The thread that scans, while a thread of its own reads and inflates, so that it never waits for bytes to be copied.
answerPage({
  connect({ heap, 'slice-reader': reader }) {
    if (heap !== undefined && reader !== undefined) serveScans(heap, reader, unpackTask);
  },
});
