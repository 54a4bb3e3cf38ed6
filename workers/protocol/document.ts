import type { ObjectSetSpec } from './object-set.ts';

/** Options of a report: a document for readers who have neither the dump nor Heapscape. */
export interface DocumentOptions {
  format: 'html' | 'markdown';
  /** The objects that the report is about. */
  set: ObjectSetSpec;
  /** The same set as filter text; empty for everything. */
  filter: string;
  /** A link to the view, for readers who have the dump; null if there is none. */
  link: string | null;
  /** Whether the beginnings of the largest strings are in it. */
  strings: boolean;
  /** What is on screen, as SVG; null for a picture that is not drawn yet. HTML only. */
  pictures: readonly { label: string; svg: string | null }[];
  /** Time of creation, in milliseconds since 1970. */
  madeAt: number;
}
