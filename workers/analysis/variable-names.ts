import type { HeapSnapshot } from '../model/heap-snapshot.ts';

/** Maximum length of a chain of shapes: there are fewer than 2^19 shapes, and no object has that many variables. */
const MAX_CHAIN = 100_000;

/** Names of instance variables by shape (numbers.md#edge-name). Built once for a snapshot: O(shapes). */
export class VariableNames {
  readonly #snapshot: HeapSnapshot;
  readonly #rows: Map<number, number>;

  constructor(snapshot: HeapSnapshot) {
    this.#snapshot = snapshot;
    this.#rows = new Map();
    for (let row = 0; row < snapshot.shapes.length; row++) this.#rows.set(snapshot.shapes.id[row]!, row);
  }

  /** Names in the order in which they were set; empty if the shape is unknown. */
  namesOfShape(shapeId: number): string[] {
    const { shapes, strings } = this.#snapshot;
    const names: string[] = [];
    let row = this.#rows.get(shapeId);
    for (let steps = 0; row !== undefined && steps < MAX_CHAIN; steps++) {
      if (shapes.name[row] !== 0) names.push(strings.text(shapes.name[row]!));
      const parent = shapes.parent[row]!;
      row = parent === shapes.id[row] ? undefined : this.#rows.get(parent);
    }
    return names.reverse();
  }

  /**
   * Which instance variables of an object hold which address, only if certain: there are as many references as
   * variables, so none holds a number, nil or other immediate. Otherwise empty.
   */
  namesOfReferences(shapeId: number | null, references: readonly string[]): Map<string, string> {
    const result = new Map<string, string>();
    if (shapeId === null) return result;
    const names = this.namesOfShape(shapeId);
    if (names.length !== references.length || names.some(name => !/^@[^@]/.test(name))) return result;
    references.forEach((address, at) => {
      const other = result.get(address);
      result.set(address, other === undefined ? names[at]! : `${other}, ${names[at]!}`);
    });
    return result;
  }
}
