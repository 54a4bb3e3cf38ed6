import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import type { ClassShapes, ShapeRow } from '../../protocol/shapes.ts';
import type { Count } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';

const CLASSES_SHOWN = 3;

/** The tree of shapes, and the objects of each if they are known. Rows are those of the table of shapes. */
export interface ShapeTree {
  /** Row → row of the parent; -1 = outermost, which includes shapes whose parent is missing. */
  parent: Int32Array;
  /** Rows in an order in which each comes after its parent. */
  order: Uint32Array;
  variables: Uint32Array;
  children: Uint32Array;
  below: Uint32Array;
  /** Null if no record contains the shape of an object. */
  objects: Uint32Array | null;
  objectsBelow: Float64Array | null;
  /** String id of a class label → objects of that class, by row. */
  labels: Map<number, Count>[];
  classes: ClassShapes[];
}

/** Builds the tree of shapes, with the objects of each. O(shapes + n). */
export function* shapeTree(snapshot: HeapSnapshot): Steps<ShapeTree> {
  const { shapes, layouts } = snapshot;
  const rowOf = new Map<number, number>();
  for (let row = 0; row < shapes.length; row++) rowOf.set(shapes.id[row]!, row);
  const parent = Int32Array.from({ length: shapes.length }, (_, row) => {
    const above = rowOf.get(shapes.parent[row]!);
    // A root has no parent, which is read as shape 0.
    return above === undefined || above === row || shapes.id[row] === 0 ? -1 : above;
  });
  const order = inOrder(parent);
  const tree: ShapeTree = {
    parent,
    order,
    variables: new Uint32Array(shapes.length),
    children: new Uint32Array(shapes.length),
    below: new Uint32Array(shapes.length),
    objects: null,
    objectsBelow: null,
    labels: Array.from({ length: shapes.length }, () => new Map<number, Count>()),
    classes: [],
  };
  for (const row of order) {
    const above = parent[row]!;
    tree.variables[row] = (above < 0 ? 0 : tree.variables[above]!) + (shapes.name[row] === 0 ? 0 : 1);
  }
  for (const row of order.toReversed()) {
    const above = parent[row]!;
    if (above < 0) continue;
    tree.children[above]!++;
    tree.below[above]! += tree.below[row]! + 1;
  }
  if (layouts.shape.some(shape => shape !== 0)) yield* countObjects(snapshot, tree, rowOf);
  return tree;
}

/** Rows, each after its parent. Rows of a cycle, which only a damaged dump has, become outermost. */
function inOrder(parent: Int32Array): Uint32Array {
  const order: number[] = [];
  const isPlaced = new Uint8Array(parent.length);
  for (let row = 0; row < parent.length; row++) {
    const path: number[] = [];
    const onPath = new Set<number>();
    let at = row;
    while (at >= 0 && isPlaced[at] === 0 && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      at = parent[at]!;
    }
    if (at >= 0 && onPath.has(at)) parent[path.at(-1)!] = -1;
    for (const each of path.toReversed()) {
      isPlaced[each] = 1;
      order.push(each);
    }
  }
  return Uint32Array.from(order);
}

function* countObjects(
  snapshot: HeapSnapshot,
  tree: ShapeTree,
  rowOf: ReadonlyMap<number, number>,
): Steps<void> {
  const { descriptors, flags, layouts, pair: pairOf, pairs } = snapshot;
  const rowOfLayout = Int32Array.from(layouts.shape, shape => rowOf.get(shape - 1) ?? -1);
  const isPlain = Uint8Array.from(descriptors.traits, traits =>
    (traits & Trait.variables) !== 0 && (traits & Trait.fields) === 0 ? 1 : 0,
  );
  const objects = new Uint32Array(tree.parent.length);
  const objectsBelow = new Float64Array(tree.parent.length);
  const byClass = new Map<number, { rows: Set<number>; objects: Count; complex: Count }>();
  for (let object = 0; object < snapshot.objects; object++) {
    if (object % STRIDE === 0) yield object / snapshot.objects;
    const pair = pairOf[object]!;
    const descriptor = pairs.descriptor[pair]!;
    if (isPlain[descriptor] === 0) continue;
    const label = descriptors.label[descriptor]!;
    const known = byClass.get(label) ?? { rows: new Set<number>(), objects: 0, complex: 0 };
    byClass.set(label, known);
    known.objects++;
    if ((flags[object]! & ObjectFlag.complexShape) !== 0) known.complex++;
    const row = rowOfLayout[pairs.layout[pair]!]!;
    if (row < 0) continue;
    known.rows.add(row);
    objects[row]!++;
    tree.labels[row]!.set(label, (tree.labels[row]!.get(label) ?? 0) + 1);
  }
  for (const row of tree.order.toReversed()) {
    objectsBelow[row]! += objects[row]!;
    const above = tree.parent[row]!;
    if (above < 0) continue;
    objectsBelow[above]! += objectsBelow[row]!;
    for (const [label, count] of tree.labels[row]!) {
      tree.labels[above]!.set(label, (tree.labels[above]!.get(label) ?? 0) + count);
    }
  }
  tree.objects = objects;
  tree.objectsBelow = objectsBelow;
  tree.classes = [...byClass]
    .map(([label, { rows, objects: count, complex }]) => ({
      label: snapshot.strings.text(label),
      shapes: rows.size,
      objects: count,
      complex,
    }))
    .sort((a, b) => b.shapes - a.shapes || b.complex - a.complex || b.objects - a.objects);
}

/**
 * The shapes directly below one, or the outermost ones: those with the most objects first, or if objects are not
 * counted, with the most shapes.
 */
export function shapesBelow(snapshot: HeapSnapshot, tree: ShapeTree, below: number | null): ShapeRow[] {
  const { shapes, strings } = snapshot;
  const rows: ShapeRow[] = [];
  for (const [row, above] of tree.parent.entries()) {
    if (above !== (below ?? -1)) continue;
    rows.push({
      row,
      id: shapes.id[row]!,
      name: shapes.name[row] === 0 ? null : strings.text(shapes.name[row]!),
      variables: tree.variables[row]!,
      children: tree.children[row]!,
      below: tree.below[row]!,
      objects: tree.objects?.[row] ?? null,
      objectsBelow: tree.objectsBelow?.[row] ?? null,
      classes: [...tree.labels[row]!]
        .sort((a, b) => b[1] - a[1])
        .slice(0, CLASSES_SHOWN)
        .map(([label]) => strings.text(label)),
    });
  }
  return rows.sort(
    (a, b) => (b.objectsBelow ?? 0) - (a.objectsBelow ?? 0) || b.below - a.below || a.id - b.id,
  );
}
