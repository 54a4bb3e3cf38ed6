import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { complement, emptyBits, ObjectSet } from '../model/object-set.ts';
import type { GroupingKey, ObjectSetSpec } from '../protocol/object-set.ts';
import { columnOf, type GroupTable } from './grouping.ts';

/** What turning a description into a set needs. */
export interface SetContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  group(key: GroupingKey): GroupTable;
}

/** The set that `spec` describes: O(n) for each of its parts, whose number is the page's. */
export function compileSet(context: SetContext, spec: ObjectSetSpec): ObjectSet {
  const bits = bitsOf(context, spec);
  return bits === null ? ObjectSet.all(context.snapshot) : ObjectSet.of(context.snapshot, bits);
}

/** null = all. */
function bitsOf(context: SetContext, spec: ObjectSetSpec): Uint32Array | null {
  const { snapshot, retention } = context;
  switch (spec.kind) {
    case 'all':
      return null;
    case 'group': {
      const table = context.group(spec.key);
      return mark(snapshot, columnOf(snapshot, table), id => table.labels[table.groupOf[id]!] === spec.label);
    }
    case 'generations': {
      const { generation } = snapshot.allocations;
      return mark(snapshot, snapshot.allocation, id => {
        const g = generation[id]! - 1;
        return g >= 0 && g >= spec.from && g <= spec.to;
      });
    }
    case 'untraced':
      return mark(snapshot, snapshot.allocation, id => snapshot.allocations.generation[id] === 0);
    case 'dominatedBy':
      return dominatedBy(snapshot, retention, spec.object);
    case 'reachability': {
      const bits = emptyBits(snapshot.objects);
      const { position } = retention.tree;
      for (let i = 0; i < snapshot.objects; i++) {
        if ((position[i] !== 0) === spec.reachable) bits[i >>> 5]! |= 1 << (i & 31);
      }
      return bits;
    }
    case 'text':
      return matching(context, spec.text);
    case 'not': {
      const bits = bitsOf(context, spec.set);
      return bits === null ? emptyBits(snapshot.objects) : complement(bits, snapshot.objects);
    }
    case 'and': {
      let result: Uint32Array | null = null;
      for (const part of spec.sets) {
        const bits = bitsOf(context, part);
        if (bits === null) continue;
        if (result === null) result = bits;
        else for (let word = 0; word < bits.length; word++) result[word]! &= bits[word]!;
      }
      return result;
    }
  }
}

/** Objects whose id in `column` passes; each id is asked once. */
function mark(snapshot: HeapSnapshot, column: Uint32Array, passes: (id: number) => boolean): Uint32Array {
  const length = column === snapshot.descriptor ? snapshot.descriptors.length : snapshot.allocations.length;
  const passing = new Uint8Array(length);
  for (let id = 0; id < length; id++) passing[id] = passes(id) ? 1 : 0;
  const bits = emptyBits(snapshot.objects);
  for (let i = 0; i < snapshot.objects; i++) bits[i >>> 5]! |= passing[column[i]!]! << (i & 31);
  return bits;
}

function dominatedBy(snapshot: HeapSnapshot, retention: Retention, object: number): Uint32Array {
  const bits = emptyBits(snapshot.objects);
  const { position, subtreeEnd, vertex } = retention.tree;
  const start = position[object]!;
  if (start === 0) {
    if (object < snapshot.objects) bits[object >>> 5]! |= 1 << (object & 31);
    return bits;
  }
  for (let at = start; at < subtreeEnd[start]!; at++) bits[vertex[at]! >>> 5]! |= 1 << (vertex[at]! & 31);
  return bits;
}

/** Class label or site contains the text, the name of a class or module does, or the address is it. */
function matching(context: SetContext, text: string): Uint32Array {
  const { snapshot } = context;
  const wanted = text.toLowerCase();
  const bits = emptyBits(snapshot.objects);
  for (const key of ['class', 'site', 'method'] as const) {
    const table = context.group(key);
    const passing = table.labels.map(label => label?.toLowerCase().includes(wanted) ?? false);
    const found = mark(snapshot, columnOf(snapshot, table), id => passing[table.groupOf[id]!]!);
    for (let word = 0; word < bits.length; word++) bits[word]! |= found[word]!;
  }
  const { object, name } = snapshot.classes;
  const names = new Map<number, boolean>();
  for (let row = 0; row < object.length; row++) {
    let passes = names.get(name[row]!);
    if (passes === undefined) {
      passes = snapshot.strings.text(name[row]!).toLowerCase().includes(wanted);
      names.set(name[row]!, passes);
    }
    if (passes) bits[object[row]! >>> 5]! |= 1 << (object[row]! & 31);
  }
  if (/^0x[0-9a-f]{1,14}$/.test(wanted)) {
    const found = snapshot.pages.objectAtAddress(Number.parseInt(wanted, 16));
    if (found >= 0) bits[found >>> 5]! |= 1 << (found & 31);
  }
  return bits;
}
