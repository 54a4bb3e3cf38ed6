import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { complement, emptyBits, ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { GroupingKey, ObjectSetSpec } from '../protocol/object-set.ts';
import { type Branches, branchMembers } from './branches.ts';
import type { GroupTable } from './grouping.ts';

/** What turning a description into a set needs. */
export interface SetContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  group(key: GroupingKey): GroupTable;
  branches(): Steps<Branches>;
}

/**
 * Members are objects whose pair passes and whose bit is set; null = no such condition. Kept apart as long as that
 * goes: what is a matter of pairs is combined without a look at the objects.
 */
interface Membership {
  /** 1 for each pair that passes. */
  pairs: Uint8Array | null;
  bits: Int32Array | null;
}

/** The set that `spec` describes. O(pairs) for what follows from class, site and generation; else O(n) for each part. */
export function* compileSet(context: SetContext, spec: ObjectSetSpec): Steps<ObjectSet> {
  const { snapshot } = context;
  const members = yield* membership(context, spec);
  if (members.bits !== null) return yield* ObjectSet.ofBits(snapshot, yield* asBits(snapshot, members));
  return members.pairs === null ? ObjectSet.all(snapshot) : ObjectSet.ofPairs(snapshot, members.pairs);
}

function* membership(context: SetContext, spec: ObjectSetSpec): Steps<Membership> {
  const { snapshot, retention } = context;
  switch (spec.kind) {
    case 'all':
      return { pairs: null, bits: null };
    case 'group': {
      const { groupOf, labels } = context.group(spec.key);
      const group = labels.indexOf(spec.label);
      return ofPairs(snapshot, pair => groupOf[pair] === group);
    }
    case 'generations': {
      const { from, to } = spec;
      return ofPairs(snapshot, pair => {
        const generation = generationOf(snapshot, pair);
        return generation >= 0 && generation >= from && generation <= to;
      });
    }
    case 'untraced':
      return ofPairs(snapshot, pair => generationOf(snapshot, pair) < 0);
    case 'dominatedBy':
      return { pairs: null, bits: yield* dominatedBy(snapshot, retention, spec.object) };
    case 'branch':
      return { pairs: null, bits: yield* inBranch(context, spec.path) };
    case 'reachability':
      return { pairs: null, bits: yield* reachability(snapshot, retention, spec.reachable) };
    case 'text':
      return yield* matching(context, spec.text);
    case 'not': {
      const inner = yield* membership(context, spec.set);
      if (inner.bits === null) return ofPairs(snapshot, pair => inner.pairs?.[pair] === 0);
      return { pairs: null, bits: complement(yield* asBits(snapshot, inner), snapshot.objects) };
    }
    case 'and': {
      const all: Membership = { pairs: null, bits: null };
      for (const part of spec.sets) {
        const { pairs, bits } = yield* membership(context, part);
        all.pairs = both(all.pairs, pairs);
        all.bits = both(all.bits, bits);
      }
      return all;
    }
  }
}

/** What passes both; null passes all. Reuses the first. */
function both<Columns extends Uint8Array | Int32Array>(
  one: Columns | null,
  other: Columns | null,
): Columns | null {
  if (one === null || other === null) return one ?? other;
  for (let at = 0; at < one.length; at++) one[at]! &= other[at]!;
  return one;
}

function ofPairs(snapshot: HeapSnapshot, passes: (pair: number) => boolean): Membership {
  const pairs = new Uint8Array(snapshot.pairs.length);
  for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = passes(pair) ? 1 : 0;
  return { pairs, bits: null };
}

/** -1 = untraced. */
function generationOf({ pairs, allocations }: HeapSnapshot, pair: number): number {
  return allocations.generation[pairs.allocation[pair]!]! - 1;
}

/** A bit for each member. O(n). */
function* asBits(snapshot: HeapSnapshot, { pairs, bits }: Membership): Steps<Int32Array> {
  if (pairs === null) return bits ?? complement(emptyBits(snapshot.objects), snapshot.objects);
  const result = bits ?? complement(emptyBits(snapshot.objects), snapshot.objects);
  for (let start = 0; start < result.length; start += STRIDE / 32) {
    keepPassing(snapshot.pair, pairs, result, start, Math.min(result.length, start + STRIDE / 32));
    yield start / result.length;
  }
  return result;
}

