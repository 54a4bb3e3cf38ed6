import { expect, it } from 'vitest';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { treeNode } from '../../../workers/testing/tree-node.ts';
import { tileName, tileNames } from './labels.ts';

const node = (more: Partial<TreeNode>): TreeNode =>
  treeNode({ kind: 'object', object: 1, label: 'Array', type: 'ARRAY', ...more });

it('names a class by its own name, other objects by their label and title', () => {
  expect(tileName(node({ label: 'Class', title: 'AuditTrail', type: 'CLASS', isNamed: true }))).toBe(
    'AuditTrail (Class)',
  );
  expect(tileName(node({ title: '[240]' }))).toBe('Array [240]');
  expect(tileName(node({ label: 'Node', type: 'OBJECT', chainLength: 250_000 }))).toBe('Node × 250,000 deep');
  expect(tileName(node({ kind: 'remainder', objects: 12 }))).toBe('not drawn: 12 objects');
  expect(tileName(node({ kind: 'merged', label: 'Proc', merged: 280 }))).toBe('Proc × 280');
  expect(tileName(node({ kind: 'namespace', label: 'Active::', merged: 2 }))).toBe('Active::… (2 classes)');
});

it('keeps the last part of a class name in the shortest form', () => {
  expect(tileNames(node({ label: 'A::Long::Last', type: 'OBJECT' }))).toEqual([
    'A::Long::Last',
    'A::Long::Last',
    '…::Last',
  ]);
  expect(tileNames(node({ label: 'Class', title: 'A::Long::Last', type: 'CLASS', isNamed: true }))).toEqual([
    'A::Long::Last (Class)',
    'A::Long::Last',
    '…::Last',
  ]);
  expect(tileNames(node({ kind: 'group', label: '/srv/app/models/user.rb:12' })).at(-1)).toBe('…/user.rb:12');
  expect(tileNames(node({ kind: 'group', label: 'rack 2.2.22 \u203a rack/mock.rb' })).slice(1)).toEqual([
    'rack 2.2.22 \u203a rack/mock.rb',
    'rack 2.2.22 \u203a \u2026/mock.rb',
    'rack \u203a mock.rb',
    '\u2026/mock.rb',
  ]);
});
