import { expect, it } from 'vitest';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { treeNode } from '../../../workers/testing/tree-node.ts';
import { fittingName, tileName, tileNames } from './labels.ts';

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

it('cuts a name that fits in no form in its middle, so that names that begin alike differ', () => {
  const inCharacters = (of: TreeNode, width: number) => fittingName(of, 'label', width, text => text.length);
  const namespace = (label: string) => node({ kind: 'namespace', label, merged: 20 });
  expect(inCharacters(namespace('ActiveRecord::'), 15)).toBe('ActiveRecord::\u2026');
  expect(inCharacters(namespace('ActiveRecord::'), 12)).toBe('ActiveRecord');
  expect(inCharacters(namespace('ActiveRecord::'), 9)).toBe('Acti\u2026cord');
  expect(inCharacters(namespace('ActiveSupport::'), 9)).toBe('Acti\u2026port');
  expect(inCharacters(node({ label: 'A::HasManyAssociation' }), 10)).toBe('HasMa\u2026tion');
  expect(inCharacters(node({ label: 'A::HasManyAssociation' }), 6)).toBeNull();
  expect(inCharacters(node({ kind: 'remainder', objects: 3 }), 8)).toBeNull();
});
