import type { Adjacency } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { NO_LENGTH, type ObjectColumns } from './object-codes.ts';
import { PLACES, placeOf, REMEMBERED, RecentValues } from './recent-values.ts';
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

/** What is known of the objects by which their references are packed. */
interface Objects extends Pick<ObjectColumns, 'pair' | 'flags' | 'lengths'> {
  /** Pair → descriptor. */
  descriptorOf: Uint32Array;
  descriptors: number;
}

/**
 * Packs references. A target is one of those that others of the type and class had at that place lately, or else its distance
 * from a guess. Objects of one type, class and length mostly have as many. O(references).
 */
export function packReferences(objects: Objects, { first, targets }: Adjacency): PackedReferences {
  const { pair, flags, lengths, descriptorOf, descriptors } = objects;
  const degrees = new NumberWriter(pair.length);
  const codes = new NumberWriter(targets.length);
  const recent = new RecentValues(descriptors << PLACE_BITS);
  const guesses = new TargetGuesses(descriptors << PLACE_BITS);
  const usual = new Uint32Array(PLACES);
  let lengthsRead = 0;
  for (let object = 0; object < pair.length; object++) {
    const descriptor = descriptorOf[pair[object]!]!;
    const hasLength = (flags[object]! & ObjectFlag.hasLength) !== 0;
    const size = placeOf(descriptor, hasLength ? lengths[lengthsRead++]! : NO_LENGTH);
    const start = first[object]!;
    const degree = first[object + 1]! - start;
    degrees.put(folded(degree - usual[size]!));
    usual[size] = degree;
    let before = object;
    for (let nth = 0; nth < degree; nth++) {
      const target = targets[start + nth]!;
      const place = (descriptor << PLACE_BITS) + Math.min(nth, LAST_PLACE);
      const found = recent.find(place, target);
      if (found >= 0) codes.put(found);
      else {
        codes.put(REMEMBERED + folded(target - guesses.of(place, object, before)));
        guesses.missed(place, object, before, target);
      }
      guesses.saw(place, target);
      before = target;
    }
  }
  return { degrees: degrees.packed(), targets: codes.packed() };
}

/** The references again. O(references). */
export function unpackReferences(objects: Objects, packed: PackedReferences): Adjacency {
  const { pair, flags, lengths, descriptorOf, descriptors } = objects;
  const degrees = new NumberReader(packed.degrees);
  const codes = new NumberReader(packed.targets);
  const first = new Uint32Array(pair.length + 1);
  const targets = new Uint32Array(codes.length);
  const recent = new RecentValues(descriptors << PLACE_BITS);
  const guesses = new TargetGuesses(descriptors << PLACE_BITS);
  const usual = new Uint32Array(PLACES);
  let lengthsRead = 0;
  let at = 0;
  for (let object = 0; object < pair.length; object++) {
    const descriptor = descriptorOf[pair[object]!]!;
    const hasLength = (flags[object]! & ObjectFlag.hasLength) !== 0;
    const size = placeOf(descriptor, hasLength ? lengths[lengthsRead++]! : NO_LENGTH);
    const degree = usual[size]! + unfolded(degrees.next());
    usual[size] = degree;
    if (at + degree > targets.length) throw new RangeError('an object has more references than there are');
    first[object] = at;
    let before = object;
    for (let nth = 0; nth < degree; nth++) {
      const place = (descriptor << PLACE_BITS) + Math.min(nth, LAST_PLACE);
      const code = codes.next();
      let target: number;
      if ((code & -REMEMBERED) === 0) target = recent.take(place, code);
      else {
        target = guesses.of(place, object, before) + unfolded(code - REMEMBERED);
        recent.add(place, target);
        guesses.missed(place, object, before, target);
      }
      guesses.saw(place, target);
      targets[at++] = target;
      before = target;
    }
  }
  first[pair.length] = at;
  return { first, targets };
}
