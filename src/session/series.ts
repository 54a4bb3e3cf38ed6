import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { oneLine } from '../format/names.ts';
import type { AppStore } from '../state/app-state.ts';
import { chipFor } from '../state/chips.ts';

/** Rows of the lists of a comparison that the page asks for. */
export const COMPARISON_TOP = 100;

/**
 * Shows what was compared: the last dump comes to the front, and of three or more of one process what is retained becomes
 * the current set, which is what three dumps are dropped for.
 */
export async function showComparison(service: HeapService, store: AppStore): Promise<void> {
  const last = store.getState().series.at(-1);
  if (last === undefined) return;
  const comparison = await service.ask('comparison', { snapshot: last, top: COMPARISON_TOP });
  const { activate, setChips, navigate } = store.getState();
  activate(last);
  const hasRetained = comparison !== null && comparison.retained !== null && comparison.retained.objects > 0;
  if (hasRetained) setChips([chipFor({ kind: 'filter', text: 'is:retained' })]);
  navigate('compare');
}

/** Says of which dumps nothing but what comparison needs is kept any more. */
export async function tellReduced(service: HeapService, store: AppStore): Promise<void> {
  const { snapshots, reduced, reducedChanged, setNotice } = store.getState();
  const now = await service.reducedDumps();
  const added = now.filter(id => !reduced.includes(id));
  if (now.length !== reduced.length || added.length > 0) reducedChanged(now);
  if (added.length === 0) return;
  const names = snapshots.filter(({ id }) => added.includes(id)).map(({ name }) => oneLine(name));
  setNotice(
    `To save memory, ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} reduced to what comparison needs.`,
  );
}
