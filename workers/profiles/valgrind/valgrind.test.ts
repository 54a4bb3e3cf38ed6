import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  randomStacks,
  type Stack,
  selfByStack,
  sumOf,
  valueByStack,
} from '../../testing/profiles/random-stacks.ts';
import { fixtureText, nativeTotals, open, profileIn } from '../../testing/profiles/read-text.ts';
import { functionTable } from '../model/function-table.ts';
import { selfAt } from '../model/snapshots.ts';

const grouped = (value: number) => value.toLocaleString('en-US');

describe('massif', () => {
  test('has the peak that DHAT finds in the same program, and its call sites', async () => {
    const profile = await profileIn(fixtureText('massif.out'));
    expect(profile.totals.peakBytes).toBe(nativeTotals().dhat!.peakBytes);
    const [top] = functionTable(profile.trees[0]!).sort((a, b) => b.self[0]! - a.self[0]!);
    expect(['make_node', 'copy_name']).toContain(top!.name);
    expect(profile.timeline!.x.values.length).toBe(profile.totals.snapshots);
  });

  test('has trees whose sums equal the heap of their snapshots', async () => {
    const { timeline, snapshots, trees } = await profileIn(fixtureText('massif.out'));
    expect(snapshots!.row.length).toBeGreaterThan(1);
    for (const [at, row] of snapshots!.row.entries()) {
      const self = selfAt(snapshots!, at, trees[0]!.parent.length);
      expect(self.reduce((sum, value) => sum + value, 0)).toBe(timeline!.columns[0]!.values[row]);
    }
  });

  /** A tree in massif's notation: the allocation is the root, with callers below; each stack once. */
  function massifText(stacks: readonly Stack[]): string {
    interface Node {
      bytes: number;
      children: Map<string, Node>;
    }
    const root: Node = { bytes: 0, children: new Map() };
    for (const { frames, values } of stacks) {
      let node = root;
      node.bytes += values[0]!;
      for (const name of [...frames].reverse()) {
        const child = node.children.get(name) ?? { bytes: 0, children: new Map() };
        node.children.set(name, child);
        child.bytes += values[0]!;
        node = child;
      }
    }
    const lines: string[] = [];
    const write = (node: Node, text: string, depth: number) => {
      lines.push(`${' '.repeat(depth)}n${node.children.size}: ${node.bytes} ${text}`);
      for (const [name, child] of node.children) write(child, `0x401000: ${name} (in /srv/prog)`, depth + 1);
    };
    write(root, '(heap allocation functions) malloc/new/new[], --alloc-fns, etc.', 0);
    return [
      'desc: (none)\ncmd: ./prog\ntime_unit: i\n#-----------\nsnapshot=0\n#-----------\ntime=7',
      `mem_heap_B=${root.bytes}\nmem_heap_extra_B=8\nmem_stacks_B=0\nheap_tree=peak`,
      ...lines,
      '',
    ].join('\n');
  }

  test('reads back random trees', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(1), async stacks => {
        const profile = await profileIn(massifText(stacks));
        expect(selfByStack(profile.trees[0]!, 'peakBytes')).toEqual(valueByStack(stacks, 0));
        expect(profile.totals).toMatchObject({
          snapshots: 1,
          peakBytes: sumOf(stacks, 0),
          peakExtraBytes: 8,
        });
        expect(profile.damage.lines).toBe(0);
      }),
    );
  });

  test('uses the largest snapshot if none is marked as the peak, and says so', async () => {
    const text = fixtureText('massif.out').replace('heap_tree=peak', 'heap_tree=detailed');
    const profile = await profileIn(text);
    expect(profile.notes.join()).toContain('marks no peak');
  });

  test('counts invalid lines, with their numbers', async () => {
    const lines = fixtureText('massif.out').split('\n');
    lines.splice(10, 0, 'what is this');
    const profile = await profileIn(lines.join('\n'));
    expect(profile.damage).toEqual({
      lines: 1,
      first: [{ line: 11, text: 'what is this', why: expect.stringContaining('neither') }],
    });
  });

  test('refuses a file without a complete snapshot', async () => {
    await expect(open('desc: (none)\ncmd: ./prog\ntime_unit: i\n')).rejects.toThrow('no complete snapshot');
  });
});

