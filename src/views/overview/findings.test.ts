import { describe, expect, it } from 'vitest';
import { emptyReport } from '../../../workers/importers/import-report.ts';
import type { Overview, RetainedRow } from '../../../workers/protocol/overview.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { hintsOf, largeObjects } from './findings.ts';

const MIB = 1024 ** 2;

function object(index: number, label: string, title: string, retainedBytes: number): ObjectRow {
  const isNamed = label === 'Class';
  const address = `0x${index}`;
  const rest = { shallowBytes: 40, reachable: true, generation: null, site: null };
  const kind = {
    type: isNamed ? 'CLASS' : 'ARRAY',
    family: isNamed ? 'class' : 'list',
    hasText: false,
  } as const;
  return { index, address, ...kind, isNamed, label, title, retainedBytes, ...rest };
}
const row = (of: ObjectRow, dominator: ObjectRow | null, chainLength = 1): RetainedRow => ({
  atTopLevel: false,
  elementClass: null,
  object: of,
  dominator: dominator === null ? { kind: 'roots' } : { kind: 'object', object: dominator },
  chainLength,
  overhead: false,
});

const clean: Overview = {
  objects: 1000,
  shallowBytes: 100 * MIB,
  reachable: { objects: 1000, shallowBytes: 100 * MIB },
  unreachable: { objects: 0, shallowBytes: 0 },
  freeSlots: 0,
  shapes: 0,
  references: 0,
  danglingReferences: 0,
  duplicateAddresses: 0,
  threads: null,
  repeatedClasses: [],
  roots: [],
  types: [],
  classesByShallow: [],
  classesByRetained: [],
  topRetained: [],
  measurementOverhead: null,
  import: emptyReport(),
};
const info = {
  hasRoots: true,
  isSinceDump: false,
  incomplete: [] as string[],
  referencesOnly: false,
  objects: 1000,
  tracedObjects: 10,
} as SnapshotInfo;
const texts = (overview: Partial<Overview>, of: Partial<SnapshotInfo> = {}) =>
  [...largeObjects({ ...clean, ...overview }), ...hintsOf({ ...clean, ...overview }, { ...info, ...of })].map(
    ({ text }) => text.replaceAll('\u00a0', ' '),
  );

describe('what stands out', () => {
  it('reports nothing for an even, traced, complete heap', () => expect(texts({})).toEqual([]));

  it('names the object that keeps most alive, and where it accumulates', () => {
    const audit = object(1, 'Class', 'AuditTrail', 18 * MIB);
    const callbacks = object(2, 'Array', '[240]', 17.5 * MIB);
    const small = object(3, 'Array', '[3]', 4 * MIB);
    const findings = largeObjects({
      ...clean,
      topRetained: [row(audit, null), row(callbacks, audit), row(small, null)],
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]!.text.replaceAll('\u00a0', ' ')).toBe(
      'AuditTrail (Class) keeps 18.0 MiB alive, 18 % of the heap, nearly all of it through Array[240] 0x2 (17.5 MiB).',
    );
    expect(findings[0]!.object!.index).toBe(callbacks.index);
  });

  it('leaves the tracer out of the large objects, and identifies it as the tracer', () => {
    const tracer = { ...row(object(1, '(internal) tracer', '', 30 * MIB), null), overhead: true };
    const said = texts({
      topRetained: [tracer],
      measurementOverhead: { objects: 1, shallowBytes: 30 * MIB },
    });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('own table takes 30.0 MiB (30 %)');
  });

  it('points out long runs', () =>
    expect(texts({ topRetained: [row(object(1, 'Node', '', MIB), null, 250_000)] })).toEqual([
      'A run of 250,000 \u00d7 Node, each kept alive by the one before, holds 1.00 MiB, 1 % of the heap.',
    ]));

  it('suggests a GC only above two per cent of garbage', () => {
    expect(texts({ unreachable: { objects: 1, shallowBytes: 2 * MIB } })).toEqual([]);
    expect(texts({ unreachable: { objects: 1, shallowBytes: 3 * MIB } })[0]).toContain('GC.start');
  });

  it('calls nothing garbage if objects may be missing', () => {
    const unreachable = { objects: 1, shallowBytes: 80 * MIB };
    for (const of of [{ incomplete: ['It ends.'] }, { referencesOnly: true }]) {
      const said = texts({ unreachable }, of);
      expect(said[0]).toMatch(/^80\.0 MiB \(80 %\) look unreachable/);
      expect(said.join(' ')).not.toMatch(/garbage|GC\.start/);
    }
  });

  it('says that other threads may be missing only if there are any', () => {
    expect(texts({ threads: { running: 1, others: 0 } })).toEqual([]);
    expect(texts({ threads: { running: 2, others: 3 } })).toEqual([]);
    expect(texts({ threads: { running: 1, others: 3 } })[0]).toContain(
      'Only one thread was running, and there are 3 other Thread objects. If the dump was taken in a forked process',
    );
  });

  it('does not call objects garbage that threads missing from the dump may hold', () => {
    const said = texts({
      threads: { running: 1, others: 3 },
      unreachable: { objects: 1, shallowBytes: 3 * MIB },
    });
    expect(said[1]).toBe(
      '3.00 MiB (3 %) are unreachable: garbage, or held by threads that are not in the dump.',
    );
  });

  it('names classes that exist several times', () => {
    expect(texts({ repeatedClasses: [{ name: 'Order', count: 12 }] })[0]).toContain(
      'Order exists 12 times: was it reloaded?',
    );
    const repeatedClasses = ['A', 'B', 'C', 'D'].map(name => ({ name, count: 2 }));
    expect(texts({ repeatedClasses })[0]).toContain(
      'Some classes exist several times: A (2), B (2), C (2) and others. Were they reloaded?',
    );
  });

  it('says what is missing', () => {
    expect(texts({}, { hasRoots: false })[0]).toContain('no roots');
    expect(texts({}, { hasRoots: false })[0]).not.toContain('since:');
    expect(texts({}, { hasRoots: false, isSinceDump: true })[0]).toContain('dump_all(since:)');
    expect(texts({}, { tracedObjects: 0 })[0]).toContain('trace_object_allocations_start');
    expect(texts({}, { referencesOnly: true })[0]).toContain('references lists');
    expect(texts({ import: { ...clean.import, rescuedRecords: 3 } })).toEqual([
      '3 damaged records were read despite the damage. See below.',
    ]);
    expect(texts({ import: { ...clean.import, damagedFields: 1 } })).toEqual([
      '1 field has an impossible value, and is left out. See below.',
    ]);
    const secondDump = { line: 12, offset: 3456, records: 11 };
    expect(texts({ import: { ...clean.import, secondDump } })).toEqual([
      'The file holds two dumps, and the first is shown. The second begins at line 12 (11 records): tail -c +3457 of the text writes it to a file of its own.',
    ]);
  });
});
