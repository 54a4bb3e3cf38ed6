import { appended, Uint32List } from '../model/growable.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { inStrides, part, type Steps } from '../model/steps.ts';
import type { Bytes } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { ENTRY, repeatedHashes } from './repeated-hashes.ts';

/** Bytes of texts that are kept at a time to compare others with. */
const KEPT_BYTES: Bytes = 256 * 2 ** 20;

/** Strings that may have a duplicate: those whose text has the same hash as another's. */
export interface CandidateStrings {
  /** Object indexes, ascending. */
  objects: Uint32Array;
  /** For each of them the number of its hash, from 0. */
  hash: Uint32Array;
  hashes: number;
}

/** Strings that have equal texts, by text. */
export interface DuplicateStrings {
  /** Object indexes, grouped by text, ascending within a text. */
  objects: Uint32Array;
  /** Position of the first object of each text, plus one final entry. */
  first: Uint32Array;
  /** Strings whose text can no longer be read from the file, so that nothing is known about them. */
  unread: number;
}

/** Number of texts. */
export function textsOf(duplicates: DuplicateStrings): number {
  return duplicates.first.length - 1;
}

/** Strings whose text has the same hash as that of another string. O(n), about 25 bytes a string. */
export function* candidateStrings(snapshot: HeapSnapshot): Steps<CandidateStrings> {
  const { strings, hashes } = yield* part(0, 0.5, hashedStrings(snapshot));
  const { entries, starts } = yield* part(
    0.5,
    0.8,
    repeatedHashes(hashes, () => 0),
  );
  /** Number of the hash + 1; 0 = no other string has it. */
  const numbers = new Uint32Array(strings.length);
  let count = 0;
  let candidates = 0;
  /** Entry of the first string with a hash + 1; 0 = free. Open addressing, cleared for each part. */
  let table = new Uint32Array(0);
  const numberPart = (from: number, to: number) => {
    const slots = 2 ** Math.ceil(Math.log2(2 * (to - from) + 1));
    if (table.length < slots) table = new Uint32Array(slots);
    else table.fill(0, 0, slots);
    for (let entry = from; entry < to; entry++) {
      const hash = entries[entry * ENTRY]!;
      let slot = hash & (slots - 1);
      while (table[slot] !== 0 && entries[(table[slot]! - 1) * ENTRY] !== hash)
        slot = (slot + 1) & (slots - 1);
      if (table[slot] === 0) {
        table[slot] = entry + 1;
        continue;
      }
      const first = entries[(table[slot]! - 1) * ENTRY + 1]!;
      if (numbers[first] === 0) {
        numbers[first] = ++count;
        candidates++;
      }
      numbers[entries[entry * ENTRY + 1]!] = numbers[first]!;
      candidates++;
    }
  };
  for (let at = 1; at < starts.length; at++) {
    numberPart(starts[at - 1]!, starts[at]!);
    yield 0.8 + (0.2 * at) / starts.length;
  }
  const objects = new Uint32Array(candidates);
  const hash = new Uint32Array(candidates);
  let at = 0;
  for (let string = 0; string < strings.length; string++) {
    if (numbers[string] === 0) continue;
    objects[at] = strings[string]!;
    hash[at++] = numbers[string]! - 1;
  }
  return { objects, hash, hashes: count };
}

/** All strings whose text the dump has, ascending, with its hash. */
function* hashedStrings(snapshot: HeapSnapshot): Steps<{ strings: Uint32Array; hashes: Uint32Array }> {
  const { flags, pair, contentHash } = snapshot;
  const isString = pairsOfStrings(snapshot);
  const all = new Uint32Array(contentHash.values.length);
  const hashes = new Uint32Array(all.length);
  let count = 0;
  let entry = 0;
  yield* inStrides(snapshot.objects, (start, stop) => {
    for (let object = start; object < stop; object++) {
      if ((flags[object]! & ObjectFlag.hasValue) === 0) continue;
      if (isString[pair[object]!] === 1) {
        all[count] = object;
        hashes[count++] = contentHash.values[entry]!;
      }
      entry++;
    }
  });
  return { strings: all.subarray(0, count), hashes: hashes.subarray(0, count) };
}

/** 1 for each pair whose objects are strings. O(pairs). */
export function pairsOfStrings({ pairs, descriptors }: HeapSnapshot): Uint8Array {
  return Uint8Array.from(pairs.descriptor, descriptor =>
    (descriptors.traits[descriptor]! & Trait.string) === 0 ? 0 : 1,
  );
}