describe('DHAT', () => {
  test('has the totals that valgrind prints', async () => {
    const profile = await profileIn(fixtureText('dhat.out'));
    expect(profile.totals).toMatchObject(nativeTotals().dhat!);
    const scratch = functionTable(profile.trees[0]!).find(row => row.name === 'scratch')!;
    const shortLived = profile.trees[0]!.weights.findIndex(weight => weight.key === 'shortLivedBytes');
    expect(scratch.total[shortLived]).toBe(60 * 4096);
  });

  test('reads back random program points, with their innermost frame first', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(6), async stacks => {
        const names = [...new Set(stacks.flatMap(stack => stack.frames))];
        const keys = ['tb', 'tbk', 'gb', 'gbk', 'eb', 'ebk'];
        const pps = stacks.map(({ frames, values }) => ({
          ...Object.fromEntries(keys.map((key, at) => [key, values[at]!])),
          tl: 5,
          mb: 1,
          mbk: 1,
          fs: [...frames].reverse().map(name => names.indexOf(name) + 1),
        }));
        const ftbl = ['[root]', ...names.map(name => `0x1000: ${name} (in /srv/prog)`)];
        const head = { dhatFileVersion: 2, mode: 'heap', bklt: true, bkacc: false, tu: 'instrs', tuth: 500 };
        const { trees, totals } = await profileIn(JSON.stringify({ ...head, cmd: './prog', pps, ftbl }));
        expect(selfByStack(trees[0]!, 'allocatedBytes')).toEqual(valueByStack(stacks, 0));
        expect(selfByStack(trees[0]!, 'endBlocks')).toEqual(valueByStack(stacks, 5));
        expect(totals).toMatchObject({ peakBytes: sumOf(stacks, 2), allocatedBlocks: sumOf(stacks, 1) });
      }),
    );
  });

  test('says where a truncated file ends, and refuses other versions', async () => {
    const text = fixtureText('dhat.out');
    await expect(open(text.slice(0, 700))).rejects.toThrow('ends in the middle, after 700 characters');
    await expect(open(text.replace('"dhatFileVersion":2', '"dhatFileVersion":9'))).rejects.toThrow(
      'version 9',
    );
  });
});

describe('memcheck', () => {
  test.each(['memcheck.log', 'memcheck.xml'])(
    '%s tells the kinds of leak apart, as its summary does',
    async name => {
      const { definiteBytes, indirectBytes, possibleBytes, reachableBytes } = nativeTotals().memcheck!;
      const { totals, trees } = await profileIn(fixtureText(name));
      expect(totals).toMatchObject({ definiteBytes, indirectBytes, possibleBytes, reachableBytes });
      const leak = functionTable(trees[0]!).find(row => row.name === 'leak')!;
      const definite = trees[0]!.weights.findIndex(weight => weight.key === 'definiteBytes');
      expect(leak.total[definite]).toBe(definiteBytes);
    },
  );

  test('the log has the total of allocations', async () => {
    const { totals } = await profileIn(fixtureText('memcheck.log'));
    expect(totals).toMatchObject({ ...nativeTotals().memcheck!, lossRecords: expect.any(Number) });
  });

  const KINDS = ['definitely lost', 'indirectly lost', 'possibly lost', 'still reachable'];

  function logText(stacks: readonly Stack[], prefix: string): string {
    const records = stacks.map(({ frames, values }, at) => {
      const [bytes, blocks, kind] = values as [number, number, number];
      const lines = [...frames]
        .reverse()
        .map((name, depth) => `   ${depth === 0 ? 'at' : 'by'} 0x4C2FB0F: ${name} (in /srv/prog)`);
      const size =
        kind % 4 === 0 ? `${grouped(bytes + 9)} (${grouped(bytes)} direct, 9 indirect)` : grouped(bytes);
      return [
        `${size} bytes in ${grouped(blocks)} blocks are ${KINDS[kind % 4]} in loss record ${at + 1} of ${stacks.length}`,
        ...lines,
        '',
      ];
    });
    const lines = [
      'Memcheck, a memory error detector',
      'Command: ./prog',
      '',
      'HEAP SUMMARY:',
      ...records.flat(),
    ];
    return lines.flatMap(line => [`${prefix} ${line}`, 'output of the program']).join('\n');
  }

  test.each(['==42==', '==00:00:00:01.234 42=='])('reads back random records behind %s', async prefix => {
    await fc.assert(
      fc.asyncProperty(randomStacks(3), async stacks => {
        const { trees, totals, damage } = await profileIn(logText(stacks, prefix));
        expect(selfByStack(trees[0]!, 'endBytes')).toEqual(valueByStack(stacks, 0));
        expect(selfByStack(trees[0]!, 'endBlocks')).toEqual(valueByStack(stacks, 1));
        const definite = stacks.filter(({ values }) => values[2]! % 4 === 0);
        expect(totals.definiteBytes ?? 0).toBe(sumOf(definite, 0));
        expect(damage.lines).toBe(0);
      }),
    );
  });

  test('reads back random records in XML', async () => {
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    await fc.assert(
      fc.asyncProperty(randomStacks(2), async stacks => {
        const errors = stacks.map(({ frames, values }) => {
          const [bytes, blocks] = values as [number, number];
          const text = `${grouped(bytes)} bytes in ${grouped(blocks)} blocks are possibly lost in loss record 1 of 1`;
          const stack = [...frames]
            .reverse()
            .map(name => `<frame>\n<ip>0x1</ip>\n<fn>${escaped(name)}</fn>\n</frame>`);
          return `<error>\n<kind>Leak_PossiblyLost</kind>\n<xwhat>\n<text>${text}</text>\n</xwhat>\n<stack>\n${stack.join('\n')}\n</stack>\n</error>`;
        });
        const xml = `<?xml version="1.0"?>\n<valgrindoutput>\n<pid>1</pid>\n${errors.join('\n')}\n</valgrindoutput>\n`;
        const { trees, totals } = await profileIn(xml);
        expect(selfByStack(trees[0]!, 'possibleBytes')).toEqual(valueByStack(stacks, 0));
        expect(totals.possibleBlocks).toBe(sumOf(stacks, 1));
      }),
    );
  });

  test('keeps the processes of a fork apart, though their lines and documents are interleaved', async () => {
    const record = (pid: number, bytes: number) => [
      `==${pid}== ${bytes} bytes in 1 blocks are definitely lost in loss record 1 of 1`,
      `==${pid}==    at 0x1: f (a.c:1)`,
    ];
    const [parent, child] = [record(10, 100), record(11, 30)];
    const text = [parent[0], child[0], child[1], parent[1]].join('\n');
    const { trees, totals } = await profileIn(text);
    expect(selfByStack(trees[0]!, 'definiteBytes')).toEqual({ 'process 10 | f': 100, 'process 11 | f': 30 });
    expect(totals.definiteBytes).toBe(130);
    const twice = fixtureText('memcheck.xml').replace('<?xml version="1.0"?>', '');
    const two = await profileIn(fixtureText('memcheck.xml') + twice);
    expect(two.totals.reachableBytes).toBe(2 * nativeTotals().memcheck!.reachableBytes!);
  });

  test('says how much is in use without a loss record', async () => {
    const summary = fixtureText('memcheck.log')
      .split('\n')
      .filter(line => !/are still reachable|are possibly lost/.test(line));
    const { missing } = await profileIn(summary.join('\n'));
    expect(missing).toContainEqual({
      total: 'reachableBytes',
      amount: nativeTotals().memcheck!.reachableBytes,
      why: expect.stringContaining('no loss record'),
    });
  });
});

