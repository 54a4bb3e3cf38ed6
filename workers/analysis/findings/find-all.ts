import { part, type Steps } from '../../model/steps.ts';
import type { Finding, FindingGroup, FindingKindInfo, Findings } from '../../protocol/findings.ts';
import type { FindingContext, FindingKind, RankedFinding } from './finding-kind.ts';
import { FINDING_KINDS } from './registry.ts';

const GROUPS: readonly FindingGroup[] = ['leak', 'waste', 'state'];

/** The input of all findings. */
export type FindingsInput = Pick<
  FindingContext,
  'snapshot' | 'retention' | 'referrers' | 'groupTable' | 'applicationRoot' | 'compared'
>;

/**
 * All findings, in order: leaks by kind and rank, then waste and facts by rank. `thresholds`: values that replace the
 * usual ones, clamped to the bounds of each. O(n) a kind.
 */
export function* findAll(
  input: FindingsInput,
  thresholds: Readonly<Record<string, number>>,
  kinds: readonly FindingKind[] = FINDING_KINDS,
): Steps<Findings> {
  const values = thresholdValues(kinds, thresholds);
  const shared = new Map<string, unknown>();
  const found: { finding: Finding; rank: number; kind: number }[] = [];
  for (const [at, kind] of kinds.entries()) {
    const context: FindingContext = {
      ...input,
      *shared<Result>(key: string, steps: () => Steps<Result>) {
        if (!shared.has(key)) shared.set(key, yield* steps());
        // A key has one type of result.
        return shared.get(key) as Result;
      },
      threshold: name => {
        const value = values.get(name);
        if (value === undefined) throw new Error(`no kind of finding declares the threshold ${name}`);
        return value;
      },
      found: found.map(({ finding }) => finding),
    };
    const ranked = yield* part(at / kinds.length, (at + 1) / kinds.length, kind.find(context));
    for (const each of ranked) found.push({ finding: asFinding(kind, each), rank: each.rank, kind: at });
  }
  found.sort(
    (a, b) =>
      GROUPS.indexOf(a.finding.group) - GROUPS.indexOf(b.finding.group) ||
      (a.finding.group === 'leak' ? a.kind - b.kind : 0) ||
      b.rank - a.rank,
  );
  return { findings: found.map(({ finding }) => finding), kinds: kinds.map(infoOf) };
}

function asFinding({ kind, group }: FindingKind, { rank: _, ...finding }: RankedFinding): Finding {
  return { kind, group, ...finding };
}

function infoOf({ kind, group, method, reference, thresholds }: FindingKind): FindingKindInfo {
  return { kind, group, method, reference, thresholds };
}

function thresholdValues(
  kinds: readonly FindingKind[],
  given: Readonly<Record<string, number>>,
): Map<string, number> {
  const values = new Map<string, number>();
  for (const { name, min, max, usual } of kinds.flatMap(({ thresholds }) => thresholds)) {
    const value = given[name];
    values.set(name, Number.isFinite(value) ? Math.min(max, Math.max(min, value!)) : usual);
  }
  return values;
}
