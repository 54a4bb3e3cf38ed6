import { describe, expect, it } from 'vitest';
import { treeNode as node } from '../../../workers/testing/tree-node.ts';
import type { TreemapSource } from '../../state/navigation.ts';
import { positionOf, setBelow, sourceOfTile } from './sources.ts';

const whole = node({ parent: -1, kind: 'all', label: 'Heap' });
const strings = node({ label: 'String', set: { kind: 'group', key: 'class', label: 'String' } });
const untraced = node({
  parent: 1,
  label: 'untraced',
  set: {
    kind: 'and',
    sets: [
      { kind: 'group', key: 'class', label: 'String' },
      { kind: 'group', key: 'site', label: null },
    ],
  },
});
const byClass: TreemapSource = { by: 'groups', keys: ['class', 'site'], path: [] };
const all: TreemapSource = { by: 'dominators', root: { kind: 'all' } };

describe('sourceOfTile', () => {
  it('enters groups down to the last key', () => {
    expect(sourceOfTile(byClass, [whole, strings])).toEqual({ ...byClass, path: ['String'] });
    expect(sourceOfTile(byClass, [whole, strings, untraced])).toBeNull();
    const deeper: TreemapSource = { by: 'groups', keys: ['class', 'site', 'method'], path: [] };
    expect(sourceOfTile(deeper, [whole, strings, untraced])).toEqual({ ...deeper, path: ['String', null] });
  });

  it('enters branches of the merged tree, and the rest of their children', () => {
    const merged: TreemapSource = { by: 'merged', path: ['root:vm'], overhead: false };
    const array = node({ kind: 'object', object: 3, step: 'objects:Array' });
    const inside = { ...merged, path: ['root:vm', 'objects:Array'] };
    expect(sourceOfTile(merged, [whole, array])).toEqual(inside);
    const rest = node({ kind: 'remainder', skip: 12 });
    expect(sourceOfTile(merged, [whole, rest])).toEqual({ ...merged, skip: 12 });
    expect(sourceOfTile(merged, [whole, array, rest])).toEqual({ ...inside, skip: 12 });
    expect(sourceOfTile(merged, [whole, node({ kind: 'self' })])).toBeNull();
  });

  it('enters objects, roots, unreachable objects, and the rest', () => {
    expect(sourceOfTile(all, [whole, node({ kind: 'object', object: 7 })])).toEqual({
      by: 'dominators',
      root: { kind: 'object', object: 7 },
    });
    expect(sourceOfTile(all, [whole, node({ kind: 'root', label: 'vm' })])).toEqual({
      by: 'dominators',
      root: { kind: 'root', name: 'vm' },
    });
    expect(sourceOfTile(all, [whole, node({ kind: 'remainder', skip: 4 })])).toEqual({ ...all, skip: 4 });
  });
});

describe('setBelow', () => {
  it('is the intersection of the current set and the groups drilled into', () => {
    const generations = { kind: 'generations', from: 4, to: 5 } as const;
    expect(setBelow(byClass, generations)).toBe(generations);
    expect(setBelow({ ...byClass, path: ['String'] }, { kind: 'all' })).toEqual(strings.set);
    expect(setBelow({ ...byClass, path: ['String', null] }, generations)).toEqual({
      kind: 'and',
      sets: [generations, strings.set, { kind: 'group', key: 'site', label: null }],
    });
  });
});

describe('positionOf', () => {
  it('finds the tile that was drilled into', () => {
    const nodes = [whole, strings, untraced];
    expect(positionOf({ ...byClass, path: ['String'] }, byClass, nodes)).toBe(1);
    expect(positionOf({ ...byClass, path: ['String', null] }, byClass, nodes)).toBe(2);
    expect(positionOf({ ...byClass, path: ['Array'] }, byClass, nodes)).toBe(-1);
    expect(positionOf({ ...byClass, keys: ['gem', 'class'] }, all, nodes)).toBe(-1);
    const merged: TreemapSource = { by: 'merged', path: [], overhead: false };
    const tiles = [whole, node({ step: 'root:vm' }), node({ parent: 1, step: 'objects:Array' })];
    expect(positionOf({ ...merged, path: ['root:vm', 'objects:Array'] }, merged, tiles)).toBe(2);
    expect(positionOf({ ...merged, path: ['root:vm'], skip: 2 }, merged, tiles)).toBe(-1);
    const objects = [whole, node({ kind: 'object', object: 3 })];
    expect(positionOf({ by: 'dominators', root: { kind: 'object', object: 3 } }, all, objects)).toBe(1);
  });
});
