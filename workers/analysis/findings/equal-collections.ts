import { addressOf, descriptorOf, type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import type { FindingKind } from './finding-kind.ts';
import { nameInSentence } from './owner.ts';
import { descriptorsOf, eachLength, leastWaste, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Groups that are shown as evidence. */
const GROUPS = 5;

/** Lists and maps that hold the same objects in the same order. */
export const equalCollections: FindingKind = {
  kind: 'equal-collections',
  group: 'waste',
  method:
    'Lists and maps of one class that refer to the same objects in the same order: hashed, then compared reference by reference. Only those count whose records name every element (as many references as elements, twice as many for maps), as small integers, symbols of the source and nil are in no record. What sharing gives back is the sum of all but the largest of each group.',
  reference:
    'Duplicate objects of JXRay and of Marinov & O\u2019Callahan, "Object Equality Profiling" (OOPSLA 2003).',
  cost: 'O(n + e), 20 bytes a collection',
  thresholds: [wasteThreshold('equal')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, references, descriptors } = snapshot;
    const isList = descriptorsOf(snapshot, ['list']);
    const isMap = descriptorsOf(snapshot, ['map']);
    const groups = new EqualGroups(snapshot);
    const tally = new WasteTally(snapshot, retention);
    yield* eachLength(snapshot, (object, length) => {
      const descriptor = pairs.descriptor[pair[object]!]!;
      const named = references.first[object + 1]! - references.first[object]!;
      const isWhole =
        isList[descriptor] === 1 ? named === length : isMap[descriptor] === 1 && named === 2 * length;
      if (length === 0 || !isWhole) return;
      const spare = groups.add(object, descriptors.label[descriptor]!);
      if (spare > 0) tally.add(object, spare);
    });
    if (tally.bytes < leastWaste(context, 'equal')) return [];
    const largest = groups.largest(GROUPS);
    return [
      {
        id: 'equal-collections',
        title: 'Equal lists and maps',
        sentence: `${formatCountOf(tally.objects, 'list or map', 'lists and maps')} hold the same objects as another one; sharing them would give back ${formatBytes(tally.bytes)}.`,
        bytes: tally.bytes,
        objects: tally.objects,
        certainty: 'exact',
        objectsShown: tally.objectsShown,
        figures: { groups: groups.repeated },
        evidence: [
          ...largest.map(({ object, copies, spare }) => ({
            label: nameInSentence(snapshot, object),
            detail: `${formatCount(copies)} like it`,
            objects: copies,
            bytes: spare,
            object: { index: object, address: addressOf(snapshot, object) },
            set: null,
          })),
          ...tally.evidence(null),
        ],
        set: null,
        byGeneration: null,
        rank: tally.bytes,
      },
    ];
  },
};

/** Groups of equal objects in a table of open addressing, by a representative of each. */
class EqualGroups {
  /** Groups with more than one member. */
  repeated: Count = 0;
  readonly #snapshot: HeapSnapshot;
  /** Object + 1; 0 = free. */
  #table = new Uint32Array(1 << 12);
  #hashes = new Uint32Array(1 << 12);
  #members = new Uint32Array(1 << 12);
  /** Bytes of the largest member, and of all others together. */
  #largest = new Float64Array(1 << 12);
  #spare = new Float64Array(1 << 12);
  #used = 0;

  constructor(snapshot: HeapSnapshot) {
    this.#snapshot = snapshot;
  }

  /** Adds an object; returns what sharing it with the others of its group gives back, 0 for the first. */
  add(object: ObjectIndex, label: number): Bytes {
    if (2 * this.#used >= this.#table.length) this.#grow();
    const hash = this.#hash(object, label);
    const at = this.#slot(hash, other => this.#isEqual(object, other));
    const bytes = shallowBytesOf(this.#snapshot, object);
    if (this.#table[at] === 0) {
      this.#used++;
      this.#table[at] = object + 1;
      this.#hashes[at] = hash;
      this.#members[at] = 1;
      this.#largest[at] = bytes;
      return 0;
    }
    if (this.#members[at] === 1) this.repeated++;
    this.#members[at]!++;
    const spare = Math.min(bytes, this.#largest[at]!);
    this.#largest[at] = Math.max(bytes, this.#largest[at]!);
    this.#spare[at]! += spare;
    return spare;
  }

  largest(count: number): { object: ObjectIndex; copies: Count; spare: Bytes }[] {
    const slots = Array.from(this.#members.keys()).filter(at => this.#members[at]! > 1);
    return slots
      .sort((a, b) => this.#spare[b]! - this.#spare[a]!)
      .slice(0, count)
      .map(at => ({ object: this.#table[at]! - 1, copies: this.#members[at]! - 1, spare: this.#spare[at]! }));
  }

  #hash(object: ObjectIndex, label: number): number {
    const { first, targets } = this.#snapshot.references;
    let hash = Math.imul(label + 1, 0x9e3779b1);
    for (let at = first[object]!; at < first[object + 1]!; at++) {
      hash = Math.imul(hash ^ targets[at]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  #isEqual(object: ObjectIndex, other: ObjectIndex): boolean {
    const { descriptors, references } = this.#snapshot;
    const { first, targets } = references;
    const length = first[object + 1]! - first[object]!;
    if (first[other + 1]! - first[other]! !== length) return false;
    const label = (each: ObjectIndex) => descriptors.label[descriptorOf(this.#snapshot, each)];
    if (label(object) !== label(other)) return false;
    for (let at = 0; at < length; at++) {
      if (targets[first[object]! + at] !== targets[first[other]! + at]) return false;
    }
    return true;
  }

  /** Where the group of such an object is, or a free place for it. */
  #slot(hash: number, isEqual: (other: ObjectIndex) => boolean): number {
    const mask = this.#table.length - 1;
    let at = hash & mask;
    while (this.#table[at] !== 0 && !(this.#hashes[at] === hash && isEqual(this.#table[at]! - 1))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const [table, hashes, members] = [this.#table, this.#hashes, this.#members];
    const [largest, spare] = [this.#largest, this.#spare];
    const length = 2 * table.length;
    this.#table = new Uint32Array(length);
    this.#hashes = new Uint32Array(length);
    this.#members = new Uint32Array(length);
    this.#largest = new Float64Array(length);
    this.#spare = new Float64Array(length);
    for (let from = 0; from < table.length; from++) {
      if (table[from] === 0) continue;
      const at = this.#slot(hashes[from]!, () => false);
      this.#table[at] = table[from]!;
      this.#hashes[at] = hashes[from]!;
      this.#members[at] = members[from]!;
      this.#largest[at] = largest[from]!;
      this.#spare[at] = spare[from]!;
    }
  }
}
