import { describe, expect, it } from 'vitest';
import type { ObjectRow, Overview, RetainedRow, SnapshotInfo } from '../../../workers/protocol/rows.ts';
import { findingsOf } from './findings.ts';

const MIB = 1024 ** 2;

function object(index: number, label: string, title: string, retainedBytes: number): ObjectRow {
  const type = label === 'Class' ? 'CLASS' : 'ARRAY';
  const address = `0x${index}`;
  const rest = { shallowBytes: 40, reachable: true, generation: null, site: null };
  return { index, address, type, label, title, retainedBytes, ...rest };
}
const row = (of: ObjectRow, dominator: ObjectRow | null, chainLength = 1): RetainedRow => ({
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
  roots: [],
  types: [],
  classesByShallow: [],
  classesByRetained: [],
  topRetained: [],
  measurementOverhead: null,
  import: {
    records: 0,
    skippedRecords: 0,
    rescuedRecords: 0,
    foreignLines: 0,
    duplicateAddresses: 0,
    damagedFields: 0,
    rewrittenRecords: 0,
    skipped: [],
    rescued: [],
    foreign: [],
    damaged: [],
    truncated: false,
    truncation: null,
    beginsWithinRecord: false,
    secondDump: null,
    damage: null,
    notes: [],
  },
};
const info = { hasRoots: true, referencesOnly: false, tracedObjects: 10 } as SnapshotInfo;
const texts = (overview: Partial<Overview>, of: Partial<SnapshotInfo> = {}) =>
  findingsOf({ ...clean, ...overview }, { ...info, ...of }).map(({ text }) => text.replaceAll('\u00a0', ' '));

describe('findingsOf', () => {
  it('has nothing to say of an even, traced, whole heap', () => expect(texts({})).toEqual([]));

  it('says what keeps most alive, and where it accumulates', () => {
    const audit = object(1, 'Class', 'AuditTrail', 18 * MIB);
    const callbacks = object(2, 'Array', '[240]', 17.5 * MIB);
    const small = object(3, 'Array', '[3]', 4 * MIB);
    const findings = findingsOf(
      { ...clean, topRetained: [row(audit, null), row(callbacks, audit), row(small, null)] },
      info,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]!.text.replaceAll('\u00a0', ' ')).toBe(
      'AuditTrail (Class) keeps 18.0 MiB alive, 18 % of the heap, nearly all of it through Array[240] 0x2 (17.5 MiB).',
    );
    expect(findings[0]!.row!.object).toBe(callbacks);
  });

  it('leaves the tracer out of what is large and names it for what it is', () => {
    const tracer = { ...row(object(1, '(internal) tracer', '', 30 * MIB), null), overhead: true };
    const said = texts({
      topRetained: [tracer],
      measurementOverhead: { objects: 1, shallowBytes: 30 * MIB },
    });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('30.0 MiB, 30 %, are the table of the allocation tracer itself');
  });

  it('points at long runs', () =>
    expect(texts({ topRetained: [row(object(1, 'Node', '', MIB), null, 250_000)] })).toEqual([
      'A run of 250,000 \u00d7 Node, each kept alive by the one before, holds 1.00 MiB, 1 % of the heap.',
    ]));

  it('suggests a GC beyond two per cent of garbage only', () => {
    expect(texts({ unreachable: { objects: 1, shallowBytes: 2 * MIB } })).toEqual([]);
    expect(texts({ unreachable: { objects: 1, shallowBytes: 3 * MIB } })[0]).toContain('GC.start');
  });

  it('says what is missing', () => {
    expect(texts({}, { hasRoots: false })[0]).toContain('no roots');
    expect(texts({}, { tracedObjects: 0 })[0]).toContain('trace_object_allocations_start');
    expect(texts({}, { referencesOnly: true })[0]).toContain('references lists');
    expect(texts({ import: { ...clean.import, truncated: true } })[0]).toContain('ends within a record');
    expect(texts({ import: { ...clean.import, skippedRecords: 1, rescuedRecords: 3 } })[0]).toContain(
      '4 records of the file were damaged: 3 rescued, 1 skipped',
    );
  });
});
