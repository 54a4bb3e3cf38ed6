import { type FindingsInput, findAll } from '../analysis/findings/find-all.ts';
import type { FindingContext, FindingKind } from '../analysis/findings/finding-kind.ts';
import { MIN_WASTE_BYTES } from '../analysis/findings/sweeps.ts';
import { groupTable } from '../analysis/grouping.ts';
import { buildReferrers } from '../indexes/referrers.ts';
import { runToEnd } from '../model/steps.ts';
import type { Finding } from '../protocol/findings.ts';
import type { PairKey } from '../protocol/object-set.ts';
import { heapFromText } from './heap-from-text.ts';
import { type ReadSnapshot, readSnapshot } from './snapshot-columns.ts';

/** All findings of one kind in a heap, however small, unless `thresholds` say otherwise. */
export function findIn(
  { snapshot, retention }: ReadSnapshot,
  kind: FindingKind,
  thresholds: Readonly<Record<string, number>> = {},
): Finding[] {
  const lowest = Object.fromEntries(
    [...kind.thresholds, MIN_WASTE_BYTES].map(({ name, min }) => [name, min] as const),
  );
  const input = inputOf({ snapshot, retention });
  const declared = kind.thresholds.some(({ name }) => name === MIN_WASTE_BYTES.name)
    ? kind
    : { ...kind, thresholds: [...kind.thresholds, MIN_WASTE_BYTES] };
  return runToEnd(findAll(input, { ...lowest, ...thresholds }, [declared])).findings;
}

/** Like {@link findIn}, in a heap drawn as text. */
export async function findInDrawn(
  drawing: string,
  kind: FindingKind,
  thresholds: Readonly<Record<string, number>> = {},
): Promise<{ findings: Finding[]; address(name: string): string }> {
  const drawn = heapFromText(drawing);
  return { findings: findIn(await readSnapshot(drawn.bytes), kind, thresholds), address: drawn.address };
}

/** The context of a kind, for testing one function that uses it; nothing is shared. */
export function contextOf(read: Pick<ReadSnapshot, 'snapshot' | 'retention'>): FindingContext {
  return { ...inputOf(read), shared: (_, steps) => steps(), threshold: () => 0, found: [] };
}

function inputOf({ snapshot, retention }: Pick<ReadSnapshot, 'snapshot' | 'retention'>): FindingsInput {
  return {
    snapshot,
    retention,
    referrers: () => buildReferrers(snapshot.references),
    compared: null,
    applicationRoot: '',
    groupTable: (key: PairKey) => groupTable(snapshot, key, ''),
  };
}
