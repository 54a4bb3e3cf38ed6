import type { HeapColumns } from './heap-columns.ts';

/** Finds the object that an entry of a column refers to. */
export interface ObjectLookup {
  /** Index of the object, or -1. */
  objectAt(reference: number): number;
}

/** For columns whose references are object indexes + 1. */
class IndexLookup implements ObjectLookup {
  readonly #objects: number;

  constructor(objects: number) {
    this.#objects = objects;
  }

  objectAt(reference: number): number {
    return reference <= this.#objects ? reference - 1 : -1;
  }
}

/** The lookup for columns; `pages` is the index of their addresses. */
export function objectLookup(
  { referencesBy, objects }: Pick<HeapColumns, 'referencesBy' | 'objects'>,
  pages: ObjectLookup,
): ObjectLookup {
  return referencesBy === 'key' ? pages : new IndexLookup(objects);
}
