import type { Report } from '../protocol/report.ts';
import type { OracleDump, OracleObject } from './oracle-ruby-dump.ts';

/**
 * The report of a dump according to the oracle, without format and Ruby version. Assumes that the file is whole and
 * addresses are unique: that is what `damage`, `truncated`, `secondDump` and `duplicateAddresses` say.
 */
export type OracleReport = Omit<Report, 'version' | 'format' | 'kind' | 'rubyVersion'>;

/** Adds up a dump. Lists are sorted as in {@link Report}: by bytes; ties by label, address or generation. */
export function oracleReport(dump: OracleDump, top = Number.POSITIVE_INFINITY): OracleReport {
  const { objects } = dump;
  const classRetained = retainedByLabel(objects);
  return {
    ...tally(objects),
    freeSlots: dump.freeSlots,
    roots: dump.roots.map(({ name, references }) => ({ name, references: references.length })),
    skippedRecords: dump.skippedRecords,
    rescuedRecords: dump.rescuedRecords,
    foreignLines: dump.foreignLines,
    duplicateAddresses: 0,
    truncated: false,
    secondDump: null,
    damage: null,
    notes: [],
    layers: [],
    danglingReferences: dump.danglingReferences,
    reachable: tally(objects.filter(object => object.reachable)),
    unreachable: tally(objects.filter(object => !object.reachable)),
    types: tallies(objects, object => object.type).map(([type, sums]) => ({ type, ...sums })),
    classes: tallies(objects, object => object.label)
      .map(([label, sums]) => ({ label, ...sums, retainedBytes: classRetained.get(label)! }))
      .slice(0, top),
    generations: tallies(objects, object => object.generation).map(([generation, sums]) => ({
      generation,
      ...sums,
    })),
    duplicateStrings: oracleDuplicates(objects),
    topRetained: objects
      .filter(object => object.reachable)
      .sort((a, b) => b.retainedBytes - a.retainedBytes || Number(BigInt(a.address) - BigInt(b.address)))
      .slice(0, top)
      .map(({ address, label, shallowBytes, retainedBytes, dominator }) => ({
        address,
        label,
        shallowBytes,
        retainedBytes,
        dominator,
      })),
  };
}

/** Strings with the same text as another one. The texts themselves are compared. */
export function oracleDuplicates(objects: readonly OracleObject[]): NonNullable<Report['duplicateStrings']> {
  const byText = new Map<string, number[]>();
  for (const { type, value, shallowBytes } of objects) {
    if (type !== 'STRING' || value === null) continue;
    byText.set(value, [...(byText.get(value) ?? []), shallowBytes]);
  }
  const groups = [...byText.values()].filter(sizes => sizes.length > 1);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    groups: groups.length,
    count: sum(groups.map(sizes => sizes.length)),
    bytes: sum(groups.map(sizes => sum(sizes) - Math.max(...sizes))),
  };
}

/** Retained bytes of each class: the sum for the members that no other member dominates. */
export function retainedByLabel(objects: OracleObject[]): Map<string, number> {
  const byAddress = new Map(objects.map(object => [object.address, object]));
  const retained = new Map<string, number>();
  for (const object of objects) {
    let above = byAddress.get(object.dominator);
    while (above !== undefined && above.label !== object.label) above = byAddress.get(above.dominator);
    const own = above === undefined ? object.retainedBytes : 0;
    retained.set(object.label, (retained.get(object.label) ?? 0) + own);
  }
  return retained;
}

function tally(objects: OracleObject[]): { objects: number; shallowBytes: number } {
  return {
    objects: objects.length,
    shallowBytes: objects.reduce((sum, object) => sum + object.shallowBytes, 0),
  };
}

function tallies<Key>(
  objects: OracleObject[],
  keyOf: (object: OracleObject) => Key,
): [Key, { objects: number; shallowBytes: number }][] {
  const groups = new Map<Key, OracleObject[]>();
  for (const object of objects) {
    const group = groups.get(keyOf(object));
    if (group === undefined) groups.set(keyOf(object), [object]);
    else group.push(object);
  }
  return [...groups]
    .map(([key, members]): [Key, { objects: number; shallowBytes: number }] => [key, tally(members)])
    .sort((a, b) => b[1].shallowBytes - a[1].shallowBytes);
}
