import type { DominatorTree } from '../indexes/dominator-tree.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { REMEMBERED, RecentValues } from './recent-values.ts';
import { TargetGuesses } from './target-guesses.ts';

/** References of a heap, packed. */
export interface PackedReferences {
  /** How many each object has. */
  degrees: PackedNumbers;
  targets: PackedNumbers;
}

/** What objects of one type and class refer to at the same place is often the same. Places that are told apart: 2^3. */
const PLACE_BITS = 3;
const LAST_PLACE = (1 << PLACE_BITS) - 1;
/** Code of the next object that this one dominates: mostly it is the one that refers to it. */
const CHILD = 0;
const FIRST_RECENT = 1;
const FIRST_DISTANCE = FIRST_RECENT + REMEMBERED;
/** Places for the usual number of references: few enough for the processor's cache. */
const SIZES = 1 << 13;
/** Length that objects without one have for {@link sizeOf}. */
const NO_LENGTH = -1;

/** What is known of the objects by which their references are packed. */
export interface KnownObjects extends Pick<HeapSnapshot, 'pair' | 'flags'> {
  lengths: Uint32Array;
  /** Pair → descriptor. */
  descriptorOf: Uint32Array;
  descriptors: number;
  tree: DominatorTree;
}

/**
 * Packs references. A target is the next object that this one dominates, or one of those that others of the type and class had
 * at that place lately, or else its distance from a guess. Objects of one type, class and length mostly have as many.
 * O(references).
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

/** Fills the references again. They must be of the right lengths. O(references). */
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
  /** References that have been read. */
  written = 0;

  constructor(objects: KnownObjects, packed: PackedReferences, references: Adjacency) {
    this.#objects = objects;
    this.#references = references;
    this.#degrees = new NumberReader(packed.degrees);
    this.#codes = new NumberReader(packed.targets);
    this.#expected = expectations(objects);
    this.#children = new Children(objects.tree);
  }

  /** Reads the references of the objects from `from` to `to`. Calls must follow each other in order. */
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

/** The objects that one object dominates immediately, in the order of the tree, as its references pass them. */
class Children {
  readonly #tree: DominatorTree;
  #own = 0;
  #at = 0;
  #end = 0;
  /** The next one; -1 = none. */
  next = -1;

  constructor(tree: DominatorTree) {
    this.#tree = tree;
  }

  /** Begins with those of an object. Those of unreachable objects are not in the tree. */
  of(object: number): void {
    this.#own = this.#tree.position[object]!;
    this.#end = this.#own === 0 ? 0 : this.#tree.subtreeEnd[this.#own]!;
    this.#setNext(this.#own + 1);
  }

  passNext(): void {
    this.#setNext(this.#tree.subtreeEnd[this.#at]!);
  }

  /** Passes a target, and what is before it, if it is one of them and still ahead. */
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

/** What the next reference is expected to be. Writer and reader each keep one, and do the same with it. */
function expectations({ descriptors }: KnownObjects) {
  return {
    recent: new RecentValues(descriptors << PLACE_BITS),
    guesses: new TargetGuesses(descriptors << PLACE_BITS),
    usual: new Uint32Array(SIZES),
  };
}

/** A place for the usual number of references; some types and lengths share one. */
function sizeOf(descriptor: number, length: number): number {
  const mixed = Math.imul(descriptor, 0x9e3779b1) + Math.imul(length, 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) & (SIZES - 1);
}
