import type { ReactNode } from 'react';
import type { Fraction } from '../../../workers/protocol/units.ts';
import type { Term } from '../../glossary.ts';

/** A column of a table. */
export interface Column<Row> {
  id: string;
  header: string;
  /** Its definition is the tooltip of the header. */
  term?: Term;
  align?: 'start' | 'end';
  /** A CSS grid track: `120px`, `minmax(200px, 2fr)`. */
  width: string;
  /** The key to sort by; without it the column cannot be sorted. */
  sort?: string;
  /** `fittingChars`: approximate number of characters that fit into the cell, for shortening names. */
  cell: (row: Row, fittingChars: number) => ReactNode;
  /** The row's share of the whole, drawn as a thin bar below the figure. */
  share?: (row: Row) => Fraction;
  /** The cell as exact plain text, for copying. */
  text: (row: Row) => string;
}

export interface Sorting {
  key: string;
  descending: boolean;
}
