import type { RecordText } from './record-text.ts';
import type { RubyFormat } from './ruby-format.ts';

const T_OBJECT_SHAPES = 5;

interface Shape {
  parent: number | null;
  depth: number;
  kind: string;
  edgeName: string | null;
  edges: number;
}

/** The shapes of a Ruby: root, frozen, too complex, one for each size class of objects, and variables below these. */
export class ShapeTable {
  readonly #format: RubyFormat;
  readonly #shapes: Shape[] = [];

  constructor(format: RubyFormat) {
    this.#format = format;
    const root = this.#add({ parent: null, depth: 1, kind: 'ROOT', edgeName: null });
    this.#add({ parent: root, depth: 2, kind: 'FROZEN', edgeName: null });
    this.#add({ parent: root, depth: 2, kind: 'OBJ_TOO_COMPLEX', edgeName: null });
    for (let sizeClass = 0; sizeClass < T_OBJECT_SHAPES; sizeClass++) {
      this.#add({ parent: null, depth: 1, kind: 'T_OBJECT', edgeName: null });
    }
  }

  /** The shape of objects of a size class that have these instance variables. */
  ofObject(sizeClass: number, variables: readonly string[]): number {
    let shape = 3 + sizeClass;
    for (const edgeName of variables) {
      const known = this.#shapes.findIndex(one => one.parent === shape && one.edgeName === edgeName);
      const depth = this.#shapes[shape]!.depth + 1;
      shape = known >= 0 ? known : this.#add({ parent: shape, depth, kind: 'IVAR', edgeName });
    }
    return shape;
  }

  #add(shape: Omit<Shape, 'edges'>): number {
    if (shape.parent !== null) this.#shapes[shape.parent]!.edges++;
    return this.#shapes.push({ ...shape, edges: 0 }) - 1;
  }

  /** Writes the records of all shapes; none if the Ruby has no shapes. */
  write(record: RecordText): void {
    const { shapeStart, wordBytes, noParentShape } = this.#format;
    if (shapeStart === 0) return;
    for (const [id, { parent, depth, kind, edgeName, edges }] of this.#shapes.entries()) {
      const address = shapeStart + id * (wordBytes === 8 ? 40 : 24);
      // Ruby writes no space before the name of an edge, nor a parent for the root.
      const above = id === 0 ? '' : `"parent_id":${parent ?? noParentShape}, `;
      const edge = edgeName === null ? '' : `,"edge_name":"${edgeName}"`;
      record.shape(
        address,
        `"id":${id}, ${above}"depth":${depth}, "shape_type":"${kind}"${edge}, "edges":${edges}, "memsize":${wordBytes * (5 + edges)}`,
      );
    }
  }
}