describe('xtree', () => {
  test('has the totals of memcheck and DHAT', async () => {
    const memory = await profileIn(fixtureText('xtree.kcg'));
    expect(memory.totals).toMatchObject({
      endBytes: nativeTotals().memcheck!.endBytes,
      allocatedBytes: nativeTotals().dhat!.allocatedBytes,
    });
    const { definiteBytes, indirectBytes, possibleBytes, reachableBytes } = nativeTotals().memcheck!;
    const leaks = await profileIn(fixtureText('xtree-leak.kcg'));
    expect(leaks.totals).toMatchObject({ definiteBytes, indirectBytes, possibleBytes, reachableBytes });
  });

  test('reads back random stacks', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(2), async stacks => {
        const ids = new Map<string, number>();
        const named = (name: string) => {
          const known = ids.get(name);
          if (known !== undefined) return `(${known})`;
          ids.set(name, ids.size + 1);
          return `(${ids.size}) ${name}`;
        };
        const groups = stacks.map(({ frames, values }) =>
          frames
            .map((name, depth) => {
              const own = `fl=(1) /srv/prog.c\nfn=${named(name)}\n`;
              if (depth === frames.length - 1) return `${own}5 ${values.join(' ')}\n`;
              return `${own}5\ncfi=(1)\ncfn=${named(frames[depth + 1]!)}\ncalls=0 0\n5 ${values.join(' ')}\n`;
            })
            .join(''),
        );
        const text = `# callgrind format\ncreator: xtree-1\ncmd: ./prog\npositions: line\nevents: curB curBk \n${groups.join('\n')}`;
        const { trees, damage } = await profileIn(text);
        expect(selfByStack(trees[0]!, 'endBytes')).toEqual(valueByStack(stacks, 0));
        expect(selfByStack(trees[0]!, 'endBlocks')).toEqual(valueByStack(stacks, 1));
        expect(damage.lines).toBe(0);
      }),
    );
  });
});
