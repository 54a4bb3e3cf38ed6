import type { AppStore } from '../state/store.ts';
import { filtersLeftOut, type LinkedPlace, readHash } from '../state/url.ts';

/** Reads the link in the address bar. */
export function readLink(): LinkedPlace {
  return readHash(location.hash);
}

/** Says so where filters of that link were left out: what is shown is more than the link meant. */
export function tellWhatLinkLacks(store: AppStore): void {
  const leftOut = filtersLeftOut(location.hash);
  if (leftOut === 0) return;
  store.getState().problemArose({
    code: 'link-incomplete',
    file: '',
    message: `${leftOut} of the filters in this link could not be used, so more objects are shown than it meant.`,
    advice: 'A link holds at most 50 filters. Set the others by hand.',
  });
}
