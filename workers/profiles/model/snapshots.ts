import { Uint32List } from '../../model/growable.ts';
import { Float64List } from './float64-list.ts';

/**
 * Self values of a tree at several points in time: for each, the nodes with values above 0. Points in time are rows of
 * the profile's timeline.
 */
export interface Snapshots {
  /** The weight that is known over time: "liveBytes". */
  weight: string;
  /** The row in the timeline of each snapshot, ascending. */
  row: Uint32Array;
  /** Snapshot → its first entry; one element longer than the number of snapshots. */
  start: Uint32Array;
  /** Indexed by entry. */
  node: Uint32Array;
  self: Float64Array;
}

/** The self values of all `nodes` nodes at a snapshot. O(nodes). */
export function selfAt(snapshots: Snapshots, snapshot: number, nodes: number): Float64Array {
  const self = new Float64Array(nodes);
  for (let entry = snapshots.start[snapshot]!; entry < snapshots.start[snapshot + 1]!; entry++) {
    self[snapshots.node[entry]!] = self[snapshots.node[entry]!]! + snapshots.self[entry]!;
  }
  return self;
}

/** Builds snapshots in the order of time. */
export class SnapshotsBuilder {
  readonly #row = new Uint32List();
  readonly #start = new Uint32List();
  readonly #node = new Uint32List();
  readonly #self = new Float64List();

  get length(): number {
    return this.#row.length;
  }

  /** Number of entries of all snapshots. */
  get entries(): number {
    return this.#node.length;
  }

  begin(row: number): void {
    this.#row.push(row);
    this.#start.push(this.#node.length);
  }

  add(node: number, self: number): void {
    this.#node.push(node);
    this.#self.push(self);
  }

  finish(weight: string): Snapshots {
    this.#start.push(this.#node.length);
    return {
      weight,
      row: this.#row.trimmed(),
      start: this.#start.trimmed(),
      node: this.#node.trimmed(),
      self: this.#self.trimmed(),
    };
  }
}
