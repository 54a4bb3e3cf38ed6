import { addressOf, type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { LARGE_SHALLOW } from '../../model/snapshot-builder.ts';
import { inStrides, part, STRIDE, type Steps } from '../../model/steps.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import { formatCount } from '../../protocol/format/counts.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import { ENTRY, repeatedHashes } from '../repeated-hashes.ts';
import type { FindingContext } from './finding-kind.ts';
import { nameInSentence } from './owner.ts';
import { WasteTally } from './waste-tally.ts';

/** Maximum number of groups that are shown as evidence. */
const SHOWN = 5;

/** Objects, ascending, and a hash of each: equal objects have equal hashes. */
export interface Hashed {
  objects: Uint32Array;
  hashes: Uint32Array;
  /** Number of entries in use in both. */
  count: Count;
}

/** What sharing equal objects would save. */
export interface EqualObjects {
  /** All objects but the largest of each group. */
  tally: WasteTally;
  /** Groups with more than one member. */
  groups: Count;
  /** Rows of the groups that would save the most. */
  evidence: FindingEvidence[];
}

/** Compares two objects with the same hash; null if equal hashes are enough. */
type IsEqual = ((object: ObjectIndex, other: ObjectIndex) => boolean) | null;

/** Groups equal objects by their hashes, and compares objects with the same hash. O(count), 18 bytes an object. */
export function* equalObjectsOf(
  { snapshot, retention }: FindingContext,
  { objects, hashes, count }: Readonly<Hashed>,
  isEqual: IsEqual,
): Steps<EqualObjects> {
  const { entries, starts } = yield* part(
    0,
    0.5,
    repeatedHashes(hashes.subarray(0, count), position => snapshot.shallow[objects[position]!]!),
  );
  const groups = new EqualGroups(snapshot, objects, isEqual);
  let visited = 0;
  for (let at = 1; at < starts.length; at++) {
    groups.addPart(entries, starts[at - 1]!, starts[at]!);
    visited += starts[at]! - starts[at - 1]!;
    if (visited < STRIDE) continue;
    yield 0.5 + (0.3 * at) / starts.length;
    visited = 0;
  }
  // In the order of the heap, so that look-ups of neighbours hit the cache.
  const tally = new WasteTally(snapshot, retention);
  const add = (start: number, stop: number) => {
    for (let at = start; at < stop; at++) {
      if (groups.isSpare[at] === 1) tally.add(objects[at]!, shallowBytesOf(snapshot, objects[at]!));
    }
  };
  yield* part(0.8, 1, inStrides(count, add));
  return { tally, groups: groups.repeated, evidence: groups.evidence() };
}

/** A group of equal objects: its first object, the number of members, and what sharing them would save. */
interface LargeGroup {
  object: ObjectIndex;
  members: Count;
  spare: Bytes;
}

/** Groups of equal objects, one part of the hashes after another, in a hash table with open addressing. */
class EqualGroups {
  /** Groups with more than one member. */
  repeated: Count = 0;
  /** Position → 1 if sharing would replace the object by another of its group, which is at least as large. */
  readonly isSpare: Uint8Array;
  readonly #snapshot: HeapSnapshot;
  readonly #objects: Uint32Array;
  readonly #isEqual: IsEqual;
  /** Group of the part + 1; 0 = free. */
  #table = new Uint32Array(1 << 10);
  /**
   * Group → its hash, position of its first member and of its largest, members, and bytes of all and of the largest.
   */
  #hash = new Uint32Array(1 << 9);
  #first = new Uint32Array(1 << 9);
  #kept = new Uint32Array(1 << 9);
  #members = new Uint32Array(1 << 9);
  #bytes = new Float64Array(1 << 9);
  #largest = new Float64Array(1 << 9);
  /** The groups that would save the most, in order. */
  readonly #top: LargeGroup[] = [];

  constructor(snapshot: HeapSnapshot, objects: Uint32Array, isEqual: IsEqual) {
    this.#snapshot = snapshot;
    this.#objects = objects;
    this.#isEqual = isEqual;
    this.isSpare = new Uint8Array(objects.length);
  }

  /** Adds the objects of some entries, which contain all objects with each of their hashes. */
  addPart(entries: Uint32Array, from: number, to: number): void {
    this.#makeRoom(to - from);
    const mask = this.#table.length - 1;
    let groups = 0;
    for (let entry = from; entry < to; entry++) {
      const hash = entries[entry * ENTRY]!;
      const position = entries[entry * ENTRY + 1]!;
      const slot = this.#slot(hash, position, mask);
      let bytes = entries[entry * ENTRY + 2]!;
      if (bytes === LARGE_SHALLOW) bytes = shallowBytesOf(this.#snapshot, this.#objects[position]!);
      if (this.#table[slot] !== 0) {
        this.#join(this.#table[slot]! - 1, position, bytes);
        continue;
      }
      this.#table[slot] = groups + 1;
      this.#hash[groups] = hash;
      this.#first[groups] = position;
      this.#kept[groups] = position;
      this.#members[groups] = 1;
      this.#bytes[groups] = bytes;
      this.#largest[groups] = bytes;
      groups++;
    }
    for (let group = 0; group < groups; group++) if (this.#members[group]! > 1) this.#end(group);
  }

  /** The slot of the group that the object at a position belongs to, or a free slot for it. */
  #slot(hash: number, position: number, mask: number): number {
    // The upper bits are the same within a part.
    let slot = hash & mask;
    for (;;) {
      const known = this.#table[slot]!;
      if (known === 0) return slot;
      if (this.#hash[known - 1] === hash && this.#areEqual(position, this.#first[known - 1]!)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #areEqual(position: number, other: number): boolean {
    return this.#isEqual === null || this.#isEqual(this.#objects[position]!, this.#objects[other]!);
  }

  #join(group: number, position: number, bytes: Bytes): void {
    this.#members[group]!++;
    this.#bytes[group]! += bytes;
    if (bytes > this.#largest[group]!) {
      this.isSpare[this.#kept[group]!] = 1;
      this.#kept[group] = position;
      this.#largest[group] = bytes;
    } else this.isSpare[position] = 1;
  }

  #end(group: number): void {
    this.repeated++;
    const spare = this.#bytes[group]! - this.#largest[group]!;
    const last = this.#top.at(-1);
    const object = this.#objects[this.#first[group]!]!;
    if (this.#top.length === SHOWN && !isBefore({ object, spare }, last!)) return;
    const place = this.#top.findIndex(other => isBefore({ object, spare }, other));
    const members = this.#members[group]!;
    this.#top.splice(place < 0 ? this.#top.length : place, 0, { object, members, spare });
    if (this.#top.length > SHOWN) this.#top.pop();
  }

  /** Empties the table and makes room for this many objects. */
  #makeRoom(count: Count): void {
    if (2 * count > this.#table.length) {
      const slots = 2 ** Math.ceil(Math.log2(2 * count));
      this.#table = new Uint32Array(slots);
      this.#hash = new Uint32Array(count);
      this.#first = new Uint32Array(count);
      this.#kept = new Uint32Array(count);
      this.#members = new Uint32Array(count);
      this.#bytes = new Float64Array(count);
      this.#largest = new Float64Array(count);
    } else this.#table.fill(0);
  }

  evidence(): FindingEvidence[] {
    return this.#top.map(({ object, members, spare }) => ({
      label: nameInSentence(this.#snapshot, object),
      detail: `${formatCount(members - 1)} like it`,
      objects: members - 1,
      bytes: spare,
      object: { index: object, address: addressOf(this.#snapshot, object) },
      set: null,
    }));
  }
}

/** Whether a group comes first: it would save more, or the same and is earlier in the heap. */
function isBefore(group: Omit<LargeGroup, 'members'>, other: LargeGroup): boolean {
  return group.spare > other.spare || (group.spare === other.spare && group.object < other.object);
}
