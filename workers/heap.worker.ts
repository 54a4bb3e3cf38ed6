import { expose } from 'comlink';
import { HeapSession } from './service/heap-session.ts';

// All of the worker's state is in the session; the page talks to it through the methods of `HeapService`.
const reader = new Worker(new URL('./slice-reader.worker.ts', import.meta.url), { type: 'module' });
const session = new HeapSession(reader);
expose(session);

/** Long enough for the page to appear first. */
const WARM_UP_DELAY_MS = 300;
setTimeout(() => void session.warmUp(), WARM_UP_DELAY_MS);
