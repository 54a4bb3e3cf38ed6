import { SERVICE_WORKER_FILE, USE_NEW_VERSION } from '../../workers/protocol/offline.ts';

/** Whether the page works without a network. */
export type OfflineState =
  /** The browser does not support it, or the page is served by a program on this machine. */
  | { kind: 'none' }
  | { kind: 'storing' }
  | { kind: 'stored' }
  /** A newer version is stored, and will be used from the next reload on. */
  | { kind: 'new-version' }
  | { kind: 'failed'; reason: string };

/** The stored copy of the page itself; it never contains data from a dump. */
export interface Offline {
  state(): OfflineState;
  /** Calls back at each change until the returned function is called. */
  subscribe(callback: () => void): () => void;
  /** Reloads the page with the newer version. */
  takeNewVersion(): void;
}

/** `heapscape` and `npm start` serve the page only while they run, and the same port may serve another page next time. */
const NOT_HOSTED = '127.0.0.1';
/**
 * The browser checks for a new version when the page is opened. A tab that stays open checks when the user returns to
 * it, but not more often than this.
 */
const CHECK_INTERVAL_MS = 60 * 60 * 1000;

/** Has the browser store the page after it has loaded, and checks for newer versions. */
export function keepPageOffline(
  container: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Offline {
  let state: OfflineState = { kind: 'none' };
  let registration: ServiceWorkerRegistration | null = null;
  const callbacks = new Set<() => void>();
  const change = (next: OfflineState) => {
    state = next;
    for (const callback of [...callbacks]) callback();
  };

  const update = () => {
    if (registration === null) return;
    const { installing, waiting, active } = registration;
    // If no worker is active, the waiting one is the first version, and takes over by itself.
    if (waiting !== null && active !== null) change({ kind: 'new-version' });
    else if (active !== null) change({ kind: 'stored' });
    else if (installing?.state === 'redundant') change({ kind: 'failed', reason: 'some files were missing' });
  };
  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'redundant' && registration?.active === null) {
        change({ kind: 'failed', reason: 'not all of its files could be fetched' });
      } else update();
    });
  };
  const register = async (workers: ServiceWorkerContainer) => {
    change({ kind: 'storing' });
    try {
      const registered = await workers.register(`./${SERVICE_WORKER_FILE}`, { updateViaCache: 'none' });
      registration = registered;
      for (const worker of [registered.installing, registered.waiting, registered.active]) follow(worker);
      registered.addEventListener('updatefound', () => follow(registered.installing));
      update();
      checkOnReturn(registered);
    } catch (error) {
      change({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  if (import.meta.env.PROD && container !== undefined && location.hostname !== NOT_HOSTED) {
    // Loading the page comes first.
    if (document.readyState === 'complete') void register(container);
    else window.addEventListener('load', () => void register(container), { once: true });
  }

  return {
    state: () => state,
    subscribe(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    takeNewVersion() {
      container?.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration?.waiting?.postMessage(USE_NEW_VERSION);
    },
  };
}

function checkOnReturn(registration: ServiceWorkerRegistration): void {
  let checkedAt = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < CHECK_INTERVAL_MS) return;
    checkedAt = Date.now();
    // Without a network, checking for updates fails; the next check may succeed.
    registration.update().catch(() => undefined);
  });
}
