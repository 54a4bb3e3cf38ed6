import { formatCountOf } from '../format/counts.ts';
import type { AppStore, LinkedComparison } from '../state/app-state.ts';
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
  const { linkedDump, linkedTotals, linkedComparison, problemArose } = store.getState();
  // The link needs this dump, too, and the one that it is about may follow.
  if (linkedComparison !== null && isSameDump(opened, linkedComparison.against)) return;
  store.setState({ linkedDump: null, linkedTotals: null });
  if (linkedDump === null || isSameDump(opened, linkedDump)) {
    if (linkedTotals !== null && totals !== null && totals !== linkedTotals) {
      const [meant = '', here = ''] = [linkedTotals, totals].map(each =>
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
    file: linkedDump,
    message: `This link was made for ${linkedDump}, but ${opened} was opened.`,
    advice:
      'Its filters are applied where possible. To see what the link shows, open the dump that it was made for.',
  });
}

/** The comparison that a link asks for, if any. */
export function comparisonOf({ against, dump, view, scope }: LinkedPlace): LinkedComparison | null {
  return against === null ? null : { dump, against, view, scope };
}

/** Shows the comparison that a link asked for, once both of its profiles are open. */
export function showLinkedComparison(store: AppStore): void {
  const { linkedComparison, profiles, active, chips, goTo } = store.getState();
  if (linkedComparison === null) return;
  const { dump, against, view, scope } = linkedComparison;
  const front = profiles.find(({ id, name }) => (dump === null ? id === active : isSameDump(name, dump)));
  const other = profiles.findLast(
    ({ id, name, format }) => id !== front?.id && format === front?.format && isSameDump(name, against),
  );
  if (front === undefined || other === undefined) return;
  store.setState({ linkedComparison: null });
  goTo({ active: front.id, view, chips, scope: { ...scope, against: other.id }, selection: null });
}

/** Whether two file names may be the same dump: compressed or not. */
export function isSameDump(one: string, other: string): boolean {
  const text = (name: string) => name.replace(/\.(gz|zst)$/i, '');
  return text(one) === text(other);
}
