import type { DominatorTree } from '../indexes/dominator-tree.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { REMEMBERED, RecentValues } from './recent-values.ts';
import { TargetGuesses } from './target-guesses.ts';

/** Packed references of a heap. */
export interface PackedReferences {
  /** The number of references of each object. */
  degrees: PackedNumbers;
  targets: PackedNumbers;
}

/** Objects of one type and class often have the same target at the same place. 2^3 places are distinguished. */
const PLACE_BITS = 3;
const LAST_PLACE = (1 << PLACE_BITS) - 1;
/** Code for the next object that this one dominates: most objects are referred to by their dominator. */
const CHILD = 0;
const FIRST_RECENT = 1;
const FIRST_DISTANCE = FIRST_RECENT + REMEMBERED;
/** Number of entries for the usual number of references: few enough for the processor's cache. */
const SIZES = 1 << 13;
/** Stands for the length of objects without one in {@link sizeOf}. */
const NO_LENGTH = -1;

/** The columns that references are packed with. */
export interface KnownObjects extends Pick<HeapSnapshot, 'pair' | 'flags'> {
  lengths: Uint32Array;
  /** Pair → descriptor. */
  descriptorOf: Uint32Array;
  descriptors: number;
  tree: DominatorTree;
}

/**
 * Packs references. A target is encoded as the next object that this one dominates, as a recent target of the same type
 * and class at that place, or otherwise as its distance from a prediction. Objects of one type, class and length mostly
 * have the same number of references. O(references).
 */
export function packReferences(objects: KnownObjects, { first, targets }: Adjacency): PackedReferences {
  const { pair, flags, lengths, descriptorOf } = objects;
  const degrees = new NumberWriter(pair.length);
  const codes = new NumberWriter(targets.length);
  const { recent, guesses, usual } = expectations(objects);
  const children = new Children(objects.tree);
  let lengthsRead = 0;
  for (let object = 0; object < pair.length; object++) {
    const descriptor = descriptorOf[pair[object]!]!;
    const hasLength = (flags[object]! & ObjectFlag.hasLength) !== 0;
    const size = sizeOf(descriptor, hasLength ? lengths[lengthsRead++]! : NO_LENGTH);
    const start = first[object]!;
    const degree = first[object + 1]! - start;
    degrees.put(folded(degree - usual[size]!));
    usual[size] = degree;
    children.of(object);
    let before = object;
    for (let nth = 0; nth < degree; nth++) {
      const target = targets[start + nth]!;
      const place = (descriptor << PLACE_BITS) + Math.min(nth, LAST_PLACE);
      if (target === children.next) {
        codes.put(CHILD);
        children.passNext();
      } else {
        const found = recent.find(place, target);
        if (found >= 0) codes.put(FIRST_RECENT + found);
        else {
          codes.put(FIRST_DISTANCE + folded(target - guesses.of(place, object, before)));
          guesses.missed(place, object, before, target);
        }
        guesses.saw(place, target);
        children.pass(target);
      }
      before = target;
    }
  }
  return { degrees: degrees.packed(), targets: codes.packed() };
}

/** Unpacks references into columns, which must have the right lengths. O(references). */
export function* unpackReferences(
  objects: KnownObjects,
  packed: PackedReferences,
  references: Adjacency,
): Steps<void> {
  const rows = new RowReader(objects, packed, references);
  const { length } = objects.pair;
  for (let start = 0; start < length; start += STRIDE) {
    rows.read(start, Math.min(length, start + STRIDE));
    yield start / length;
  }
  references.first[length] = rows.written;
}

class RowReader {
  readonly #objects: KnownObjects;
  readonly #references: Adjacency;
  readonly #degrees: NumberReader;
  readonly #codes: NumberReader;
  readonly #expected: ReturnType<typeof expectations>;
  readonly #children: Children;
  #lengthsRead = 0;
  /** Number of references read so far. */
  written = 0;

