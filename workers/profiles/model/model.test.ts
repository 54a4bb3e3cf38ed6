import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStacks, selfByStack, valueByStack } from '../../testing/profiles/random-stacks.ts';
import { BlockTable } from './block-table.ts';
import { inclusive, pathOf } from './call-tree.ts';
import { functionTable } from './function-table.ts';
import { LiveReplay, replayWeights } from './live-replay.ts';
import { PairTable } from './pair-table.ts';
import { selfAt } from './snapshots.ts';
import { TreeBuilder } from './tree-builder.ts';

function builderOf(weights = 1): TreeBuilder {
  const keys = Array.from({ length: weights }, (_, at) => `w${at}`);
  const specs = keys.map(key => ({ key, label: key, unit: 'bytes' as const }));
  return new TreeBuilder({ id: 'stacks', label: 'stacks', kind: 'calls', weights: specs });
}

test('a pair has one id, in order of first occurrence', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 400 }), pairs => {
      const table = new PairTable();
      const ids = new Map<string, number>();
      for (const [a, b] of pairs) {
        const key = `${a} ${b}`;
        if (!ids.has(key)) ids.set(key, ids.size);
        expect(table.idOf(a, b)).toBe(ids.get(key));
      }
      expect(table.length).toBe(ids.size);
    }),
  );
});

test('a tree keeps each stack and its value', () => {
  fc.assert(
    fc.property(randomStacks(2), stacks => {
      const builder = builderOf(2);
      for (const { frames, values } of stacks) {
        const node = builder.stack(frames.map(name => builder.frame(name)));
        for (const [at, value] of values.entries()) builder.add(node, at, value);
      }
      const tree = builder.finish();
      expect(selfByStack(tree, 'w0')).toEqual(valueByStack(stacks, 0));
      expect(selfByStack(tree, 'w1')).toEqual(valueByStack(stacks, 1));
    }),
  );
});

test('a function has its self value, and the total of its outermost calls', () => {
  fc.assert(
    fc.property(randomStacks(1), stacks => {
      const builder = builderOf();
      for (const { frames, values } of stacks) {
        builder.add(builder.stack(frames.map(name => builder.frame(name))), 0, values[0]!);
      }
      const tree = builder.finish();
      const oracle = new Map<string, { self: number; total: number }>();
      for (const { frames, values } of stacks) {
        for (const name of new Set(frames)) {
          const row = oracle.get(name) ?? { self: 0, total: 0 };
          oracle.set(name, row);
          row.total += values[0]!;
          if (frames.at(-1) === name) row.self += values[0]!;
        }
      }
      const rows = functionTable(tree).map(({ name, self, total }) => [
        name,
        { self: self[0]!, total: total[0]! },
      ]);
      expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(oracle));
      expect(inclusive(tree, tree.weights[0]!.self)[0]).toBe(
        stacks.reduce((sum, each) => sum + each.values[0]!, 0),
      );
    }),
  );
});

test('a frame without any text is a separate node, not the root', () => {
  const builder = builderOf();
  const node = builder.stack([builder.frame(''), builder.frame('a')]);
  builder.add(node, 0, 5);
  const tree = builder.finish();
  expect(pathOf(tree, node)).toEqual(['(unnamed)', 'a']);
  expect(tree.weights[0]!.self[0]).toBe(0);
});

test('blocks are found by their address until they are removed, as in a map', () => {
  const operation = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), fc.boolean(), (operations, high) => {
      const blocks = new BlockTable();
      const oracle = new Map<number, number>();
      for (const [event, [add, number]] of operations.entries()) {
        // Aligned addresses, as from allocators: near each other, or beyond 32 bits.
        const address = number * 16 + (high ? 0x7f00_0000_0000 : 0);
        const slot = blocks.find(address);
        expect(slot >= 0).toBe(oracle.has(address));
        if (slot >= 0)
          expect([blocks.sizeAt(slot), blocks.siteAt(slot)]).toEqual([oracle.get(address), number]);
        if (add && slot < 0) {
          blocks.add(address, number, event + 1, event);
          oracle.set(address, event + 1);
        } else if (!add && slot >= 0) {
          blocks.remove(slot);
          oracle.delete(address);
        }
        expect(blocks.length).toBe(oracle.size);
      }
      for (const [address, size] of oracle) expect(blocks.sizeAt(blocks.find(address))).toBe(size);
    }),
  );
});

describe('a replay of allocations', () => {
  /** Sites allocate blocks of some size, or free one of theirs. */
  const events = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 1000 }), fc.boolean()), {
    maxLength: 200,
  });

  test('has the peak and the values of every site at the peak, and what is left at the end', () => {
    fc.assert(
      fc.property(events, random => {
        const replay = new LiveReplay();
        const live: number[][] = [[], [], [], [], [], []];
        let peak = { bytes: 0, bySite: live.map(() => 0) };
        const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
        for (const [site, size, free] of random) {
          const gone = free ? live[site]!.pop() : undefined;
          if (free && gone === undefined) continue;
          if (gone !== undefined) replay.free(site, gone);
          else {
            live[site]!.push(size);
            replay.allocate(site, size);
          }
          const bySite = live.map(sum);
          if (sum(bySite) > peak.bytes) peak = { bytes: sum(bySite), bySite };
        }
        const builder = new TreeBuilder({
          id: 's',
          label: 's',
          kind: 'calls',
          weights: replayWeights('live'),
        });
        const nodes = live.map((_, site) => builder.child(0, builder.frame(`site ${site}`)));
        replay.addTo(builder, site => nodes[site]!);
        expect(replay.peakBytes).toBe(peak.bytes);
        expect(nodes.map(node => builder.self(node, 2))).toEqual(peak.bySite);
        expect(nodes.map(node => builder.self(node, 0))).toEqual(live.map(sum));
        expect(replay.liveBlocks).toBe(live.flat().length);
      }),
    );
  });

  test('keeps a bounded timeline, whose snapshots show what was live at their rows', () => {
    const replay = new LiveReplay();
    for (let event = 1; event <= 50_000; event++) {
      if (event % 3 === 0) replay.free(0, 10);
      else replay.allocate(event % 3 === 1 ? 0 : 1, 10);
      replay.mark(event);
    }
    replay.mark(50_000, true);
    const { x, columns } = replay.timeline().finish('event', 'events');
    const bytes = columns[0]!.values;
    expect(x.values.length).toBeLessThanOrEqual(1024);
    expect(x.values.length).toBeGreaterThan(256);
    expect(bytes.at(-1)).toBe(replay.liveBytes);
    const snapshots = replay.snapshots(site => site + 1);
    expect(snapshots.row.length).toBeGreaterThan(16);
    for (const [snapshot, row] of snapshots.row.entries()) {
      expect(selfAt(snapshots, snapshot, 3).reduce((sum, value) => sum + value)).toBe(bytes[row]);
    }
  });
});
