import type { AppStore } from '../state/app-state.ts';

/**
 * Makes the browser ask before the page is left while a dump is open or being read, since it would have to be read
 * again. The listener is removed otherwise: browsers do not keep pages with such a listener in the back/forward cache.
 */
export function confirmLeaving(store: AppStore): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let isAsking = false;
  store.subscribe(({ active, loads }) => {
    const shouldAsk = active !== null || loads.length > 0;
    if (shouldAsk === isAsking) return;
    isAsking = shouldAsk;
    if (isAsking) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  });
}
