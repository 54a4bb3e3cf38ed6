import { answerPage } from './engine-thread.ts';
import { doIndexTask } from './index-file/index-thread.ts';
import { serveScans } from './loading/scan-thread/server.ts';

// The thread that scans, while a thread of its own reads and inflates, so that it never waits for bytes to be copied.
answerPage({
  connect({ heap, 'slice-reader': reader }) {
    if (heap !== undefined && reader !== undefined) serveScans(heap, reader, doIndexTask);
  },
});
