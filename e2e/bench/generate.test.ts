import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Overview } from '../../workers/protocol/overview.ts';
import type { Report } from '../../workers/protocol/report.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import { HeapSession } from '../../workers/service/heap-session.ts';
import { type OracleReport, oracleReport } from '../../workers/testing/oracle-report.ts';
import { readOracleDump } from '../../workers/testing/oracle-ruby-dump.ts';
import { type Generated, writeDump } from './generate.ts';
import { VARIANTS } from './heaps/variants.ts';

const OBJECTS = 2000;
/** The larger heaps of a variant differ from the smallest only in size. */
const small = VARIANTS.filter(({ name }) => !/^(5|20)m/.test(name)).map(variant => ({
  ...variant,
  objects: OBJECTS,
}));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapscape-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every variant has a unique name and description', () => {
  const texts = VARIANTS.flatMap(({ name, description }) => [name, description]);
  expect(new Set(texts).size).toBe(texts.length);
});

describe.each(small)('$name', variant => {
  let dump: Generated;
  let info: SnapshotInfo;
  let overview: Overview;
  let report: Report;

  beforeAll(async () => {
    dump = writeDump(variant, join(folder, `${variant.name}.json`));
    const session = new HeapSession();
    const options = { loadId: 1, name: variant.name };
    const outcome = await session.open(await openAsBlob(dump.path), options, () => undefined);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    info = outcome.value;
    overview = await session.ask('overview', { snapshot: info.id, set: { kind: 'all' }, top: 10 });
    report = await session.ask('report', { snapshot: info.id, top: Number.POSITIVE_INFINITY });
  });

  test('is JSON, line by line, and has the stated length', () => {
    const text = readFileSync(dump.path, 'latin1');
    const records = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { type: string; address?: string });
    expect(text.length).toBe(dump.fileBytes);
    expect(records.length).toBe(dump.lines);
    const addresses = records.filter(({ type }) => type !== 'ROOT' && type !== 'SHAPE').map(r => r.address);
    expect(new Set(addresses).size).toBe(OBJECTS);
    expect(dump.objects).toBe(OBJECTS);
  });

  test('is read without loss, and adds up to what was written', () => {
    expect(overview).toMatchObject({
      objects: OBJECTS,
      shallowBytes: dump.shallowBytes,
      shapes: dump.shapes,
      danglingReferences: 0,
      duplicateAddresses: 0,
      unreachable: { objects: 0 },
      import: { skippedRecords: 0, rescuedRecords: 0, foreignLines: 0, truncated: false },
    });
    expect(info.runtimeVersion).toContain(variant.format.version);
    expect(info.platform).toBe(variant.format.wordBytes === 4 ? 'WebAssembly' : null);
    expect(info.tracedObjects > OBJECTS / 3).toBe(variant.traced);
  });

  test('has the report that the oracle makes of it', () => {
    const { version: _, format: __, kind: ___, rubyVersion: ____, findings: _____, ...figures } = report;
    const oracle = oracleReport(readOracleDump(readFileSync(dump.path)));
    expect(withoutTies(figures)).toEqual(withoutTies(oracle));
  });

  test('is the same file every time', () => {
    const again = writeDump(variant, join(folder, `${variant.name}.again.json`));
    expect(readFileSync(again.path).equals(readFileSync(dump.path))).toBe(true);
  });
});

/** Removes the order of rows with equal sums, which is arbitrary. */
function withoutTies(figures: OracleReport): OracleReport {
  return {
    ...figures,
    types: figures.types.toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    classes: figures.classes.toSorted((a, b) => (a.label < b.label ? -1 : 1)),
    generations: figures.generations.toSorted((a, b) => (a.generation ?? -1) - (b.generation ?? -1)),
  };
}
