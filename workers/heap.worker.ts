import { expose } from 'comlink';
import { answerPage } from './engine-thread.ts';
import { ScanClient } from './loading/scan-thread/client.ts';
import { HeapSession } from './service/heap-session.ts';
import { tabMemoryBytes } from './service/memory.ts';

// The session holds all of the worker's state. The page calls it through the methods of `HeapService`.
const scanner = new ScanClient(() => post({ kind: 'scan-stuck' }));
// Only Chromium has it, and it is missing from the types.
const { deviceMemory } = navigator as { deviceMemory?: number };
// Ids of dumps start at the current time, so a thread that replaces a lost one never reuses an id that the page knows.
const firstId = Math.floor(performance.timeOrigin);
const session = new HeapSession(scanner, tabMemoryBytes(deviceMemory), firstId);

const post = answerPage({
  connect({ page, scan }) {
    if (page !== undefined) expose(session, page);
    if (scan !== undefined) scanner.connect(scan);
  },
  scanUnavailable: details => scanner.fail(details),
});

/** Long enough for the page to appear first. */
const WARM_UP_DELAY_MS = 300;
setTimeout(() => void session.warmUp(), WARM_UP_DELAY_MS);
