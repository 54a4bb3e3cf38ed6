/** The unit of a number in a profile or a series. `ticks` is a tool's own unit of time. */
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
 * Numbers stated by a file, with the same names in all formats: `allocatedBytes`, `allocatedObjects` (Ruby, Go) or
 * `allocatedBlocks` (C), and the same with `retained`, `live`, `peak`, `end`, `leaked`, `definite`, `indirect`,
 * `possible`, `reachable`; `allocations`, `snapshots`, `samples`. Numbers that the file does not have are absent.
 */
export type Totals = Record<string, number>;
