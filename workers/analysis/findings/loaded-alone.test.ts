import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIn, findInDrawn } from '../../testing/find-kind.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { openHeap } from '../../testing/open-heap.ts';
import { type OracleObject, readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { readSnapshot } from '../../testing/snapshot-columns.ts';
import { loadedAlone } from './loaded-alone.ts';

const isClassLike = ({ type }: OracleObject) => ['CLASS', 'MODULE', 'ICLASS'].includes(type);

/** Files with their classes computed directly from the definition, by comparing all objects. */
function loneFilesOf(bytes: Uint8Array): Map<string, OracleObject[]> {
  const { objects, roots } = readOracleDump(bytes);
  const byAddress = new Map(objects.map(object => [object.address, object]));
  const nearestFile = (object: OracleObject): string | null => {
    let at: OracleObject | undefined = object;
    while (at !== undefined && !isClassLike(at)) at = byAddress.get(at.dominator);
    return at?.file ?? null;
  };
  const files = new Map<string, OracleObject[]>();
  for (const object of objects) {
    if (object.file === null || !object.reachable || object.type === 'ICLASS' || !isClassLike(object))
      continue;
    files.set(object.file, [...(files.get(object.file) ?? []), object]);
  }
  for (const [file, own] of files) {
    const addresses = new Set(own.map(({ address }) => address));
    const isUsedBy = (object: OracleObject): boolean => {
      if (!isClassLike(object) && addresses.has(object.classAddress ?? '') && object.type !== 'IMEMO')
        return true;
      const above = [object.fields.superclass, object.type === 'ICLASS' ? object.classAddress : null];
      if (object.file !== file && isClassLike(object) && above.some(one => addresses.has(one ?? '')))
        return true;
      if (!object.edges.some(({ target, kind }) => kind !== 'class' && own.includes(objects[target]!)))
        return false;
      if (isClassLike(object) || object.file === file || !object.reachable) return false;
      return nearestFile(object) !== file;
    };
    // No record lists what is below a pseudo-root.
    const isListed = roots.some(
      ({ name, references }) => !name.startsWith('(') && references.some(address => addresses.has(address)),
    );
    if (isListed || objects.some(isUsedBy)) files.delete(file);
  }
  return files;
}

/** Bytes that they retain, each counted once. */
function retainedOnce(bytes: Uint8Array, own: readonly OracleObject[]): number {
  const { objects } = readOracleDump(bytes);
  const byAddress = new Map(objects.map(object => [object.address, object]));
  const outer = own.filter(object => {
    let above = byAddress.get(object.dominator);
    while (above !== undefined && !own.some(({ address }) => address === above!.address)) {
      above = byAddress.get(above.dominator);
    }
    return above === undefined;
  });
  return outer.reduce((sum, { retainedBytes }) => sum + retainedBytes, 0);
}

async function compare(bytes: Uint8Array): Promise<number> {
  const expected = loneFilesOf(bytes);
  const found = findIn(await readSnapshot(bytes), loadedAlone)[0];
  const rows = new Map(found?.evidence.map(({ label, bytes: kept, objects }) => [label, [objects, kept]]));
  const all = [...expected.values()].flat();
  expect(found?.objects ?? 0).toBe(all.length);
  for (const [file, amount] of rows) {
    const own = expected.get(file) ?? [];
    expect(amount, file).toEqual([own.length, retainedOnce(bytes, own)]);
  }
  return all.length;
}

const HEAP = `
  vm => Object
  Object CLASS 10 -> Used Alone keep
  keep ARRAY -> user
  user OBJECT 40 class=Used
  Used CLASS 500 superclass=Object at=used.rb:1 gen=1
  Alone CLASS 600 superclass=Object at=alone.rb:1 gen=1 -> Inner code
  Inner CLASS 700 name=Alone::Inner superclass=Alone at=alone.rb:2 gen=1
  code IMEMO 100 imemo_type=iseq at=main.rb:1 gen=1 -> Inner
`;

describe('files that were loaded and are not used', () => {
  it('are those whose classes are held only by constants and their own code', async () => {
    const { findings } = await findInDrawn(HEAP, loadedAlone);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      bytes: 1400,
      objects: 2,
      certainty: 'estimate',
      figures: { files: 1 },
    });
    expect(findings[0]!.sentence).toMatch(
      /^1 file is loaded although nothing in this dump uses its .* alone\.rb \(1\.37\sKiB\)\.$/,
    );
    const { session, info, name } = await openHeap(HEAP);
    const members = await session.ask('objects', {
      snapshot: info.id,
      set: findings[0]!.evidence[0]!.set!,
      sort: 'address',
      descending: false,
      offset: 0,
      limit: 9,
    });
    expect(members.rows.map(row => name(row.index))).toEqual(['Alone', 'Inner']);
  });

  it.each([
    ['an instance', 'x OBJECT 40 class=Inner'],
    ['an unreachable subclass elsewhere', 'x CLASS 40 superclass=Inner at=other.rb:1 gen=2'],
    ['a class elsewhere that includes it', 'x ICLASS 40 class=Alone at=other.rb:1 gen=2'],
  ])('have not %s', async (_, record) => {
    expect((await findInDrawn(`${HEAP}\n${record}`, loadedAlone)).findings).toEqual([]);
  });

  it('are not those used by the inline cache of other code', async () => {
    const used = 'root2 => cache\ncache IMEMO 40 imemo_type=constcache -> Inner';
    expect((await findInDrawn(`${HEAP}\n${used}`, loadedAlone)).findings).toEqual([]);
  });

  it('are what the definition says, on random heaps of classes and in a real dump', async () => {
    const record = fc.record({
      type: fc.constantFrom(
        'CLASS',
        'CLASS',
        'MODULE',
        'ICLASS',
        'OBJECT',
        'IMEMO imemo_type=constcache',
        'ARRAY',
      ),
      file: fc.option(fc.constantFrom('a.rb', 'b.rb', 'c.rb')),
      superclass: fc.option(fc.nat(9)),
      classOf: fc.option(fc.nat(9), { freq: 2 }),
      targets: fc.array(fc.nat(9), { maxLength: 2 }),
    });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 10, maxLength: 10 }),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
        async (records, listed) => {
          const lines = records.map(({ type, file, superclass, classOf, targets }, at) => {
            const isClass = ['CLASS', 'ICLASS'].includes(type);
            const words = [
              `o${at} ${type.replace(' ', ' 50 ')}${type.includes(' ') ? '' : ' 50'}`,
              file === null ? '' : `at=${file}:1 gen=1`,
              isClass && superclass !== null ? `superclass=o${superclass}` : '',
              classOf === null || type.startsWith('IMEMO') ? '' : `class=o${classOf}`,
            ];
            return `${words.join(' ')} -> ${targets.map(target => `o${target}`).join(' ')}`;
          });
          const drawing = `vm => top ${listed.map(at => `o${at}`).join(' ')}\ntop CLASS 10 superclass=top -> o0 o1 o2 o3\n${lines.join('\n')}`;
          found += await compare(heapFromText(drawing).bytes);
        },
      ),
      { numRuns: 150 },
    );
    expect(found).toBeGreaterThan(0);
    await compare(fixtureDump('ruby-3.1-since'));
  });
});
