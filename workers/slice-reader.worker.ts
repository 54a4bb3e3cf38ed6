import { answerPage } from './engine-thread.ts';
import { serveSlices } from './files/slice-server.ts';

// A thread that only reads and inflates, so that the one that scans never waits for bytes to be copied.
answerPage({
  connect({ scan }) {
    if (scan !== undefined) serveSlices(scan);
  },
});
