import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { chipFor } from '../state/chips.ts';
import type { AppStore } from '../state/store.ts';

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
