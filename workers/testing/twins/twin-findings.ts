import type { FindingKind } from '../../analysis/findings/finding-kind.ts';
import type { Finding } from '../../protocol/findings.ts';
import { findIn } from '../find-kind.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { type Amount, groupsOf, OracleTree } from '../oracle-tree.ts';
import { readSnapshot } from '../snapshot-columns.ts';

/** The bytes that one object wastes. */
export interface Wasted {
  object: OracleObject;
  bytes: number;
}

/** The numbers of one finding, by its definition. */
export interface TwinFinding extends Amount {
  id: string;
  figures?: Record<string, number>;
  /** The objects that the rows by allocation site and by holder add up. */
  wasted?: readonly Wasted[];
  /** Rows of its evidence by label. The finding shows those with the most bytes. */
  rows?: readonly (Amount & { label: string; detail: string })[];
  /** Bytes of each generation, without generations that have none. */
  byGeneration?: ReadonlyMap<number, number>;
  /** Addresses of all objects that may be shown first; the finding determines how many it shows. */
  shown?: readonly string[];
}

/** Everything that a kind should find in a heap with the lowest thresholds: a naive second implementation. */
export type Twin = (tree: OracleTree) => TwinFinding[];

/** Kinds with their twins and, if the kind limits its findings, their maximum number. */
export type Twins = readonly (readonly [kind: FindingKind, twin: Twin, most?: number])[];

/** A finding about waste, whose numbers are sums. None if the sum is 0 bytes. */
export function wasteTwin(
  id: string,
  wasted: readonly Wasted[],
  figures: Record<string, number> = {},
): TwinFinding[] {
  const bytes = wasted.reduce((sum, each) => sum + each.bytes, 0);
  return bytes === 0 ? [] : [{ id, objects: wasted.length, bytes, figures, wasted }];
}

/**
 * Descriptions of the differences between kinds and their twins in a dump; empty if they agree. `foundByKind` counts
 * the findings of each kind, so that a test can check that all were found. All thresholds are at their lowest.
 */
export async function twinDifferences(
  bytes: Uint8Array,
  twins: Twins,
  foundByKind: Map<string, number>,
): Promise<string[]> {
  const tree = new OracleTree(bytes);
  const read = await readSnapshot(bytes);
  return twins.flatMap(([kind, twin, most]) => {
    const found = findIn(read, kind);
    foundByKind.set(kind.kind, (foundByKind.get(kind.kind) ?? 0) + found.length);
    return findingDifferences(tree, found, twin(tree), most);
  });
}

/** Differences for one kind, which has at most `most` findings. Findings are matched by their id. */
export function findingDifferences(
  tree: OracleTree,
  found: readonly Finding[],
  expected: readonly TwinFinding[],
  most = Number.POSITIVE_INFINITY,
): string[] {
  // If there are too many findings, the smallest are left out.
  const least = found.length < most ? 0 : Math.min(...found.map(({ bytes }) => bytes));
  const ids = found.map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map(id => `two findings have the id ${id}`);
  const missing = expected
    .filter(({ id, bytes }) => !ids.includes(id) && bytes > least)
    .map(({ id }) => `${id} was not found`);
  return [
    ...twice,
    ...missing,
    ...found.flatMap(finding => {
      const twin = expected.find(({ id }) => id === finding.id);
      return twin === undefined ? [`${finding.id} should not be found`] : differencesOf(tree, finding, twin);
    }),
  ];
}

function differencesOf(tree: OracleTree, finding: Finding, twin: TwinFinding): string[] {
  const numbers: [string, number | undefined, number | undefined][] = [
    ['objects', finding.objects, twin.objects],
    ['bytes', finding.bytes, twin.bytes],
  ];
  const names = new Set([...Object.keys(finding.figures), ...Object.keys(twin.figures ?? {})]);
  for (const name of names) numbers.push([name, finding.figures[name], twin.figures?.[name]]);
  if (twin.byGeneration !== undefined) {
    const { generations, bytes } = finding.byGeneration ?? { generations: [], bytes: [] };
    const own = new Map(generations.map((generation, at) => [generation, bytes[at]!]));
    for (const generation of new Set([...own.keys(), ...twin.byGeneration.keys()])) {
      numbers.push([`b(${generation})`, own.get(generation), twin.byGeneration.get(generation)]);
    }
  }
  const wrong = numbers
    .filter(([, own, expected]) => !areEqual(own, expected))
    .map(([name, own, expected]) => `${finding.id}: ${name} is ${own}, should be ${expected}`);
  const { shown } = twin;
  if (shown !== undefined) {
    const strange = finding.objectsShown.filter(address => !shown.includes(address));
    if (strange.length > 0 || finding.objectsShown.length !== Math.min(20, shown.length))
      wrong.push(`${finding.id}: shows ${finding.objectsShown.join(' ')} of ${shown.join(' ')}`);
  }
  for (const { label, detail, objects, bytes } of twin.rows === undefined ? [] : finding.evidence) {
    const row = twin.rows?.find(each => each.label === label);
    if (row?.objects !== objects || row.bytes !== bytes || row.detail !== detail)
      wrong.push(
        `${finding.id}: row ${label} is ${objects}, ${bytes}, ${detail}; should be ${JSON.stringify(row)}`,
      );
  }
  return twin.wasted === undefined ? wrong : [...wrong, ...rowDifferences(tree, finding, twin.wasted)];
}

/** Rows that list sites and the classes of holders, the most bytes first. */
function rowDifferences(tree: OracleTree, { id, evidence }: Finding, wasted: readonly Wasted[]): string[] {
  const bySite = groupsOf(wasted, ({ object }) =>
    object.file === null || object.file === '' ? null : `${object.file}:${object.line ?? 0}`,
  );
  const byHolder = groupsOf(wasted, ({ object }) => tree.holderOf(object)?.label ?? null);
  return (
    [
      ['allocation site', bySite, 5],
      ['holds them', byHolder, 3],
    ] as const
  ).flatMap(([detail, groups, most]) => {
    const rows = evidence.filter(row => row.detail === detail);
    const all = [...groups].map(([label, members]) => ({
      label,
      objects: members.length,
      bytes: members.reduce((sum, { bytes }) => sum + bytes, 0),
    }));
    const largest = all
      .map(({ bytes }) => bytes)
      .sort((a, b) => b - a)
      .slice(0, most);
    const isThere = rows.every(row =>
      all.some(
        ({ label, objects, bytes }) => row.label === label && row.objects === objects && row.bytes === bytes,
      ),
    );
    return isThere && JSON.stringify(rows.map(({ bytes }) => bytes)) === JSON.stringify(largest)
      ? []
      : [
          `${id}: rows "${detail}" are ${JSON.stringify(rows)}, should be the largest of ${JSON.stringify(all)}`,
        ];
  });
}

function areEqual(own: number | undefined, expected: number | undefined): boolean {
  if (own === undefined || expected === undefined) return own === expected;
  return Math.abs(own - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}
