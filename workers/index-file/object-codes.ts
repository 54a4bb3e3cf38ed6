import type { HeapSnapshot, PairTable } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { joinedBytes, NumberColumn, planesOf } from './numbers.ts';
import { type PackedSequence, packSequence, SequenceReader } from './sequence-codes.ts';

/**
 * The packed columns of objects. Objects with the same pair, size and flags are of one kind. Kinds are numbered in the
 * order in which they first occur.
 */
export interface PackedObjects {
  /** Columns by kind. */
  kinds: { pair: Uint32Array; shallow: Uint32Array; flags: Uint16Array };
  /** The kind of each object. */
  kind: PackedSequence;
  /** For each length: {@link SAME}, {@link FIRST_LENGTH} plus the length, or {@link GIVEN}. */
  lengths: Uint8Array;
  /** Lengths that are {@link GIVEN}; see `planesOf`. */
  given: Uint8Array[];
}

/** Columns by object. */
export interface ObjectColumns extends Pick<HeapSnapshot, 'pair' | 'shallow' | 'flags'> {
  /** Lengths of the objects that have one, in order. */
  lengths: Uint32Array;
}

/** Code for the same length as the previous object of the kind. */
const SAME = 0;
const FIRST_LENGTH = 1;
/** Code for a length that is stored in {@link PackedObjects.given}. */
const GIVEN = 255;

/** Packs the columns of objects. O(objects). */
export function packObjects({ pair, shallow, flags, lengths }: ObjectColumns): PackedObjects {
  const kinds = kindsOf({ pair, shallow, flags });
  const last = new Int32Array(kinds.first.length).fill(-1);
  const codes = new Uint8Array(lengths.length);
  const given = new NumberColumn();
  let read = 0;
  for (const [object, kind] of kinds.ofObject.entries()) {
    if ((flags[object]! & ObjectFlag.hasLength) === 0) continue;
    const length = lengths[read]!;
    if (last[kind] === (length | 0)) codes[read] = SAME;
    else if (length < GIVEN - FIRST_LENGTH) codes[read] = FIRST_LENGTH + length;
    else {
      codes[read] = GIVEN;
      given.push(length);
    }
    last[kind] = length;
    read++;
  }
  return {
    kinds: {
      pair: kinds.first.map(object => pair[object]!),
      shallow: kinds.first.map(object => shallow[object]!),
      flags: Uint16Array.from(kinds.first, object => flags[object]!),
    },
    kind: packSequence(kinds.ofObject, kinds.first.length),
    lengths: codes,
    given: planesOf(given.numbers()),
  };
}

/** The kind of each object, and the first object of each kind. O(objects). */
function kindsOf({ pair, shallow, flags }: Omit<ObjectColumns, 'lengths'>) {
  const ofObject = new Uint32Array(pair.length);
  const first = new NumberColumn();
  let kinds = 0;
  // Pair → size and flags, combined in one exact number → kind.
  const known = new Map<number, Map<number, number>>();
  for (let object = 0; object < pair.length; object++) {
    let ofPair = known.get(pair[object]!);
    if (ofPair === undefined) {
      ofPair = new Map();
      known.set(pair[object]!, ofPair);
    }
    const rest = shallow[object]! * 2 ** 16 + flags[object]!;
    let kind = ofPair.get(rest);
    if (kind === undefined) {
      kind = kinds++;
      ofPair.set(rest, kind);
      first.push(object);
    }
    ofObject[object] = kind;
  }
  return { ofObject, first: first.numbers() };
}

/** Everything about a kind while objects are unpacked, in one row, so that each object costs at most one cache miss. */
const PAIR = 0;
const SHALLOW = 1;
const FLAGS = 2;
const LAST_LENGTH = 3;
const OBJECTS = 4;
const ROW_BITS = 3;
/** Number of objects whose kinds are unpacked before their columns: they stay in the processor's cache. */
const AT_ONCE = 1 << 12;

/** Unpacks the columns, and counts the objects of each kind. `count`: number of lengths. O(objects). */
export function unpackObjects(packed: PackedObjects, count: number): ObjectColumns & { ofKind: Uint32Array } {
  const rows = rowsOf(packed.kinds);
  const kinds = new SequenceReader(packed.kind, packed.kinds.pair.length);
  const columns = {
    pair: new Uint32Array(kinds.length),
    shallow: new Uint32Array(kinds.length),
    flags: new Uint16Array(kinds.length),
    lengths: new Uint32Array(count),
  };
  const lengths = { codes: packed.lengths, given: joinedBytes(packed.given), read: 0, readGiven: 0 };
  for (let start = 0; start < kinds.length; start += AT_ONCE) {
    const stop = Math.min(kinds.length, start + AT_ONCE);
    kinds.read(columns.pair, start, stop);
    fill(columns, rows, lengths, start, stop);
  }
  return { ...columns, ofKind: packed.kinds.pair.map((_, kind) => rows[(kind << ROW_BITS) + OBJECTS]!) };
}

function rowsOf({ pair, shallow, flags }: PackedObjects['kinds']): Int32Array {
  const rows = new Int32Array(pair.length << ROW_BITS);
  for (let kind = 0; kind < pair.length; kind++) {
    const row = kind << ROW_BITS;
    rows[row + PAIR] = pair[kind]!;
    rows[row + SHALLOW] = shallow[kind]!;
    rows[row + FLAGS] = flags[kind]!;
    rows[row + LAST_LENGTH] = -1;
  }
  return rows;
}

/** Fills columns from `start` to `stop`; there, `pair` contains the kinds at first. */
function fill(
  { pair, shallow, flags, lengths }: ObjectColumns,
  rows: Int32Array,
  packed: { codes: Uint8Array; given: Int32Array; read: number; readGiven: number },
  start: number,
  stop: number,
): void {
  const { codes, given } = packed;
  let { read, readGiven } = packed;
  for (let object = start; object < stop; object++) {
    const row = pair[object]! << ROW_BITS;
    const bits = rows[row + FLAGS]!;
    rows[row + OBJECTS]!++;
    pair[object] = rows[row + PAIR]!;
    shallow[object] = rows[row + SHALLOW]!;
    flags[object] = bits;
    if ((bits & ObjectFlag.hasLength) === 0) continue;
    const code = codes[read]!;
    if (code !== SAME) rows[row + LAST_LENGTH] = code === GIVEN ? given[readGiven++]! : code - FIRST_LENGTH;
    lengths[read++] = rows[row + LAST_LENGTH]!;
  }
  packed.read = read;
  packed.readGiven = readGiven;
}

/** Computes the number of objects of each pair, and their bytes. O(kinds + large objects). */
export function sumPairs(
  { objects, shallowBytes }: Pick<PairTable, 'objects' | 'shallowBytes'>,
  kinds: PackedObjects['kinds'],
  ofKind: Uint32Array,
  pair: Uint32Array,
  largeShallow: ReadonlyMap<ObjectIndex, Bytes>,
): void {
  for (let kind = 0; kind < ofKind.length; kind++) {
    const own = kinds.shallow[kind]!;
    objects[kinds.pair[kind]!]! += ofKind[kind]!;
    if (own !== LARGE_SHALLOW) shallowBytes[kinds.pair[kind]!]! += own * ofKind[kind]!;
  }
  for (const [object, bytes] of largeShallow) shallowBytes[pair[object]!]! += bytes;
}
