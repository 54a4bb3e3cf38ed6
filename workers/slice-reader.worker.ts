import { serveSlices } from './files/slice-server.ts';

// A thread that only reads and inflates, so that the one that scans never waits for bytes to be copied.
serveSlices(self);
