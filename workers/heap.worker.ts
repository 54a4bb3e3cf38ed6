import { expose } from 'comlink';
import { HeapSession } from './service/heap-session.ts';
import { tabMemoryBytes } from './service/memory.ts';

// All of the worker's state is in the session; the page talks to it through the methods of `HeapService`.
const scanner = new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' });
// Chromium alone tells, and the types do not know it.
const { deviceMemory } = navigator as { deviceMemory?: number };
const session = new HeapSession(scanner, tabMemoryBytes(deviceMemory));
expose(session);

/** Long enough for the page to appear first. */
const WARM_UP_DELAY_MS = 300;
setTimeout(() => void session.warmUp(), WARM_UP_DELAY_MS);
