import type { Retention } from '../../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { immediately, part, STRIDE, type Steps } from '../../model/steps.ts';
import type { GenerationBytes } from '../../protocol/findings.ts';
import type { Bytes, Count, Fraction, ObjectIndex } from '../../protocol/units.ts';
import type { FindingContext } from './finding-kind.ts';
import { isCode } from './heap-facts.ts';
import { NO_PAIR, pairsInTreeOrder } from './sweeps.ts';

/** What the children of one object in the dominator tree show about its history. */
export interface Growth {
  holder: ObjectIndex;
  /** Objects that it immediately dominates, except for code, and those among them that have a generation. */
  children: Count;
  traced: Count;
  /** Bytes that the traced children retain. */
  bytes: Bytes;
  /** numbers.md#effective-generations */
  effective: number;
  /** Share of the bytes in the newer half of the dump's generations. */
  recent: Fraction;
  /**
   * The same for the shallow bytes of the traced children: what the newest children hold may also be held by others,
   * and is then missing from their retained bytes.
   */
  recentObjects: Fraction;
  /** Label (string id) of the most frequent class among the children, and its share. */
  label: number;
  alike: Fraction;
}

/** Generations of a heap as columns, so that each object needs only a small number. */
export interface GenerationColumns {
  /** Ascending. */
  generations: Float64Array;
  /** Pair → column + 1; 0 = untraced, -1 = code of any generation: classes, methods, call caches. */
  columnOfPair: Int32Array;
  /** The first column of the newer half of the range. */
  newer: number;
}

/** 1 for each descriptor of loaded code. O(descriptors). */
export function codeDescriptors(snapshot: HeapSnapshot): Uint8Array {
  return Uint8Array.from(snapshot.descriptors.type, (_, descriptor) =>
    isCode(snapshot, descriptor) ? 1 : 0,
  );
}

/** Computed once for all kinds. O(pairs). */
export function generationColumns({ snapshot, shared }: FindingContext): Steps<GenerationColumns> {
  return shared('generation columns', () => immediately(columnsOf(snapshot)));
}

function columnsOf(snapshot: HeapSnapshot): GenerationColumns {
  const { allocations, pairs } = snapshot;
  const present = new Set<number>();
  for (let id = 1; id < allocations.length; id++) {
    if (allocations.generation[id] !== 0) present.add(allocations.generation[id]! - 1);
  }
  const generations = Float64Array.from(present).sort();
  const columns = new Map([...generations].map((generation, column) => [generation, column + 1]));
  const code = codeDescriptors(snapshot);
  const columnOfPair = new Int32Array(pairs.length);
  for (let pair = 0; pair < pairs.length; pair++) {
    const generation = allocations.generation[pairs.allocation[pair]!]! - 1;
    columnOfPair[pair] = code[pairs.descriptor[pair]!] === 1 ? -1 : (columns.get(generation) ?? 0);
  }
  const first = generations[0] ?? 0;
  const middle = first + ((generations.at(-1) ?? 0) - first) / 2;
  return { generations, columnOfPair, newer: generations.findIndex(generation => generation > middle) };
}

/**
 * The growth of every object that immediately dominates at least `least` traced objects, in the order of the tree.
 * O(n), with four bytes an object of its own.
 */
export function* growths(context: FindingContext, least: Count): Steps<Growth[]> {
  const { snapshot, retention } = context;
  const { tree } = retention;
  const columns = yield* generationColumns(context);
  const pairAt = yield* part(0, 0.2, pairsInTreeOrder(context));
  const counts = new Uint32Array(tree.length);
  for (let start = 1; start < tree.length; start += STRIDE) {
    countTraced(retention, columns, pairAt, counts, start, Math.min(tree.length, start + STRIDE));
    yield 0.2 + 0.3 * (start / tree.length);
  }
  const found: Growth[] = [];
  const meter = new GrowthMeter(snapshot, retention, columns);
  let visited = 0;
  for (let at = 1; at < tree.length; at++) {
    if (++visited >= STRIDE) {
      yield 0.5 + 0.5 * (at / tree.length);
      visited = 0;
    }
    if (counts[at]! < least || tree.vertex[at]! >= snapshot.objects) continue;
    const growth = meter.measure(at);
    visited += growth.children;
    found.push(growth);
  }
  return found;
}

function countTraced(
  { tree }: Retention,
  { columnOfPair }: GenerationColumns,
  pairAt: Uint32Array,
  counts: Uint32Array,
  start: number,
  stop: number,
): void {
  const { dominator } = tree;
  for (let at = start; at < stop; at++) {
    const own = pairAt[at]!;
    if (own !== NO_PAIR && columnOfPair[own]! > 0) counts[dominator[at]!]!++;
  }
}

