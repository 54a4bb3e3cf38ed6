import { serveScans } from './loading/scan-thread/server.ts';

// The thread that scans, while a thread of its own reads and inflates, so that it never waits for bytes to be copied.
const reader = new Worker(new URL('./slice-reader.worker.ts', import.meta.url), { type: 'module' });
serveScans(self, reader);