/**
 * Finds the candidates that are really equal, from their texts. Pass the texts in the order of the file, in one pass
 * or several: if there are more distinct texts than can be kept, {@link left} lists the candidates for the next pass.
 */
export class TextComparison {
  readonly #candidates: CandidateStrings;
  readonly #keptBytes: Bytes;
  /** For each candidate its text + 1; 0 = not determined yet. */
  readonly #textOf: Uint32Array;
  /** For each hash its last distinct text + 1; 0 = none. */
  readonly #lastText: Uint32Array;
  /** Hashes that are left to a later pass. */
  #postponed = new Set<number>();
  /** The distinct texts of this pass, one after the other. */
  #bytes: Uint8Array = new Uint8Array(1 << 16);
  #used = 0;
  /** For each text of this pass its end, and the previous text with the same hash (+ 1; 0 = none). */
  #ends = new Uint32List();
  #before = new Uint32List();
  /** Number of distinct texts in earlier passes. */
  #earlier = 0;

  constructor(candidates: CandidateStrings, keptBytes: Bytes = KEPT_BYTES) {
    this.#candidates = candidates;
    this.#keptBytes = keptBytes;
    this.#textOf = new Uint32Array(candidates.objects.length);
    this.#lastText = new Uint32Array(candidates.hashes);
  }

  /**
   * The text of a candidate as it is in the file, `start` … `end` of `bytes`; null if it can no longer be read. O(text).
   */
  add(candidate: number, bytes: Uint8Array | null, start: number, end: number): void {
    const hash = this.#candidates.hash[candidate]!;
    if (bytes === null || (this.#postponed.size > 0 && this.#postponed.has(hash))) return;
    for (let known = this.#lastText[hash]!; known !== 0; known = this.#textBefore(known)) {
      if (!this.#isText(known, bytes, start, end)) continue;
      this.#textOf[candidate] = known;
      return;
    }
    if (this.#lastText[hash] === 0 && this.#used > 0 && this.#used + end - start > this.#keptBytes) {
      this.#postponed.add(hash);
      return;
    }
    this.#bytes = appended(this.#bytes, this.#used, bytes.subarray(start, end));
    this.#used += end - start;
    this.#ends.push(this.#used);
    this.#before.push(this.#lastText[hash]!);
    this.#lastText[hash] = this.#count;
    this.#textOf[candidate] = this.#count;
  }

  get #count(): number {
    return this.#earlier + this.#ends.length;
  }

  #textBefore(text: number): number {
    return this.#before.values[text - 1 - this.#earlier]!;
  }

  /** Whether a text of this pass is `start` … `end` of some bytes. */
  #isText(text: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#bytes;
    const which = text - 1 - this.#earlier;
    let at = which === 0 ? 0 : this.#ends.values[which - 1]!;
    if (this.#ends.values[which]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (known[at++] !== bytes[i]) return false;
    return true;
  }

  /** Ends a pass. Returns the candidates for the next one, ascending; empty when all are determined. */
  left(): Uint32Array {
    this.#earlier = this.#count;
    this.#used = 0;
    this.#ends = new Uint32List();
    this.#before = new Uint32List();
    const postponed = this.#postponed;
    this.#postponed = new Set();
    const { hash } = this.#candidates;
    const left = Array.from(postponed.size === 0 ? [] : hash.keys());
    return Uint32Array.from(left.filter(candidate => postponed.has(hash[candidate]!)));
  }

  /** The texts that at least two strings have. O(candidates). */
  result(): DuplicateStrings {
    const textOf = this.#textOf;
    const copies = new Uint32Array(this.#count + 1);
    for (const text of textOf) copies[text]!++;
    const unread = copies[0]!;
    copies[0] = 0;
    const texts = copies.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0);
    const first = new Uint32Array(texts + 1);
    /** For each text the position of its next object + 1; 0 = only one string has it. */
    const next = new Uint32Array(copies.length);
    let number = 0;
    for (let text = 1; text < copies.length; text++) {
      if (copies[text]! < 2) continue;
      next[text] = first[number]! + 1;
      first[number + 1] = first[number]! + copies[text]!;
      number++;
    }
    const objects = new Uint32Array(first[texts]!);
    for (let candidate = 0; candidate < textOf.length; candidate++) {
      const place = next[textOf[candidate]!]!;
      if (place === 0) continue;
      objects[place - 1] = this.#candidates.objects[candidate]!;
      next[textOf[candidate]!] = place + 1;
    }
    return { objects, first, unread };
  }
}
