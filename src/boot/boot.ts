/**
 * Runs before anything else of the page; the build puts it into `index.html`, and the policy there allows it by its
 * hash. It narrows the policy, and sees to it that a page that cannot start says so.
 */
import { cachePrefix, SERVICE_WORKER_FILE } from '../../workers/protocol/offline.ts';

narrowPolicy();
window.addEventListener('error', event => failed(event), true);
window.addEventListener('unhandledrejection', ({ reason }) => failed({ message: String(reason) }));

/**
 * The policy of `index.html` has to let scripts of the own origin become workers, or there were no service worker.
 * Policies can only narrow each other, and only here is the page's address known: from now on the one script is the service
 * worker's. The rest is repeated, because shared workers in WebKitGTK 2.50 inherit only the last policy.
 */
function narrowPolicy(): void {
  const given = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  if (given === null) return; // The page notices, and does not start.
  const { origin, pathname, protocol } = new URL(SERVICE_WORKER_FILE, document.baseURI);
  // What would end the source in a policy.
  const path = pathname.replace(/[;,]/g, encodeURIComponent);
  const workers = `worker-src blob:${protocol.startsWith('http') ? ` ${origin}${path}` : ''}`;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = given.content.replace(/worker-src [^;]*/, () => workers);
  document.head.append(policy);
}

/** Something went wrong. If that leaves the page blank, it says so, and how to get it back. */
function failed({ message }: { message?: string }): void {
  // React takes away what it drew after it has told of the error.
  setTimeout(() => {
    const root = document.getElementById('root');
    if (root === null || root.childElementCount > 0) return;
    const box = document.createElement('main');
    box.append(
      element('h1', 'Heapscape could not start'),
      element('p', message ? `The browser says: ${message}` : 'Some of its files could not be loaded.'),
      element('p', 'Chrome and Edge from 97 on, Firefox from 114 and Safari from 16.4 can run it.'),
      button('Try again', () => location.reload()),
      button(
        'Delete the stored version and try again',
        () => void forgetVersions().finally(() => location.reload()),
      ),
    );
    root.append(box);
  });
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function button(text: string, act: () => void): HTMLElement {
  const made = element('button', text);
  made.addEventListener('click', act);
  return made;
}

/** Deletes what is stored of the page itself, and nothing that the user keeps. */
async function forgetVersions(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined) return;
  await registration.unregister();
  const prefix = cachePrefix(registration.scope);
  const names = (await caches.keys()).filter(name => name.startsWith(prefix));
  await Promise.all(names.map(name => caches.delete(name)));
}