function keepPassing(
  pairOf: Uint32Array,
  pairs: Uint8Array,
  bits: Int32Array,
  start: number,
  stop: number,
): void {
  for (let word = start; word < stop; word++) {
    if (bits[word] === 0) continue;
    const first = word * 32;
    const length = Math.min(32, pairOf.length - first);
    let passing = 0;
    for (let bit = 0; bit < length; bit++) passing |= pairs[pairOf[first + bit]!]! << bit;
    bits[word]! &= passing;
  }
}

function* reachability(snapshot: HeapSnapshot, retention: Retention, reachable: boolean): Steps<Int32Array> {
  const bits = emptyBits(snapshot.objects);
  const { position } = retention.tree;
  for (let start = 0; start < snapshot.objects; start += STRIDE) {
    const stop = Math.min(snapshot.objects, start + STRIDE);
    for (let i = start; i < stop; i++) if (position[i] !== 0) bits[i >>> 5]! |= 1 << (i & 31);
    yield start / snapshot.objects;
  }
  return reachable ? bits : complement(bits, snapshot.objects);
}

function* dominatedBy(snapshot: HeapSnapshot, retention: Retention, object: number): Steps<Int32Array> {
  const bits = emptyBits(snapshot.objects);
  const { position, subtreeEnd, vertex } = retention.tree;
  const first = position[object]!;
  if (first === 0) {
    if (object < snapshot.objects) bits[object >>> 5]! |= 1 << (object & 31);
    return bits;
  }
  const end = subtreeEnd[first]!;
  for (let start = first; start < end; start += STRIDE) {
    const stop = Math.min(end, start + STRIDE);
    for (let at = start; at < stop; at++) bits[vertex[at]! >>> 5]! |= 1 << (vertex[at]! & 31);
    yield (start - first) / (end - first);
  }
  return bits;
}

/** Members of a branch of the merged tree; none where this heap has no such branch. */
function* inBranch(context: SetContext, path: readonly string[]): Steps<Int32Array> {
  const { snapshot, retention } = context;
  const bits = emptyBits(snapshot.objects);
  const branches = yield* context.branches();
  const branch = branches.find(path);
  if (branch !== null) yield* branchMembers(snapshot, retention, branches, branch, bits);
  return bits;
}

/** Class label or site contains the text, the name of a class or module does, or the address is it. */
function* matching(context: SetContext, text: string): Steps<Membership> {
  const { snapshot } = context;
  const wanted = text.toLowerCase();
  const tables = (['class', 'site', 'method'] as const).map(key => {
    const { groupOf, labels } = context.group(key);
    return { groupOf, passing: labels.map(label => label?.toLowerCase().includes(wanted) ?? false) };
  });
  const members = ofPairs(snapshot, pair => tables.some(({ groupOf, passing }) => passing[groupOf[pair]!]!));
  const others = [...classesNamed(snapshot, wanted)];
  if (/^0x[0-9a-f]{1,14}$/.test(wanted)) {
    const found = snapshot.pages.objectAtAddress(Number.parseInt(wanted, 16));
    if (found >= 0) others.push(found);
  }
  if (others.every(object => members.pairs![snapshot.pair[object]!] === 1)) return members;
  const bits = yield* asBits(snapshot, members);
  for (const object of others) bits[object >>> 5]! |= 1 << (object & 31);
  return { pairs: null, bits };
}

/** Classes and modules whose name contains the lower-case text. */
function* classesNamed({ classes, strings }: HeapSnapshot, wanted: string): Generator<number> {
  const names = new Map<number, boolean>();
  for (const [row, object] of classes.object.entries()) {
    const name = classes.name[row]!;
    let passes = names.get(name);
    if (passes === undefined) {
      passes = strings.text(name).toLowerCase().includes(wanted);
      names.set(name, passes);
    }
    if (passes) yield object;
  }
}
