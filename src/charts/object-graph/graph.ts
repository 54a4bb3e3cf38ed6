import type { Fraction } from '../../../workers/protocol/units.ts';
import type { Family } from '../../../workers/protocol/vocabulary.ts';

/** A box of a drawn graph. */
export interface GraphBox {
  /** The same whenever the same thing is drawn: what was placed stays where it is. */
  id: string;
  kind: 'root' | 'objects' | 'rest';
  /** What it is, on the first line; cut where it is long. */
  name: string;
  /** What stands behind the name, never cut: ` × 239`. */
  count: string;
  /** Figures, on the second line. */
  figures: string;
  /** All that is to be said of it, for its title and for screen readers. */
  description: string;
  /** For its colour; null if there are several. */
  family: Family | null;
  /** The length of its bar; null = none. */
  share: Fraction | null;
  /** Ringed: many of the set come together here. */
  isPoint: boolean;
  /** Framed: members of the set are in it. */
  isMember: boolean;
  /** What a click on its handle does; null = it has no handle. `hidden`: how many boxes are folded in it. */
  handle: { opens: boolean; hidden: number } | null;
}

/** A line between two boxes: its source refers to its target. */
export interface GraphLine {
  id: string;
  from: string;
  to: string;
  /** Share of the widest line that is drawn. */
  share: Fraction;
  /** What stands on it; '' = nothing. */
  name: string;
  description: string;
}

export interface ObjectGraph {
  boxes: readonly GraphBox[];
  lines: readonly GraphLine[];
}

/** Boxes that are drawn at most: with more, nothing is seen. */
export const MAX_BOXES = 200;

/** What is picked in a graph: a box or a line, by its id. */
export interface GraphPick {
  kind: 'box' | 'line';
  id: string;
}
