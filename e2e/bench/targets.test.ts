import { describe, expect, test } from 'vitest';
import { RUBY_VOCABULARY } from '../../workers/importers/ruby/vocabulary.ts';
import type { BenchResults, FileFigures, Round } from './results.ts';
import { median, percentile } from './statistics.ts';
import { markdown, plainTable, resultTables } from './tables.ts';
import { holds, targetsOf } from './targets.ts';

const MB = 1e6;

function round(totalMs: number, floorMs: number, objects = 1e6): Round {
  const plain = { ms: floorMs, textBytes: 300 * MB, records: 0 };
  const load = {
    previewMs: 10,
    linkingMs: totalMs - 100,
    dominatorsMs: totalMs - 50,
    retainedMs: totalMs - 10,
    totalMs,
    references: 1e6,
    info: {
      id: 1,
      name: 'x',
      fileBytes: 300 * MB,
      textBytes: 300 * MB,
      compressed: false,
      vocabulary: RUBY_VOCABULARY,
      runtimeVersion: '3.1',
      platform: null,
      overheadBytes: 0,
      hasRoots: true,
      isSinceDump: false,
      incomplete: [],
      tracedObjects: 0,
      objects,
      shallowBytes: 1,
      referencesOnly: false,
      applicationRoot: '',
      loadMs: totalMs,
      memoryBytes: 60 * MB,
    },
  };
  return {
    floor: plain,
    baseline: { ...plain, ms: 4 * floorMs },
    load,
    atOnce: load,
    memory: { peakBytes: 138 * MB, settledBytes: 69 * MB },
  };
}

function file(change: Partial<FileFigures>): FileFigures {
  return {
    name: '1m',
    description: '1 M objects',
    fileBytes: 300 * MB,
    compressed: false,
    rounds: [round(900, 500), round(3000, 1000), round(700, 500)],
    app: [{ firstOverviewMs: 200, overviewMs: 800, completeMs: 1000, longestTaskMs: 0 }],
    latencies: [
      { question: 'filter by text', ms: [...Array.from({ length: 95 }, () => 10), 300, 300, 300, 300, 300] },
    ],
    cancels: [
      { stage: 'reading', ms: 20, keptBytes: 12 },
      { stage: 'retained', ms: null, keptBytes: null },
    ],
    series: [{ objects: 1_000_000, scanMs: 600, matchMs: 60, compareMs: 500 }],
    nodeReport: { name: 'report under Node', ms: [400], failure: null },
    nodeBaseline: { name: 'JSON.parse loop under Node', ms: [1000], failure: null },
    peers: [],
    ...change,
  };
}

function results(...files: FileFigures[]): BenchResults {
  const machine = {
    date: '2026-01-02T03:04:05.678Z',
    commit: 'abc1234',
    cpu: 'CPU',
    cpus: 2,
    memoryBytes: 2 ** 34,
    system: 'Linux',
    browser: 'Chromium 1',
    node: 'v20',
  };
  return { machine, runs: 3, files };
}

const figureOf = (of: BenchResults, what: string) => targetsOf(of).find(target => target.what === what);

describe('targets', () => {
  test('are ratios within a round, of which the median counts', () => {
    const target = figureOf(results(file({})), 'every retained size / read floor')!;
    expect(target.figure).toBeCloseTo(1.8); // The median of 1.8, 3.0 and 1.4.
    expect(holds(target)).toBe(true);
  });

  test('compare memory with the limits for objects and references', () => {
    const all = results(file({}));
    expect(figureOf(all, 'settled memory / 60 B an object + 9 B a reference')!.figure).toBeCloseTo(1);
    expect(holds(figureOf(all, 'peak memory / settled memory')!)).toBe(false);
    expect(holds(figureOf(all, 'kept after cancelling / settled memory')!)).toBe(true);
  });

  test('take the slowest twentieth of the calls, and the slowest cancel', () => {
    const all = results(file({}));
    expect(figureOf(all, 'filter by text, p95')!.figure).toBe(10);
    expect(figureOf(all, 'cancelled, slowest stage')!.figure).toBe(20);
    const rounds = [round(900, 500, 20_000_000)];
    expect(figureOf(results(file({ rounds })), 'filter by text, p95')).toBeUndefined();
  });

  test('compare matching two dumps with scanning one of them', () => {
    const what = 'matching two dumps / scanning one';
    expect(figureOf(results(file({})), what)!.figure).toBeCloseTo(0.1);
    expect(figureOf(results(file({ series: [] })), what)).toBeUndefined();
  });

  test('are not met if nothing was measured', () => {
    const all = results(file({ app: [] }));
    expect(holds(figureOf(all, 'first overview visible')!)).toBeNull();
  });

  test('compare a compressed file with mere decompression', () => {
    const all = results(file({ compressed: true }));
    expect(figureOf(all, 'every retained size / inflating alone')!.limit).toBe(1.3);
    expect(figureOf(all, 'every retained size / read floor')).toBeUndefined();
  });

  test('of speed do not apply to heaps that are made to be hard', () => {
    const all = results(file({ name: 'deep' }));
    expect(figureOf(all, 'every retained size / read floor')).toBeUndefined();
  });

  test('compare poor locality with good locality, if both were measured', () => {
    const what = 'graph stages a reference / those of 5m';
    expect(figureOf(results(file({ name: 'poor' })), what)).toBeUndefined();
    expect(figureOf(results(file({ name: '5m' }), file({ name: 'poor' })), what)!.figure).toBeCloseTo(1);
  });
});

test('tables have a cell for every column', () => {
  const peers = [{ name: 'harb', ms: [], failure: 'exit status 1' }];
  const all = results(file({ peers }), file({ name: '5m', peers }));
  for (const { table } of resultTables(all)) {
    for (const row of table) expect(row.length).toBe(table[0]!.length);
    expect(plainTable(table).split('\n').length).toBe(table.length);
  }
  expect(markdown(all)).toContain('| 1 M objects | 1,000,000 |');
  expect(markdown(all)).toContain('failed');
});

test('statistics', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(percentile([1, 2, 3, 4], 1)).toBe(4);
  expect(percentile([], 1)).toBeNaN();
});
