import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DominatorTree } from '../indexes/dominator-tree.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import { HeapSession } from '../service/heap-session.ts';
import { openRubyHeap } from '../testing/open-heap.ts';
import { ColumnsFiller, chunksOf } from './chunks.ts';
import { type Column, columnTypeOf, MAGIC, VERSION } from './format.ts';
import { doIndexTask, secondPartIn } from './index-thread.ts';
import { packPart } from './part.ts';
import { WITHOUT_RECORDS } from './read-index.ts';
import { packTree } from './tree-codes.ts';

const FIXTURES = new URL('../../e2e/fixtures/', import.meta.url);
const DUMPS = readdirSync(FIXTURES).filter(name => name.endsWith('.json.gz'));
const FORMS: readonly IndexForm[] = ['small', 'fast'];
const ALL = { kind: 'all' } as const;

async function opened(session: HeapSession, blob: Blob, name: string, referencesOnly = false) {
  const outcome = await session.open(blob, { loadId: 1, name, referencesOnly }, () => undefined);
  if (!outcome.ok) throw Object.assign(new Error(outcome.problem.message), { problem: outcome.problem });
  return outcome.value;
}

describe('an index file', () => {
  it.each<[string, IndexForm]>([
    ...DUMPS.map((name): [string, IndexForm] => [name, 'small']),
    ...DUMPS.slice(0, 3).map((name): [string, IndexForm] => [name, 'fast']),
  ])('%s, %s: answers what the dump does', async (name, form) => {
    const session = new HeapSession();
    const dump = await opened(session, new Blob([readFileSync(new URL(name, FIXTURES))]), name);
    const file = await session.index(dump.id, form);
    const other = new HeapSession();
    const copy = await opened(other, file, name);
    expect({ ...copy, ...IGNORED }).toEqual({ ...dump, ...IGNORED });

    const both = async (ask: (session: HeapSession, snapshot: number) => Promise<unknown>) => [
      await ask(other, copy.id),
      await ask(session, dump.id),
    ];
    for (const ask of [
      (from: HeapSession, snapshot: number) =>
        from
          .ask('report', { snapshot, top: 50, group: ['class', 'gem', 'site', 'generation'] })
          .then(({ notes, duplicateStrings, ...rest }) => rest),
      (from: HeapSession, snapshot: number) =>
        from.ask('mergedTree', {
          snapshot,
          set: ALL,
          path: [],
          overhead: true,
          maxNodes: 500,
          minShare: 0,
        }),
      (from: HeapSession, snapshot: number) =>
        from.ask('objects', {
          snapshot,
          set: ALL,
          sort: 'retainedBytes',
          descending: true,
          offset: 0,
          limit: 300,
        }),
      (from: HeapSession, snapshot: number) =>
        from.ask('generations', { snapshot, set: ALL, key: 'class', measure: 'bytes' }),
      (from: HeapSession, snapshot: number) =>
        from.ask('retainerPath', { snapshot, object: dump.objects - 1 }).then(({ steps, ...rest }) => ({
          ...rest,
          steps: steps.map(({ object, edge }) => [object, edge]),
        })),
      (from: HeapSession, snapshot: number) =>
        from.ask('setSize', { snapshot, set: { kind: 'filter', text: 'length>10 is:frozen -age<2' } }),
    ]) {
      const [fromIndex, fromDump] = await both(ask);
      expect(fromIndex).toEqual(fromDump);
    }
    const overview = await other.ask('overview', { snapshot: copy.id, set: ALL, top: 1 });
    expect(overview.import.notes.at(-1)).toBe(WITHOUT_RECORDS);
    const report = await other.ask('report', { snapshot: copy.id });
    expect(report.duplicateStrings).toBeNull();
    const details = await other.ask('object', { snapshot: copy.id, object: 0 });
    expect(details.raw).toMatch(/not in the index file/);
  });

  it.each(FORMS)('%s: contains no texts of strings', async form => {
    const { session, info } = await openRubyHeap('vm => a\n a STRING 40 bytesize=8 value=hunter22');
    const text = Buffer.from(await (await session.index(info.id, form)).arrayBuffer()).toString('latin1');
    expect(text.startsWith(MAGIC)).toBe(true);
    expect(text).not.toContain('hunter22');
  });

  it('is opened with the current rule for references', async () => {
    const { session, info } = await openRubyHeap('vm => a\n a OBJECT 40 class=C\n C CLASS 400 name=C');
    const file = await session.index(info.id, 'fast');
    const other = new HeapSession();
    const strict = await opened(other, file, 'a', true);
    expect(strict.referencesOnly).toBe(true);
    const { unreachable } = await other.ask('overview', { snapshot: strict.id, set: ALL, top: 1 });
    expect(unreachable.objects).toBe(1);
  });
});

