import { addressOf, type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import { formatCount } from '../../protocol/format/counts.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import { nameInSentence } from './owner.ts';

/** Groups of equal objects in a table of open addressing, by a representative of each. */
export class EqualGroups {
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

  readonly #isEqual: (object: ObjectIndex, other: ObjectIndex) => boolean;

  constructor(snapshot: HeapSnapshot, isEqual: (object: ObjectIndex, other: ObjectIndex) => boolean) {
    this.#snapshot = snapshot;
    this.#isEqual = isEqual;
  }

  /** Adds an object; returns what sharing it with the others of its group gives back, null for the first. */
  add(object: ObjectIndex, hash: number): Bytes | null {
    if (2 * this.#used >= this.#table.length) this.#grow();
    const at = this.#slot(hash, other => this.#isEqual(object, other));
    const bytes = shallowBytesOf(this.#snapshot, object);
    if (this.#table[at] === 0) {
      this.#used++;
      this.#table[at] = object + 1;
      this.#hashes[at] = hash;
      this.#members[at] = 1;
      this.#largest[at] = bytes;
      return null;
    }
    if (this.#members[at] === 1) this.repeated++;
    this.#members[at]!++;
    const spare = Math.min(bytes, this.#largest[at]!);
    this.#largest[at] = Math.max(bytes, this.#largest[at]!);
    this.#spare[at]! += spare;
    return spare;
  }

  /** The groups with the most to give back, by a member of each. */
  evidence(count: number): FindingEvidence[] {
    const slots = Array.from(this.#members.keys()).filter(at => this.#members[at]! > 1);
    return slots
      .sort((a, b) => this.#spare[b]! - this.#spare[a]!)
      .slice(0, count)
      .map(at => {
        const object = this.#table[at]! - 1;
        const copies = this.#members[at]! - 1;
        return {
          label: nameInSentence(this.#snapshot, object),
          detail: `${formatCount(copies)} like it`,
          objects: copies,
          bytes: this.#spare[at]!,
          object: { index: object, address: addressOf(this.#snapshot, object) },
          set: null,
        };
      });
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
