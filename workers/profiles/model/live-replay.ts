import { grown } from '../../model/growable.ts';
import type { Histogram } from './profile.ts';
import { SeriesBuilder } from './series.ts';
import { type Snapshots, SnapshotsBuilder } from './snapshots.ts';
import type { TreeBuilder, WeightSpec } from './tree-builder.ts';

/** The rows of a timeline are thinned when there are more than this. */
const MAX_ROWS = 1024;
/** Every time this many rows were added, a snapshot of the tree is taken. */
const ROWS_PER_SNAPSHOT = 8;
/** Maximum number of entries of all snapshots together; beyond that, every other snapshot is dropped. */
const MAX_SNAPSHOT_ENTRIES = 4_000_000;

/** The weights that a replay gives each site. `end`: what to call blocks that are live at the end. */
export function replayWeights(end: 'live' | 'leaked'): WeightSpec[] {
  const words = end === 'live' ? 'live at the end' : 'never freed';
  return [
    { key: `${end}Bytes`, label: `bytes ${words}`, unit: 'bytes' },
    { key: `${end}Blocks`, label: `blocks ${words}`, unit: 'count' },
    { key: 'peakBytes', label: 'bytes at the peak', unit: 'bytes' },
    { key: 'peakBlocks', label: 'blocks at the peak', unit: 'count' },
    { key: 'allocatedBytes', label: 'allocated bytes', unit: 'bytes' },
    { key: 'allocations', label: 'allocations', unit: 'count' },
  ];
}

/** A snapshot: its row, and the live bytes of each site. */
interface Kept {
  row: number;
  sites: Uint32Array;
  bytes: Float64Array;
}

/**
 * Replays allocations and frees. Per site (an allocating stack) it computes what is live, what was live at the peak,
 * and what was allocated in total; also what was live over time. O(1) per event. Memory is bounded by the number of
 * sites and independent of the number of events.
 *
 * The values at the peak are found without visiting all sites at each new peak: a site's value is recorded before its
 * first change after the peak.
 */
export class LiveReplay {
  liveBytes = 0;
  liveBlocks = 0;
  peakBytes = 0;
  peakBlocks = 0;
  allocatedBytes = 0;
  allocations = 0;
  frees = 0;
  /** Events so far. */
  events = 0;
  #peakEvent = 0;
  #sites = 0;
  #siteBytes = new Float64Array(1024);
  #siteBlocks = new Float64Array(1024);
  #siteAllocatedBytes = new Float64Array(1024);
  #siteAllocations = new Float64Array(1024);
  #sitePeakBytes = new Float64Array(1024);
  #sitePeakBlocks = new Float64Array(1024);
  /** Event of a site's last change. */
  #siteChanged = new Float64Array(1024);
  #rows: { x: number; bytes: number; blocks: number; rss: number }[] = [];
  #kept: Kept[] = [];
  #keptEntries = 0;
  #rowsPerSnapshot = ROWS_PER_SNAPSHOT;
  #marks = 0;
  /** One mark in this many is kept. */
  #rowStride = 1;
  /** Number of allocations by size; buckets are powers of two. */
  readonly #sizes = new Float64Array(64);

  /** Records an allocation of `bytes` by a site. */
  allocate(site: number, bytes: number): void {
    this.#change(site, bytes, 1);
    this.allocatedBytes += bytes;
    this.allocations++;
    this.#siteAllocatedBytes[site]! += bytes;
    this.#siteAllocations[site]! += 1;
    this.#sizes[bytes < 1 ? 0 : Math.floor(Math.log2(bytes)) + 1]! += 1;
    if (this.liveBytes > this.peakBytes) {
      this.peakBytes = this.liveBytes;
      this.peakBlocks = this.liveBlocks;
      this.#peakEvent = this.events;
    }
  }

  /** Records a free of a block of a site. */
  free(site: number, bytes: number): void {
    this.#change(site, -bytes, -1);
    this.frees++;
  }

  #change(site: number, bytes: number, blocks: number): void {
    if (site >= this.#siteBytes.length) this.#grow(site + 1);
    if (site >= this.#sites) this.#sites = site + 1;
    if (this.#siteChanged[site]! <= this.#peakEvent) {
      this.#sitePeakBytes[site] = this.#siteBytes[site]!;
      this.#sitePeakBlocks[site] = this.#siteBlocks[site]!;
    }
    this.#siteChanged[site] = ++this.events;
    this.#siteBytes[site]! += bytes;
    this.#siteBlocks[site]! += blocks;
    this.liveBytes += bytes;
    this.liveBlocks += blocks;
  }

  #grow(needed: number): void {
    this.#siteBytes = grown(this.#siteBytes, needed);
    this.#siteBlocks = grown(this.#siteBlocks, needed);
    this.#siteAllocatedBytes = grown(this.#siteAllocatedBytes, needed);
    this.#siteAllocations = grown(this.#siteAllocations, needed);
    this.#sitePeakBytes = grown(this.#sitePeakBytes, needed);
    this.#sitePeakBlocks = grown(this.#sitePeakBlocks, needed);
    this.#siteChanged = grown(this.#siteChanged, needed);
  }

