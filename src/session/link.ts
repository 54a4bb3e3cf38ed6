import { formatCountOf } from '../format/counts.ts';
import type { AppStore, WantedComparison } from '../state/app-state.ts';
import { type LinkedPlace, readHash, unusableFilterCount } from '../state/place-hash.ts';

/** Reads the link in the address bar. */
export function readLink(): LinkedPlace {
  return readHash(location.hash);
}

/** Adds a problem if filters of that link could not be read: more is shown than the link meant. */
export function reportUnusableFilters(store: AppStore): void {
  const leftOut = unusableFilterCount(location.hash);
  if (leftOut === 0) return;
  store.getState().problemArose({
    code: 'link-incomplete',
    file: '',
    message: `${leftOut} of the filters in this link could not be used, so more objects are shown than intended.`,
    advice: 'A link holds at most 50 filters. Add the others by hand.',
  });
}

/**
 * Adds a problem if the opened dump is not the one that the link was made for: its name differs or, with the same name,
 * its totals. `totals`: of a heap, as in links; null for other files.
 */
export function reportLinkMismatch(store: AppStore, opened: string, totals: string | null): void {
  const { wantedDump, wantedTotals, wantedComparison, problemArose } = store.getState();
  // The link needs this dump, too, and the one that it is about may follow.
  if (wantedComparison !== null && isSameDump(opened, wantedComparison.against)) return;
  store.setState({ wantedDump: null, wantedTotals: null });
  if (wantedDump === null || isSameDump(opened, wantedDump)) {
    if (wantedTotals !== null && totals !== null && totals !== wantedTotals) {
      const [meant = '', here = ''] = [wantedTotals, totals].map(each =>
        formatCountOf(Number.parseInt(each, 10), 'object'),
      );
      problemArose({
        code: 'link-other-dump',
        file: opened,
        message: `This link was made for another dump named ${opened}: that one has ${meant}, this one has ${here}.`,
        advice:
          'Its filters are applied where possible. To see what the link shows, open the dump that it was made for.',
      });
    }
    return;
  }
  problemArose({
    code: 'link-other-dump',
    file: wantedDump,
    message: `This link was made for ${wantedDump}, but ${opened} was opened.`,
    advice:
      'Its filters are applied where possible. To see what the link shows, open the dump that it was made for.',
  });
}

/** The comparison that a link asks for, if any. */
export function comparisonOf({ against, dump, view, scope }: LinkedPlace): WantedComparison | null {
  return against === null ? null : { dump, against, view, scope };
}

/** Shows the comparison that a link asked for, once both of its profiles are open. */
export function showWantedComparison(store: AppStore): void {
  const { wantedComparison, profiles, active, chips, goTo } = store.getState();
  if (wantedComparison === null) return;
  const { dump, against, view, scope } = wantedComparison;
  const front = profiles.find(({ id, name }) => (dump === null ? id === active : isSameDump(name, dump)));
  const other = profiles.findLast(
    ({ id, name, format }) => id !== front?.id && format === front?.format && isSameDump(name, against),
  );
  if (front === undefined || other === undefined) return;
  store.setState({ wantedComparison: null });
  goTo({ active: front.id, view, chips, scope: { ...scope, against: other.id }, selection: null });
}

/** Whether two file names may be the same dump: compressed or not. */
export function isSameDump(one: string, other: string): boolean {
  const text = (name: string) => name.replace(/\.(gz|zst)$/i, '');
  return text(one) === text(other);
}
