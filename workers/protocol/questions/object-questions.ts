import type { ObjectContents } from '../contents.ts';
import type { ObjectDetails } from '../object-details.ts';
import type {
  ClassNeighbours,
  EdgeName,
  FoundObject,
  Neighbour,
  NeighbourGroup,
  ObjectRow,
  Window,
} from '../rows.ts';
import type { Excerpt } from '../strings.ts';
import type { ObjectIndex } from '../units.ts';
import { type Declarations, ROWS, type WindowParams } from './declaration.ts';

/** Questions about single objects, and about what refers to what. */
export interface ObjectQuestions {
  /** One object, its record read from the file. */
  object: { params: { object: ObjectIndex }; answer: ObjectDetails };
  /**
   * The object that a text names: by its address in any spelling, by what `inspect` prints of it, or by its object id.
   * Null if there is none.
   */
  find: { params: { text: string }; answer: FoundObject | null };
  /** Rows of given objects. */
  rows: { params: { objects: ObjectIndex[] }; answer: ObjectRow[] };
  /**
   * A window of what an object refers to, or of what refers to it; distinct objects. With `label`, only those with this
   * class label, the largest retained size first.
   */
  neighbours: {
    params: WindowParams & { object: ObjectIndex; direction: 'references' | 'referrers'; label?: string };
    answer: Window<Neighbour>;
  };
  /** A window of the same objects grouped by class label, the largest retained size first. */
  neighbourGroups: {
    params: WindowParams & { object: ObjectIndex; direction: 'references' | 'referrers' };
    answer: Window<NeighbourGroup>;
  };
  /** A window of the classes that the objects of a class refer to, or that refer to them. */
  classNeighbours: {
    params: WindowParams & { label: string; direction: 'references' | 'referrers' };
    answer: ClassNeighbours;
  };
  /** How objects refer to others, in the requested order. Names are read from the file. */
  edgeNames: { params: { edges: { source: ObjectIndex; target: ObjectIndex }[] }; answer: EdgeName[] };
  /** The beginnings of the texts of strings and symbols, in the requested order. */
  excerpts: { params: { objects: ObjectIndex[] }; answer: Excerpt[] };
  /**
   * A window of the contents of an object as seen by the program. Its record is read from the file.
   */
  contents: { params: WindowParams & { object: ObjectIndex }; answer: ObjectContents };
}

export const OBJECT_QUESTIONS = {
  object: { about: 'snapshot', limits: {}, cost: 'O(record); for gzip O(text since a restart point)' },
  find: { about: 'snapshot', limits: {}, cost: 'O(log pages); for an object id O(file) once' },
  rows: { about: 'snapshot', limits: { objects: ROWS }, cost: 'O(1) each' },
  neighbours: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(neighbours)' },
  neighbourGroups: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(neighbours)' },
  classNeighbours: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n + e) once for a class' },
  edgeNames: { about: 'snapshot', limits: { edges: 300 }, cost: 'O(records); for gzip O(file) at most' },
  excerpts: { about: 'snapshot', limits: { objects: 200 }, cost: 'O(records); for gzip O(file) at most' },
  contents: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(record)' },
} as const satisfies Declarations<ObjectQuestions>;