  /**
   * Records what is live at a point in time. May be called after every event: the more marks there are, the fewer are
   * kept. `last`: always keep this one. `rss`: resident memory at that time, in bytes, if it is known.
   */
  mark(x: number, last = false, rss = Number.NaN): void {
    if (this.#marks++ % this.#rowStride !== 0 && !last) return;
    if (this.#rows.length >= MAX_ROWS) this.#thinRows();
    const row = this.#rows.length;
    this.#rows.push({ x, bytes: this.liveBytes, blocks: this.liveBlocks, rss });
    if (row % this.#rowsPerSnapshot === 0) this.#keep(row);
  }

  #thinRows(): void {
    this.#rows = this.#rows.filter((_, row) => row % 2 === 0);
    this.#kept = this.#kept.filter(each => each.row % 2 === 0);
    for (const each of this.#kept) each.row /= 2;
    this.#rowStride *= 2;
    this.#thinSnapshots(this.#rowsPerSnapshot);
  }

  /** Keeps only the snapshots at multiples of a number of rows. */
  #thinSnapshots(rows: number): void {
    this.#rowsPerSnapshot = rows;
    this.#kept = this.#kept.filter(each => each.row % rows === 0);
    this.#keptEntries = this.#kept.reduce((sum, each) => sum + each.sites.length, 0);
  }

  #keep(row: number): void {
    let entries = 0;
    for (let site = 0; site < this.#sites; site++) if (this.#siteBytes[site] !== 0) entries++;
    const sites = new Uint32Array(entries);
    const bytes = new Float64Array(entries);
    let at = 0;
    for (let site = 0; site < this.#sites; site++) {
      if (this.#siteBytes[site] === 0) continue;
      sites[at] = site;
      bytes[at++] = this.#siteBytes[site]!;
    }
    this.#kept.push({ row, sites, bytes });
    this.#keptEntries += entries;
    while (this.#keptEntries > MAX_SNAPSHOT_ENTRIES && this.#kept.length > 1) {
      this.#thinSnapshots(this.#rowsPerSnapshot * 2);
    }
  }

  /** Adds the weights of {@link replayWeights} to a tree. `nodeOf`: the tree's node for a site. */
  addTo(builder: TreeBuilder, nodeOf: (site: number) => number): void {
    for (let site = 0; site < this.#sites; site++) {
      const unchanged = this.#siteChanged[site]! <= this.#peakEvent;
      const node = nodeOf(site);
      builder.add(node, 0, this.#siteBytes[site]!);
      builder.add(node, 1, this.#siteBlocks[site]!);
      builder.add(node, 2, unchanged ? this.#siteBytes[site]! : this.#sitePeakBytes[site]!);
      builder.add(node, 3, unchanged ? this.#siteBlocks[site]! : this.#sitePeakBlocks[site]!);
      builder.add(node, 4, this.#siteAllocatedBytes[site]!);
      builder.add(node, 5, this.#siteAllocations[site]!);
    }
  }

  /** What was live over time. */
  timeline(): SeriesBuilder {
    const series = new SeriesBuilder();
    for (const { x, bytes, blocks, rss } of this.#rows) {
      series.row(x);
      series.set('liveBytes', bytes, 'bytes');
      series.set('liveBlocks', blocks, 'count');
      if (!Number.isNaN(rss)) series.set('rss', rss, 'bytes');
    }
    return series;
  }

  /** What was live in each node at some of the rows. */
  snapshots(nodeOf: (site: number) => number): Snapshots {
    const builder = new SnapshotsBuilder();
    for (const { row, sites, bytes } of this.#kept) {
      builder.begin(row);
      for (const [at, site] of sites.entries()) builder.add(nodeOf(site), bytes[at]!);
    }
    return builder.finish('liveBytes');
  }

  /** Sizes of allocated blocks, in powers of two. */
  sizes(): Histogram {
    return { label: 'sizes of allocations', unit: 'bytes', ...powersOfTwo(this.#sizes) };
  }
}

/** Buckets 0, 1, 2–3, 4–7 … up to the last that is not empty. */
export function powersOfTwo(counts: Float64Array): { from: Float64Array; count: Float64Array } {
  let used = counts.length;
  while (used > 0 && counts[used - 1] === 0) used--;
  return {
    from: Float64Array.from({ length: used }, (_, bucket) => (bucket === 0 ? 0 : 2 ** (bucket - 1))),
    count: counts.slice(0, used),
  };
}
