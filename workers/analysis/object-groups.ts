import type { Retention } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ObjectKey } from '../protocol/object-set.ts';
import type { ObjectGroups } from './grouping.ts';
import { slotGroups } from './slot-groups.ts';

/** Labels of objects that several roots reach, or none. */
const SEVERAL_ROOTS = '(several roots)';
const UNREACHABLE = '(unreachable)';

/** O(n). */
export function* objectGroups(
  snapshot: HeapSnapshot,
  retention: Retention,
  key: ObjectKey,
): Steps<ObjectGroups> {
  switch (key) {
    case 'root':
      return yield* byRoot(snapshot, retention);
    case 'dominator':
      return yield* byDominator(snapshot, retention);
    case 'flags':
      return yield* byFlags(snapshot);
    case 'slot':
      return yield* slotGroups(snapshot);
  }
}

/** The objects that only one kind of root reaches are a range of the dominator tree. */
function* byRoot(snapshot: HeapSnapshot, { tree, kinds, kindPositions }: Retention): Steps<ObjectGroups> {
  const { vertex, subtreeEnd, length } = tree;
  const groupOf = new Uint32Array(snapshot.objects);
  const put = (group: number, from: number, to: number) => {
    for (let at = from; at < to; at++) {
      if (vertex[at]! < snapshot.objects) groupOf[vertex[at]!] = group;
    }
  };
  for (let start = 1; start < length; start += STRIDE) {
    put(1, start, Math.min(length, start + STRIDE));
    yield (start / length) * 0.5;
  }
  for (const [kind, at] of kindPositions.entries()) {
    if (at > 0) put(kind + 2, at + 1, subtreeEnd[at]!);
    yield 0.5 + (kind / kinds.length) * 0.5;
  }
  return { key: 'root', groupOf, labels: [UNREACHABLE, SEVERAL_ROOTS, ...kinds] };
}

/** By the label of the dominator, or the kind of root that dominates it directly. */
function* byDominator(snapshot: HeapSnapshot, { tree, kinds }: Retention): Steps<ObjectGroups> {
  const { strings, descriptors, objects } = snapshot;
  const { position, dominator, vertex } = tree;
  const labels: (string | null)[] = [UNREACHABLE, SEVERAL_ROOTS, ...kinds.map(kind => `root ${kind}`)];
  const groupOfLabel = new Map(labels.map((label, group) => [label, group]));
  const groupOfDescriptor = Uint32Array.from(descriptors.label, id => {
    const label = strings.text(id);
    let group = groupOfLabel.get(label);
    if (group === undefined) {
      group = labels.push(label) - 1;
      groupOfLabel.set(label, group);
    }
    return group;
  });
  const groupOf = new Uint32Array(objects);
  for (let object = 0; object < objects; object++) {
    if ((object & (STRIDE - 1)) === 0) yield object / objects;
    const at = position[object]!;
    if (at === 0) continue;
    const above = dominator[at]!;
    if (above === 0) groupOf[object] = 1;
    else {
      const by = vertex[above]!;
      groupOf[object] = by >= objects ? by - objects + 2 : groupOfDescriptor[descriptorOf(snapshot, by)]!;
    }
  }
  return { key: 'dominator', groupOf, labels };
}

/** Flags that are in the records. */
const RECORDED: readonly [ObjectFlag, string][] = [
  [ObjectFlag.frozen, 'frozen'],
  [ObjectFlag.embedded, 'embedded'],
  [ObjectFlag.shared, 'shared'],
  [ObjectFlag.fstring, 'fstring'],
  [ObjectFlag.pinned, 'pinned'],
  [ObjectFlag.singleton, 'singleton'],
  [ObjectFlag.broken, 'broken'],
];

function* byFlags({ flags, objects }: HeapSnapshot): Steps<ObjectGroups> {
  const mask = RECORDED.reduce((all, [flag]) => all | flag, ObjectFlag.old as number);
  const labels: (string | null)[] = [];
  const groupOfBits = new Int32Array(1 << 16).fill(-1);
  const groupOf = new Uint32Array(objects);
  for (let object = 0; object < objects; object++) {
    if ((object & (STRIDE - 1)) === 0) yield object / objects;
    const bits = flags[object]! & mask;
    if (groupOfBits[bits] === -1) groupOfBits[bits] = labels.push(flagsLabel(bits)) - 1;
    groupOf[object] = groupOfBits[bits]!;
  }
  return { key: 'flags', groupOf, labels };
}

function flagsLabel(bits: number): string {
  const age = (bits & ObjectFlag.old) !== 0 ? 'old' : 'young';
  return [age, ...RECORDED.flatMap(([flag, name]) => ((bits & flag) === 0 ? [] : [name]))].join(', ');
}