/** Measures one holder after another with the same columns. */
export class GrowthMeter {
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  readonly #columns: GenerationColumns;
  readonly #bytes: Float64Array;
  /** Descriptor → children of it, and the descriptors that have any, in the order in which they were found. */
  readonly #counts: Uint32Array;
  readonly #seen: number[] = [];

  constructor(snapshot: HeapSnapshot, retention: Retention, columns: GenerationColumns) {
    this.#snapshot = snapshot;
    this.#retention = retention;
    this.#columns = columns;
    this.#bytes = new Float64Array(columns.generations.length);
    this.#counts = new Uint32Array(snapshot.descriptors.length);
  }

  /** The growth of the object at a position of the tree. O(children + generations). */
  measure(at: number): Growth {
    const { pair, pairs } = this.#snapshot;
    const { tree, retained } = this.#retention;
    const { columnOfPair, newer } = this.#columns;
    this.#bytes.fill(0);
    let children = 0;
    let traced = 0;
    let newerObjects = 0;
    let bytes = 0;
    const end = tree.subtreeEnd[at]!;
    for (let child = at + 1; child < end; child = tree.subtreeEnd[child]!) {
      const object = tree.vertex[child]!;
      const own = pair[object]!;
      const column = columnOfPair[own]!;
      if (column < 0) continue;
      const descriptor = pairs.descriptor[own]!;
      children++;
      if (this.#counts[descriptor]!++ === 0) this.#seen.push(descriptor);
      if (column === 0) continue;
      traced++;
      if (newer >= 0 && column > newer) newerObjects++;
      bytes += retained[child]!;
      this.#bytes[column - 1]! += retained[child]!;
    }
    const [label, alike] = this.#commonest();
    return {
      holder: tree.vertex[at]!,
      children,
      traced,
      bytes,
      ...spread(this.#bytes, newer),
      recentObjects: traced === 0 ? 0 : newerObjects / traced,
      label,
      alike: children === 0 ? 0 : alike / children,
    };
  }

  /** The most frequent class label of those counted, and its count; resets the counts. */
  #commonest(): [label: number, count: Count] {
    const { label: labelOf } = this.#snapshot.descriptors;
    const labels = new Map<number, Count>();
    for (const descriptor of this.#seen) {
      const label = labelOf[descriptor]!;
      labels.set(label, (labels.get(label) ?? 0) + this.#counts[descriptor]!);
      this.#counts[descriptor] = 0;
    }
    this.#seen.length = 0;
    return [...labels].reduce<[number, Count]>((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
  }

  /** Bytes by generation of the last measured holder. */
  bytesByGeneration(): GenerationBytes {
    return generationBytes(this.#columns, this.#bytes);
  }
}

/** The columns that have bytes. */
export function generationBytes({ generations }: GenerationColumns, byColumn: Float64Array): GenerationBytes {
  const used = [...generations.keys()].filter(column => byColumn[column] !== 0);
  return {
    generations: used.map(column => generations[column]!),
    bytes: used.map(column => byColumn[column]!),
  };
}

/**
 * How evenly bytes are spread over the columns, as the equivalent number of equal columns (the perplexity 2^H), and
 * the share of the columns from `newer` on; -1 if there are none.
 */
export function spread(byColumn: Float64Array, newer: number): { effective: number; recent: Fraction } {
  let bytes = 0;
  for (const part of byColumn) bytes += part;
  if (bytes === 0) return { effective: 0, recent: 0 };
  let entropy = 0;
  let recent = 0;
  for (const [column, part] of byColumn.entries()) {
    if (part === 0) continue;
    entropy -= (part / bytes) * Math.log2(part / bytes);
    if (newer >= 0 && column >= newer) recent += part;
  }
  return { effective: 2 ** entropy, recent: recent / bytes };
}

/** The history of everything in a range of the tree, by shallow bytes. */
export interface History {
  /** Share of the bytes that have a generation, excluding code. */
  traced: Fraction;
  effective: number;
  recent: Fraction;
}

/** O(positions + generations). `ranges`: from … to, as `subtreeEnd` gives them. */
export function historyOf(
  snapshot: HeapSnapshot,
  { tree }: Retention,
  { generations, columnOfPair, newer }: GenerationColumns,
  ranges: Iterable<readonly [from: number, to: number]>,
): History {
  const bytes = new Float64Array(generations.length);
  let traced = 0;
  let untraced = 0;
  for (const [from, to] of ranges) {
    for (let at = from; at < to; at++) {
      const object = tree.vertex[at]!;
      if (object >= snapshot.objects) continue;
      const column = columnOfPair[snapshot.pair[object]!]!;
      const own = shallowBytesOf(snapshot, object);
      if (column > 0) {
        bytes[column - 1]! += own;
        traced += own;
      } else if (column === 0) untraced += own;
    }
  }
  return { traced: traced / (traced + untraced || 1), ...spread(bytes, newer) };
}
