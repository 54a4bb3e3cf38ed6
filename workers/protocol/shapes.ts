import type { Count } from './units.ts';

/** A summary of the shapes of a heap (numbers.md#shape). */
export interface ShapeSummary {
  shapes: Count;
  /** Whether the objects of each shape are counted. A file that only contains shapes has no objects. */
  countsObjects: boolean;
  /** The classes whose objects have the most shapes, at most as many as requested; empty if objects are not counted. */
  classes: ClassShapes[];
  /** Sets of variables that are set in several orders, those with the most orders first. */
  orders: { names: string[][] }[];
}

/** The shapes that the objects of one class have. */
export interface ClassShapes {
  label: string;
  shapes: Count;
  objects: Count;
  /** Objects whose variables are in a hash table because there were too many shapes. */
  complex: Count;
}

/** A shape in the tree of shapes. */
export interface ShapeRow {
  /** Row of the table of shapes. */
  row: number;
  id: number;
  /** The variable that it adds; null if it adds none. */
  name: string | null;
  /** Variables that objects of this shape have. */
  variables: Count;
  /** Shapes directly below it, and all below it. */
  children: Count;
  below: Count;
  /** Objects of this shape, and of all shapes below it; null if they are not counted. */
  objects: Count | null;
  objectsBelow: Count | null;
  /** The classes with the most objects of this shape and those below; at most three. */
  classes: string[];
}
