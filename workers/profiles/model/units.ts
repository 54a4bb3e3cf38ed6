/** What a number of a profile or a series counts. `ticks` is a time in a unit that only its own tool knows. */
export type Unit =
  | 'bytes'
  | 'count'
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'instructions'
  | 'events'
  | 'units'
  | 'ticks'
  | 'index';

/**
 * Whole numbers of a file, named alike in all formats: `allocatedBytes`, `allocatedObjects` (Ruby, Go) or
 * `allocatedBlocks` (C), and the same with `retained`, `live`, `peak`, `end`, `leaked`, `definite`, `indirect`,
 * `possible`, `reachable`; `allocations`, `snapshots`, `samples`. A number that the file does not hold is not here.
 */
export type Totals = Record<string, number>;
