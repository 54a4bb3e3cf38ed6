import type { Comparison } from '../protocol/comparison.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import type { SnapshotId } from '../protocol/units.ts';
import { HeapSession } from '../service/heap-session.ts';

/** Dumps that are open as a series. */
export interface OpenSeries {
  session: HeapSession;
  infos: SnapshotInfo[];
  /** Ids in the order of the series. */
  ids: SnapshotId[];
  comparison: Comparison;
}

/** Opens texts of dumps as a series in a new session. `names`: by default `1.json`, `2.json` … */
export async function openSeries(
  texts: readonly (string | Uint8Array)[],
  { names = texts.map((_, at) => `${at + 1}.json`), order = 'given' as 'given' | 'taken' } = {},
): Promise<OpenSeries> {
  const session = new HeapSession();
  const infos: SnapshotInfo[] = [];
  for (const [at, text] of texts.entries()) {
    const blob = new Blob([text as string | Uint8Array<ArrayBuffer>]);
    const outcome = await session.open(blob, { loadId: at + 1, name: names[at]! }, () => undefined);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    infos.push(outcome.value);
  }
  const ids = await session.setSeries(
    infos.map(info => info.id),
    order,
  );
  const comparison = await session.ask('comparison', { snapshot: ids[0]!, top: 1000 });
  if (comparison === null) throw new Error('the dumps are in no series');
  return { session, infos, ids, comparison };
}

/** Addresses of the objects that a filter finds in an open dump. */
export async function addressesOf(
  session: HeapSession,
  snapshot: SnapshotId,
  text: string,
): Promise<Set<string>> {
  const { rows } = await session.ask('objects', {
    snapshot,
    set: { kind: 'filter', text },
    sort: 'address',
    descending: false,
    offset: 0,
    limit: 1000,
  });
  return new Set(rows.map(row => row.address));
}
