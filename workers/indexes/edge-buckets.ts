import { grown } from '../model/growable.ts';
import type { Steps } from '../model/steps.ts';
import type { SpareColumns } from './spare-columns.ts';

/** Targets per bucket: 2^16. Their counters fit into the cache of a core. */
export const BUCKET_BITS = 16;
export const BUCKET = 1 << BUCKET_BITS;
/** Edges per chunk: buckets grow by chunks. */
const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;

/**
 * Edges that are added in the order of their sources and read in the order of their targets. Without locality, sorting
 * them directly costs a cache miss per edge. So they first go into buckets of targets with the same high bits, which
 * are filled from front to back, and each bucket is sorted when it is read: a radix sort, most significant digit first.
 * 6 bytes per edge.
 */
export class EdgeBuckets {
  /** Low bits of each edge's target. */
  #lows: Uint16Array;
  #sources: Uint32Array;
  /** Chunk → the previous chunk of the same bucket. Chunk 0 is none. */
  #before: Uint32Array;
  #chunks = 1;
  /** Head of the list of free chunks, which is linked through `#before`; 0 = none. */
  #free = 0;
  /** Bucket → where its next edge goes. A multiple of CHUNK means that it needs a new chunk. */
  #cursors: Uint32Array;

  /**
   * For targets below `limit` and at most `expect` edges. Unused room costs no memory. Takes its columns from `spare`.
   */
  constructor(limit: number, expect: number, spare: SpareColumns) {
    this.#cursors = new Uint32Array(Math.ceil(limit / BUCKET));
    const room = roomForEdges(limit, expect);
    this.#sources = spare.take(room);
    this.#lows = halvesOf(spare.take(room / 2));
    this.#before = new Uint32Array(room / CHUNK);
  }

  add(source: number, target: number): void {
    const bucket = target >>> BUCKET_BITS;
    let at = this.#cursors[bucket]!;
    if ((at & (CHUNK - 1)) === 0) at = this.#newChunk(at);
    this.#lows[at] = target & (BUCKET - 1);
    this.#sources[at] = source;
    this.#cursors[bucket] = at + 1;
  }

  #newChunk(end: number): number {
    let chunk = this.#free;
    if (chunk !== 0) this.#free = this.#before[chunk]!;
    else {
      chunk = this.#chunks++;
      if (chunk === this.#before.length) {
        this.#before = grown(this.#before, chunk + 1);
        this.#lows = grown(this.#lows, this.#before.length * CHUNK);
        this.#sources = grown(this.#sources, this.#before.length * CHUNK);
      }
    }
    this.#before[chunk] = end === 0 ? 0 : chunkOf(end);
    return chunk * CHUNK;
  }

  /**
   * Renames all targets to `names[target]`, which must be below `limit`. Edges to the same target then come back in
   * reverse order. O(edges), in place. Each bucket reads names from one range, which fits into the cache.
   */
  *rename(names: Uint32Array, limit: number): Steps<void> {
    const stops = this.#cursors;
    this.#cursors = new Uint32Array(Math.ceil(limit / BUCKET));
    for (const [bucket, end] of stops.entries()) {
      this.#renameBucket(end, names.subarray(bucket * BUCKET, (bucket + 1) * BUCKET));
      yield bucket / stops.length;
    }
  }

  #renameBucket(end: number, names: Uint32Array): void {
    let stop = end;
    for (let chunk = chunkOf(stop); chunk !== 0; stop = (chunk + 1) * CHUNK) {
      for (let at = stop - 1; at >= chunk * CHUNK; at--)
        this.add(this.#sources[at]!, names[this.#lows[at]!]!);
      const before = this.#before[chunk]!;
      this.#before[chunk] = this.#free;
      this.#free = chunk;
      chunk = before;
    }
  }

  /** Gives the memory of the edges to `spare`. */
  leave(spare: SpareColumns): void {
    spare.give(this.#sources);
    spare.give(new Uint32Array(this.#lows.buffer, this.#lows.byteOffset, this.#lows.length / 2));
    this.#sources = new Uint32Array(0);
    this.#lows = new Uint16Array(0);
  }

  /**
   * First half of sorting the edges of a bucket by target: computes where the edges to each target end. O(edges +
   * BUCKET).
   */
  count(bucket: number, into: SortedEdges): void {
    const lows = this.#lows;
    const { ends } = into;
    ends.fill(0);
    let stop = this.#cursors[bucket]!;
    for (let chunk = chunkOf(stop); chunk !== 0; chunk = this.#before[chunk]!, stop = (chunk + 1) * CHUNK) {
      for (let at = chunk * CHUNK; at < stop; at++) ends[lows[at]!]!++;
    }
    let total = 0;
    for (let low = 0; low < BUCKET; low++) {
      total += ends[low]!;
      ends[low] = total;
    }
    ends[BUCKET] = total;
  }

  /**
   * Second half: moves the edges to their places, in the order in which they were added. Each entry of `ends` becomes a
   * start. O(edges).
   */
  place(bucket: number, into: SortedEdges): void {
    const lows = this.#lows;
    const sources = this.#sources;
    const { ends } = into;
    const total = ends[BUCKET]!;
    if (total > into.sources.length) into.sources = new Uint32Array(total);
    const sorted = into.sources;
    let stop = this.#cursors[bucket]!;
    for (let chunk = chunkOf(stop); chunk !== 0; chunk = this.#before[chunk]!, stop = (chunk + 1) * CHUNK) {
      for (let at = stop - 1; at >= chunk * CHUNK; at--) {
        const low = lows[at]!;
        const place = ends[low]! - 1;
        ends[low] = place;
        sorted[place] = sources[at]!;
      }
    }
  }
}

/** Number of entries that {@link EdgeBuckets} needs for `edges` edges to targets below `limit`: a multiple of CHUNK. */
export function roomForEdges(limit: number, edges: number): number {
  // The last chunk of each bucket is not full, and renaming takes another one.
  return (Math.ceil(edges / CHUNK) + Math.ceil(limit / BUCKET) * 2 + 1) * CHUNK;
}

function halvesOf({ buffer, byteOffset, length }: Uint32Array): Uint16Array {
  return new Uint16Array(buffer, byteOffset, length * 2);
}

/** The chunk that ends at `end` or contains it; 0 if there is none. */
function chunkOf(end: number): number {
  return end === 0 ? 0 : (end - 1) >>> CHUNK_BITS;
}

/**
 * The edges of one bucket, sorted. The sources of the edges to its i-th number are `sources[ends[i]]` … `sources[ends[i
 * + 1] - 1]`.
 */
export class SortedEdges {
  /** Where the edges to each number end; after sorting, where they start. */
  readonly ends = new Uint32Array(BUCKET + 1);
  sources = new Uint32Array(1024);
}