/** Properties of the file, not of the heap. */
const IGNORED = { id: 0, fileBytes: 0, compressed: false, loadMs: 0, memoryBytes: 0 };

describe('a damaged index file', () => {
  const made = async (form: IndexForm) => {
    const { session, info } = await openRubyHeap('vm => a\n a OBJECT 40 class=C -> C\n C CLASS 400 name=C');
    return new Uint8Array(await (await session.index(info.id, form)).arrayBuffer());
  };

  it.each(FORMS)('%s: is rejected with a description wherever it is cut or changed', async form => {
    const bytes = await made(form);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.option(fc.integer({ min: 1, max: 255 })),
        async (at, change) => {
          const wrong = change === null ? bytes.slice(0, at) : bytes.slice();
          if (change !== null) wrong[at]! ^= change;
          const session = new HeapSession();
          const outcome = await session.open(
            new Blob([wrong]),
            { loadId: 1, name: 'a.heapscape' },
            () => undefined,
          );
          // Ten bytes of the gzip header say nothing about the content: its time, its system.
          if (outcome.ok) expect(change).not.toBeNull();
          else {
            expect(['damaged-index', 'not-a-dump', 'empty-file']).toContain(outcome.problem.code);
            if (at > 40) expect(outcome.problem.code).toBe('damaged-index');
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is rejected with its version if that is another one', async () => {
    const bytes = await made('small');
    const text = new TextEncoder().encode(`${MAGIC}0001`);
    bytes.set(text);
    const outcome = await new HeapSession().open(
      new Blob([bytes]),
      { loadId: 1, name: 'a.heapscape' },
      () => undefined,
    );
    expect(outcome).toMatchObject({
      ok: false,
      problem: {
        code: 'damaged-index',
        message: `This index file has version 1, and this Heapscape reads version ${VERSION}.`,
      },
    });
  });
});

it('columns are read from pieces of any size', () => {
  const column = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.uint16Array({ maxLength: 100 }),
    fc.uint32Array({ maxLength: 100 }),
    fc.int32Array({ maxLength: 100 }),
    fc.float64Array({ maxLength: 100 }),
    // Longer than a chunk.
    fc.constant(Uint32Array.from({ length: 70_000 }, (_, at) => (at * 2_654_435_761) >>> 0)),
  );
  fc.assert(
    fc.property(
      fc.array(column, { maxLength: 3 }),
      fc.constantFrom('raw', 'split'),
      fc.integer({ min: 1, max: 5000 }),
      (given, as, pieceBytes) => {
        const header = given.map(each => ({ type: columnTypeOf(each)!, length: each.length }));
        const filler = new ColumnsFiller(header, as);
        const bytes = Buffer.concat(
          given.flatMap(each => (as === 'raw' ? [bytesOf(each)] : [...chunksOf(each)])),
        );
        for (let from = 0; from < bytes.length; from += pieceBytes) {
          filler.take(bytes.subarray(from, from + pieceBytes));
        }
        const columns = filler.columns();
        expect(columns.map(columnTypeOf)).toEqual(given.map(columnTypeOf));
        for (const [at, each] of given.entries())
          expect(Buffer.compare(bytesOf(columns[at]!), bytesOf(each))).toBe(0);
        expect(() => filler.take(new Uint8Array(1))).toThrow(/more than/);
      },
    ),
  );
});

function bytesOf({ buffer, byteOffset, byteLength }: Column): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe('the second part of an index file', () => {
  const stored = { part: { columns: [], data: null, bytes: 0 }, file: new Blob([]), name: 'a.heapscape' };

  it('is read in the other thread, and here if that is lost', async () => {
    const there = secondPartIn({ task: async task => (await doIndexTask(task)).result });
    const lost = secondPartIn({ task: () => Promise.reject(new Error('lost')) });
    expect(await there.read(stored)).toEqual([]);
    expect(await lost.read(stored)).toEqual([]);
  });

  it('is unpacked in the other thread, and here if that is lost', async () => {
    const tree = { length: 1, vertex: [0], dominator: [0], subtreeEnd: [1], position: [] as number[] };
    const columns = Object.fromEntries(
      Object.entries(tree).map(([key, value]) => [
        key,
        Array.isArray(value) ? Uint32Array.from(value) : value,
      ]),
    ) as unknown as DominatorTree;
    const pages = { shift: 3 as const, numbers: new Uint32Array(2) };
    const side = { tree: packTree(columns), keys: new Uint32Array(0), pages, objects: 0 };
    const packed = await packPart(side, async () => undefined);
    const results = [];
    for (const task of [
      async (given: unknown) => (await doIndexTask(given)).result,
      () => Promise.reject(new Error('lost')),
    ]) {
      results.push(await secondPartIn({ task }).unpack(packed));
    }
    expect(results[0]!.tree).toEqual(columns);
    expect(results[1]).toEqual(results[0]);
  });
});
