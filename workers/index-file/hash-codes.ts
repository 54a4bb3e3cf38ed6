import { STRIDE, type Steps } from '../model/steps.ts';
import { type PackedSequence, packSequence, SequenceReader } from './sequence-codes.ts';

/** Packed hashes of texts. */
export interface PackedHashes {
  /** The distinct hashes in order of occurrence. They are random bits, so they cannot be compressed. */
  distinct: Uint8Array;
  /** The index of each hash in `distinct`. */
  which: PackedSequence;
}

/** Packs the hashes of texts, in the order of the objects that have one. O(hashes). */
export function packHashes(hashes: Uint32Array): PackedHashes {
  const ids = new Map<number, number>();
  const which = new Uint32Array(hashes.length);
  for (const [at, hash] of hashes.entries()) {
    let id = ids.get(hash);
    if (id === undefined) {
      id = ids.size;
      ids.set(hash, id);
    }
    which[at] = id;
  }
  const distinct = new Uint8Array(Uint32Array.from(ids.keys()).buffer);
  return { distinct, which: packSequence(which, ids.size) };
}

/** Unpacks the hashes into a column. O(hashes). */
export function* unpackHashes({ distinct, which }: PackedHashes, hashes: Uint32Array): Steps<void> {
  const values = new Int32Array(distinct.buffer, distinct.byteOffset, distinct.length / 4);
  const ids = new SequenceReader(which, values.length);
  for (let start = 0; start < hashes.length; start += STRIDE) {
    const stop = Math.min(hashes.length, start + STRIDE);
    ids.read(hashes, start, stop);
    for (let at = start; at < stop; at++) hashes[at] = values[hashes[at]!]!;
    yield start / hashes.length;
  }
}
