import { type OracleDump, type OracleObject, readOracleDump } from './oracle-ruby-dump.ts';

/** Addresses of objects, by what happened to them; see numbers.md#new-freed-and-retained. */
export interface OracleSets {
  survived: Set<string>;
  byAddressOnly: Set<string>;
  new: Set<string>;
  freed: Set<string>;
}

/** Reads the texts of dumps for {@link oracleSets} and {@link oracleRetained}. */
export function readOracleSeries(texts: readonly string[]): OracleDump[] {
  return texts.map(text => readOracleDump(new TextEncoder().encode(text)));
}

/** What happened to the objects between two dumps, following numbers.md#same-object pair by pair. */
export function oracleSets(earlier: OracleDump, later: OracleDump): OracleSets {
  const sets: OracleSets = {
    survived: new Set(),
    byAddressOnly: new Set(),
    new: new Set(),
    freed: new Set(),
  };
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

/** Objects of C that are new in B, compared with A, and still the same in C. */
export function oracleRetained(a: OracleDump, b: OracleDump, c: OracleDump): Set<string> {
  const made = oracleSets(a, b).new;
  const kept = oracleSets(b, c).survived;
  return new Set([...made].filter(address => kept.has(address)));
}

/** What a comparison by address alone considers retained: addresses in B and C, but not in A. */
export function oracleByAddress(a: OracleDump, b: OracleDump, c: OracleDump): Set<string> {
  const addresses = ({ objects }: OracleDump) => new Set(objects.map(({ address }) => address));
  const [inA, inB] = [addresses(a), addresses(b)];
  return new Set([...addresses(c)].filter(address => inB.has(address) && !inA.has(address)));
}

function isSame(one: OracleObject, other: OracleObject): boolean {
  if (one.address !== other.address || one.type !== other.type || one.label !== other.label) return false;
  if (isTraced(one) || isTraced(other)) {
    return one.file === other.file && one.line === other.line && one.generation === other.generation;
  }
  return one.type !== 'STRING' || one.value === other.value;
}

function isTraced({ file, generation }: OracleObject): boolean {
  return file !== null || generation !== null;
}
