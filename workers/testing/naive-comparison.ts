import { type NaiveDump, type NaiveObject, readNaiveDump } from './naive-ruby-dump.ts';

/** Addresses of objects, by what became of them; see numbers.md#new-freed-and-retained. */
export interface NaiveSets {
  survived: Set<string>;
  byAddressOnly: Set<string>;
  new: Set<string>;
  freed: Set<string>;
}

/** Reads the texts of dumps for {@link naiveSets} and {@link naiveRetained}. */
export function readNaiveSeries(texts: readonly string[]): NaiveDump[] {
  return texts.map(text => readNaiveDump(new TextEncoder().encode(text)));
}

/** What became of the objects between two dumps: numbers.md#same-object written out, pair by pair. */
export function naiveSets(earlier: NaiveDump, later: NaiveDump): NaiveSets {
  const sets: NaiveSets = { survived: new Set(), byAddressOnly: new Set(), new: new Set(), freed: new Set() };
  for (const object of later.objects) {
    const same = earlier.objects.find(other => isSame(other, object));
    if (same === undefined) sets.new.add(object.address);
    else sets.survived.add(object.address);
    if (same !== undefined && !isTraced(object)) sets.byAddressOnly.add(object.address);
  }
  for (const object of earlier.objects) {
    if (!later.objects.some(other => isSame(object, other))) sets.freed.add(object.address);
  }
  return sets;
}

/** Objects of C that are new in B, against A, and the same in C. */
export function naiveRetained(a: NaiveDump, b: NaiveDump, c: NaiveDump): Set<string> {
  const made = naiveSets(a, b).new;
  const kept = naiveSets(b, c).survived;
  return new Set([...made].filter(address => kept.has(address)));
}

function isSame(one: NaiveObject, other: NaiveObject): boolean {
  if (one.address !== other.address || one.type !== other.type || one.label !== other.label) return false;
  if (isTraced(one) || isTraced(other)) {
    return one.file === other.file && one.line === other.line && one.generation === other.generation;
  }
  return one.type !== 'STRING' || one.value === other.value;
}

function isTraced({ file, generation }: NaiveObject): boolean {
  return file !== null || generation !== null;
}
