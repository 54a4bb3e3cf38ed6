/** A group with its sizes in the dumps of a series. */
export interface GrowingGroup {
  /** The name as displayed. */
  name: string;
  sizes: readonly number[];
}

/** Groups in drawing order. Arrays are indexed by tile; sizes are `sizes[tile * steps + step]`. */
export interface GrowthTiles {
  names: readonly string[];
  /** Index in the input; -1 = the tile that combines the rest. */
  source: Int32Array;
  steps: number;
  sizes: Float64Array;
  /** The largest size of each tile in any step: determines the size of its frame. */
  largest: Float64Array;
}

/** Maximum number of tiles; smaller groups are combined into one. */
const MOST_TILES = 160;

/** The largest groups by their largest size, and one tile for all others. O(n log n). */
export function summariseGrowth(groups: readonly GrowingGroup[], steps: number): GrowthTiles {
  const largestOf = (group: GrowingGroup) => group.sizes.reduce((most, size) => Math.max(most, size), 0);
  const order = groups
    .map((group, at) => ({ at, largest: largestOf(group) }))
    .filter(({ largest }) => largest > 0)
    .sort((a, b) => b.largest - a.largest || a.at - b.at);
  const shown = order.slice(0, MOST_TILES);
  const others = order.slice(MOST_TILES);
  const tiles = shown.length + (others.length > 0 ? 1 : 0);
  const sizes = new Float64Array(tiles * steps);
  for (const [tile, { at }] of shown.entries()) {
    for (let step = 0; step < steps; step++) sizes[tile * steps + step] = groups[at]!.sizes[step] ?? 0;
  }
  for (const { at } of others) {
    for (let step = 0; step < steps; step++)
      sizes[shown.length * steps + step]! += groups[at]!.sizes[step] ?? 0;
  }
  const names = shown.map(({ at }) => groups[at]!.name);
  if (others.length > 0) names.push(`${others.length} others`);
  return {
    names,
    source: Int32Array.from({ length: tiles }, (_, tile) => shown[tile]?.at ?? -1),
    steps,
    sizes,
    largest: Float64Array.from({ length: tiles }, (_, tile) =>
      sizes.subarray(tile * steps, (tile + 1) * steps).reduce((most, size) => Math.max(most, size), 0),
    ),
  };
}

/** How a tile changed from the previous step, as a share of its size then (infinite for 0); 0 in the first step. */
export function changeAt({ sizes, steps }: GrowthTiles, tile: number, step: number): number {
  if (step === 0) return 0;
  const before = sizes[tile * steps + step - 1]!;
  const now = sizes[tile * steps + step]!;
  if (before === now) return 0;
  return before === 0 ? Number.POSITIVE_INFINITY : (now - before) / before;
}