  constructor(objects: KnownObjects, packed: PackedReferences, references: Adjacency) {
    this.#objects = objects;
    this.#references = references;
    this.#degrees = new NumberReader(packed.degrees);
    this.#codes = new NumberReader(packed.targets);
    this.#expected = expectations(objects);
    this.#children = new Children(objects.tree);
  }

  /** Reads the references of the objects from `from` to `to`. Must be called for consecutive ranges. */
  read(from: number, to: number): void {
    const { pair, flags, lengths, descriptorOf } = this.#objects;
    const { recent, guesses, usual } = this.#expected;
    const { first, targets } = this.#references;
    const children = this.#children;
    const codes = this.#codes;
    let lengthsRead = this.#lengthsRead;
    let at = this.written;
    for (let object = from; object < to; object++) {
      const descriptor = descriptorOf[pair[object]!]!;
      const hasLength = (flags[object]! & ObjectFlag.hasLength) !== 0;
      const size = sizeOf(descriptor, hasLength ? lengths[lengthsRead++]! : NO_LENGTH);
      const degree = usual[size]! + unfolded(this.#degrees.next());
      usual[size] = degree;
      first[object] = at;
      if (degree === 0) continue;
      if (at + degree > targets.length) throw new RangeError('an object has more references than there are');
      children.of(object);
      let before = object;
      for (let nth = 0; nth < degree; nth++) {
        const code = codes.next();
        let target: number;
        if (code === CHILD) {
          target = children.next;
          children.passNext();
        } else {
          const place = (descriptor << PLACE_BITS) + Math.min(nth, LAST_PLACE);
          if (code > 0 && code < FIRST_DISTANCE) target = recent.take(place, code - FIRST_RECENT);
          else {
            target = guesses.of(place, object, before) + unfolded(code - FIRST_DISTANCE);
            recent.add(place, target);
            guesses.missed(place, object, before, target);
          }
          guesses.saw(place, target);
          children.pass(target);
        }
        targets[at++] = target;
        before = target;
      }
    }
    this.#lengthsRead = lengthsRead;
    this.written = at;
  }
}

/** A cursor over the objects that an object immediately dominates, in tree order; its references move it forwards. */
class Children {
  readonly #tree: DominatorTree;
  #own = 0;
  #at = 0;
  #end = 0;
  /** The next object; -1 = none. */
  next = -1;

  constructor(tree: DominatorTree) {
    this.#tree = tree;
  }

  /** Starts with the children of an object. Unreachable objects have none in the tree. */
  of(object: number): void {
    this.#own = this.#tree.position[object]!;
    this.#end = this.#own === 0 ? 0 : this.#tree.subtreeEnd[this.#own]!;
    this.#setNext(this.#own + 1);
  }

  passNext(): void {
    this.#setNext(this.#tree.subtreeEnd[this.#at]!);
  }

  /** Moves past a target and the objects before it, if it is one of the remaining ones. */
  pass(target: number): void {
    const at = this.#tree.position[target]!;
    if (at < this.#at || at >= this.#end || this.#tree.dominator[at] !== this.#own) return;
    this.#setNext(this.#tree.subtreeEnd[at]!);
  }

  #setNext(at: number): void {
    this.#at = at;
    this.next = at < this.#end ? this.#tree.vertex[at]! : -1;
  }
}

/** The state of predictions. Writer and reader each keep one and update it in the same way. */
function expectations({ descriptors }: KnownObjects) {
  return {
    recent: new RecentValues(descriptors << PLACE_BITS),
    guesses: new TargetGuesses(descriptors << PLACE_BITS),
    usual: new Uint32Array(SIZES),
  };
}

/** The entry for the usual number of references. Some types and lengths share one. */
function sizeOf(descriptor: number, length: number): number {
  const mixed = Math.imul(descriptor, 0x9e3779b1) + Math.imul(length, 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) & (SIZES - 1);
}
