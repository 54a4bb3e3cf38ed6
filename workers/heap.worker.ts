import { expose } from 'comlink';
import { answerPage } from './engine-thread.ts';
import { ScanClient } from './loading/scan-thread/client.ts';
import { HeapSession } from './service/heap-session.ts';
import { tabMemoryBytes } from './service/memory.ts';

// All of the worker's state is in the session; the page talks to it through the methods of `HeapService`.
const scanner = new ScanClient(() => tell({ kind: 'scan-stuck' }));
// Chromium alone tells, and the types do not know it.
const { deviceMemory } = navigator as { deviceMemory?: number };
// Ids of dumps start at the time of day: a thread that replaces a lost one never uses an id again that the page knows.
const firstId = Math.floor(performance.timeOrigin);
const session = new HeapSession(scanner, tabMemoryBytes(deviceMemory), firstId);

const tell = answerPage({
  connect({ page, scan }) {
    if (page !== undefined) expose(session, page);
    if (scan !== undefined) scanner.connect(scan);
  },
  scanUnavailable: details => scanner.fail(details),
});

/** Long enough for the page to appear first. */
const WARM_UP_DELAY_MS = 300;
setTimeout(() => void session.warmUp(), WARM_UP_DELAY_MS);
