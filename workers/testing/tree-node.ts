import type { TreeNode } from '../protocol/tree-node.ts';

/** A node of a tree with the fields that a test needs and defaults for all others. */
export function treeNode(more: Partial<TreeNode>): TreeNode {
  return {
    parent: 0,
    kind: 'group',
    object: null,
    label: '',
    title: '',
    type: null,
    family: null,
    isNamed: false,
    generation: null,
    bytes: 1,
    objects: 1,
    shallowBytes: 1,
    retainedBytes: 1,
    chainLength: 1,
    merged: 1,
    more: false,
    skip: 0,
    step: null,
    set: null,
    ...more,
  };
}
