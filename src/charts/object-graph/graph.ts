import type { Fraction } from '../../../workers/protocol/units.ts';
import type { Family } from '../../../workers/protocol/vocabulary.ts';

/** A box of a drawn graph. */
export interface GraphBox {
  /** Stable: the same box has the same id whenever it is drawn, so that it keeps its place. */
  id: string;
  kind: 'root' | 'objects' | 'rest';
  /** The name, on the first line; shortened if it is long. */
  name: string;
  /** Follows the name and is never shortened: ` × 239`. */
  count: string;
  /** Figures, on the second line. */
  figures: string;
  /** Everything about the box, for its title and for screen readers. */
  description: string;
  /** Determines its colour; null if there are several families. */
  family: Family | null;
  /** Length of its bar; null = no bar. */
  share: Fraction | null;
  /** Ringed: many paths of the set come together here. */
  isPoint: boolean;
  /** Framed: it contains members of the set. */
  isMember: boolean;
  /** What a click on its handle does; null = no handle. `hidden`: the number of boxes collapsed into it. */
  handle: { opens: boolean; hidden: number } | null;
}

/** A line between two boxes: its source refers to its target. */
export interface GraphLine {
  id: string;
  from: string;
  to: string;
  /** Its count as a share of the widest line's. */
  share: Fraction;
  /** Label of the line; '' = none. */
  name: string;
  description: string;
  /** Drawn dashed, and ignored by the layout. */
  isAside?: true;
}

export interface ObjectGraph {
  boxes: readonly GraphBox[];
  lines: readonly GraphLine[];
}

/** Maximum number of boxes: with more, the graph is unreadable. */
export const MAX_BOXES = 200;

/** What is picked in a graph: a box or a line, by its id. */
export interface GraphPick {
  kind: 'box' | 'line';
  id: string;
}
