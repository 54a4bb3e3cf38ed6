import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { FindingKind } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';

const SHOWN = 8;
/** Maximum number of names of one order that are shown. */
const NAMES = 6;

/** Sets of instance variables that are set in more than one order. */
export const shapeOrders: FindingKind = {
  kind: 'shape-orders',
  group: 'state',
  method:
    'Finds shapes whose chains up to the root add the same instance variables in a different order. Names are compared one by one, and only the longest chains are listed. Each order is a separate shape, so instance variable caches miss, and a class with too many shapes is stored as a hash table. The dump does not say here which classes the shapes belong to.',
  reference: 'Shopify, "Performance impact of the memoization idiom on modern Ruby" (object shapes).',
  cost: 'O(shapes × variables)',
  thresholds: [{ name: 'shapes.orders', label: 'orders', unit: 'count', min: 2, max: 1000, usual: 2 }],

  *find({ snapshot, threshold }) {
    const orders = ordersOfShapes(snapshot).filter(
      ({ orders }) => orders.length >= threshold('shapes.orders'),
    );
    if (orders.length === 0) return [];
    const [first] = orders;
    return [
      plainFinding({
        id: 'shape-orders',
        title: 'Instance variables set in different orders',
        sentence: `${formatCountOf(orders.length, 'set')} of instance variables ${orders.length === 1 ? 'is' : 'are'} set in more than one order, such as ${listed(first!.orders[0]!)} in ${formatCountOf(first!.orders.length, 'order')}.`,
        bytes: 0,
        objects: 0,
        certainty: 'exact',
        figures: { shapes: snapshot.shapes.length, sets: orders.length },
        evidence: orders.slice(0, SHOWN).map(({ orders: [one, ...others] }) => ({
          label: listed(one!),
          detail: `also ${listed(others[0]!)}${others.length > 1 ? ` and ${others.length - 1} more` : ''}`,
          objects: null,
          bytes: null,
          object: null,
          set: null,
        })),
      }),
    ];
  },
};

/**
 * Orders of names that are permutations of each other, those with the most orders first; without prefixes of longer
 * ones.
 */
export function ordersOfShapes({ shapes, strings }: HeapSnapshot): { orders: string[][] }[] {
  const rowOf = new Map<number, number>();
  const hasChild = new Uint8Array(shapes.length);
  for (let row = 0; row < shapes.length; row++) rowOf.set(shapes.id[row]!, row);
  for (let row = 0; row < shapes.length; row++) {
    const parent = rowOf.get(shapes.parent[row]!);
    if (parent !== undefined && shapes.name[row] !== 0) hasChild[parent] = 1;
  }
  const bySet = new Map<string, Map<string, string[]>>();
  for (let row = 0; row < shapes.length; row++) {
    if (hasChild[row] === 1 || shapes.name[row] === 0) continue;
    const names: string[] = [];
    let at: number | undefined = row;
    // A damaged dump can contain a cycle.
    for (let steps = 0; at !== undefined && steps < shapes.length; steps++) {
      if (shapes.name[at] !== 0) names.unshift(strings.text(shapes.name[at]!));
      at = rowOf.get(shapes.parent[at]!);
    }
    const set = JSON.stringify(names.toSorted());
    const orders = bySet.get(set) ?? new Map<string, string[]>();
    bySet.set(set, orders);
    orders.set(JSON.stringify(names), names);
  }
  return [...bySet.values()]
    .filter(orders => orders.size > 1)
    .map(orders => ({ orders: [...orders.values()] }))
    .sort((a, b) => b.orders.length - a.orders.length || b.orders[0]!.length - a.orders[0]!.length);
}

function listed(names: readonly string[]): string {
  return names.length <= NAMES ? names.join(', ') : `${names.slice(0, NAMES).join(', ')} \u2026`;
}
