/**
 * Runs before all other code of the page. The build puts it inline into `index.html`, whose policy allows it by its
 * hash. It narrows the policy, and makes a page that cannot start say so.
 */
import { cachePrefix, SERVICE_WORKER_FILE } from '../../workers/protocol/offline.ts';

narrowPolicy();
window.addEventListener('error', event => failed(event), true);
window.addEventListener('unhandledrejection', ({ reason }) => failed({ message: String(reason) }));

/**
 * The policy in `index.html` has to allow worker scripts of the page's own origin, or the service worker could not be
 * registered. Policies can only narrow each other, and the page's address is known only at run time: this policy allows
 * the service worker's script alone. The other directives are repeated because shared workers in WebKitGTK 2.50 inherit
 * only the last policy.
 */
function narrowPolicy(): void {
  const given = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  if (given === null) return; // The page notices, and does not start.
  const { origin, pathname, protocol } = new URL(SERVICE_WORKER_FILE, document.baseURI);
  // Characters that would end the source expression in a policy.
  const path = pathname.replace(/[;,]/g, encodeURIComponent);
  const workers = `worker-src blob:${protocol.startsWith('http') ? ` ${origin}${path}` : ''}`;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = given.content.replace(/worker-src [^;]*/, () => workers);
  document.head.append(policy);
}

/** Something went wrong. If that leaves the page blank, show an error and how to recover. */
function failed({ message }: { message?: string }): void {
  // React reports the error first and unmounts its tree afterwards, so look in the next task.
  setTimeout(() => {
    const root = document.getElementById('root');
    if (root === null || root.childElementCount > 0) return;
    const box = document.createElement('main');
    box.append(
      element('h1', 'Heapscape could not start'),
      element('p', message ? `The browser says: ${message}` : 'Some of its files could not be loaded.'),
      element('p', 'It needs Chrome or Edge 97, Firefox 114, Safari 16.4, or newer.'),
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

/** Deletes the stored copies of the page itself, but no data that the user saved. */
async function forgetVersions(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined) return;
  await registration.unregister();
  const prefix = cachePrefix(registration.scope);
  const names = (await caches.keys()).filter(name => name.startsWith(prefix));
  await Promise.all(names.map(name => caches.delete(name)));
}
