import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import { oneLine } from '../format/names.ts';
import type { AppStore } from '../state/app-state.ts';
import { chipFor } from '../state/chips.ts';

/** Maximum number of rows that the page requests for each list of a comparison. */
export const COMPARISON_TOP = 100;

/**
 * Shows the comparison: activates the last dump. For three or more dumps of one process, the retained objects become
 * the current set, which is the purpose of comparing three dumps.
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

/** Updates which dumps are reduced, and shows a notice about newly reduced ones. */
export async function updateReducedDumps(service: HeapService, store: AppStore): Promise<void> {
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

/** Manages which open dumps are compared. */
export interface Comparisons {
  /** See `FileManager`. */
  compare(dumps: readonly SnapshotId[], order?: 'taken' | 'given'): Promise<void>;
  reduce(id: SnapshotId): Promise<void>;
  /**
   * Compares dumps that were opened together; a single dump is added to the series, or compared with the only other
   * open dump. Calls run one after the other, so that the dumps of a second drop join those of the first.
   */
  join(opened: readonly SnapshotId[]): Promise<void>;
}

export function createComparisons(service: HeapService, store: AppStore): Comparisons {
  /** Resolves when the dumps of earlier drops have been compared; failures are reported by their callers. */
  let lastJoined: Promise<void> = Promise.resolve();

  async function compare(dumps: readonly SnapshotId[], order: 'taken' | 'given' = 'taken') {
    const { series, seriesChanged } = store.getState();
    const ordered = await service.setSeries([...dumps], order);
    for (const id of series) if (!dumps.includes(id)) await service.setSeries([id], 'given');
    seriesChanged(ordered);
  }

  async function reduce(id: SnapshotId) {
    const { active, series, reduced, activate } = store.getState();
    const whole = series.filter(other => other !== id && !reduced.includes(other)).at(-1);
    // Switch the views to a dump that is not reduced.
    if (active === id && whole !== undefined) activate(whole);
    await service.reduce(id);
    await updateReducedDumps(service, store);
  }

  function join(loaded: readonly SnapshotId[]): Promise<void> {
    const joined = lastJoined.then(() => joinNow(loaded));
    lastJoined = joined.catch(() => undefined);
    return joined;
  }

  async function joinNow(loaded: readonly SnapshotId[]) {
    const { snapshots, series } = store.getState();
    // A dump may have been closed while the others were being read.
    const opened = loaded.filter(id => snapshots.some(snapshot => snapshot.id === id));
    const alone = snapshots.length === opened.length + 1 ? snapshots.map(({ id }) => id) : [];
    const others = series.length > 0 ? series : alone;
    const all = [...new Set([...others, ...opened])];
    if (opened.length === 0 || all.length < 2) return;
    await compare(all);
    if (opened.length > 1) await showComparison(service, store);
  }

  return { compare, reduce, join };
}
