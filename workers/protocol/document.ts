import type { ObjectSetSpec } from './object-set.ts';

/** Which report is wanted: a result that can be given to somebody who has neither the dump nor Heapscape. */
export interface DocumentOptions {
  format: 'html' | 'markdown';
  /** The objects that it is about. */
  set: ObjectSetSpec;
  /** The same as a filter, as it is written; empty for everything. */
  filter: string;
  /** A link to the view, for whoever has the dump; null if there is none. */
  link: string | null;
  /** Whether the beginnings of the largest strings are in it. */
  strings: boolean;
  /** What is on screen, as SVG; null for what is not drawn yet. For HTML alone. */
  pictures: readonly { label: string; svg: string | null }[];
  /** When it is made, in milliseconds since 1970. */
  madeAt: number;
}
