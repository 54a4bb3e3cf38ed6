import type { AppStore } from '../state/app-state.ts';

/**
 * Has the browser ask before the page is left while a dump is open or being read: it would have to be read again. Not
 * otherwise: a page that may ask is not kept for the way back.
 */
export function askBeforeLeaving(store: AppStore): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  let asks = false;
  store.subscribe(({ active, loads }) => {
    const shouldAsk = active !== null || loads.length > 0;
    if (shouldAsk === asks) return;
    asks = shouldAsk;
    if (asks) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  });
}
