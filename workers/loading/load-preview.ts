import type { HeapColumns } from '../model/heap-columns.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { StringTable } from '../model/string-table.ts';
import type { LoadPreview } from '../protocol/progress.ts';

const TOP_CLASSES = 12;

/**
 * Tallies of what was scanned so far, kept up with as the scan goes on: each object is added once. Class labels
 * are as good as they can be before all classes are read: instances of one that is still to come are summed under
 * "(class not read yet)".
 */
export class LoadTally {
  readonly #columns: HeapColumns;
  /** The strings as they are now. */
  #strings: StringTable;
  #added = 0;
  #shallowBytes = 0;
  #objects = new Float64Array(256);
  #bytes = new Float64Array(256);
  readonly #nameOfClass = new Map<number, number>();
  #classRows = 0;

  constructor(columns: HeapColumns) {
    this.#columns = columns;
    this.#strings = new StringTable(columns.stringBytes, columns.stringOffsets);
  }

  /** Adds what is new, and returns the tallies. O(new objects + descriptors). */
  update(): LoadPreview {
    const columns = this.#columns;
    this.#strings = new StringTable(columns.stringBytes, columns.stringOffsets);
    const { pair, pairs, shallow, largeShallow, descriptors } = columns;
    if (descriptors.type.length > this.#objects.length) {
      this.#objects = longer(this.#objects, descriptors.type.length);
      this.#bytes = longer(this.#bytes, descriptors.type.length);
    }
    for (; this.#added < columns.objects; this.#added++) {
      const id = pairs.descriptor.values[pair[this.#added]!]!;
      const kept = shallow[this.#added]!;
      const bytes = kept === LARGE_SHALLOW ? largeShallow.get(this.#added)! : kept;
      this.#objects[id]!++;
      this.#bytes[id]! += bytes;
      this.#shallowBytes += bytes;
    }
    const { classes, keys } = columns;
    for (; this.#classRows < classes.objects.length; this.#classRows++) {
      const name = classes.names.values[this.#classRows]!;
      if (name !== 0) this.#nameOfClass.set(keys[classes.objects.values[this.#classRows]!]!, name);
    }
    return this.#preview();
  }

  #preview(): LoadPreview {
    const types = this.#sum(id => this.#strings.text(this.#columns.descriptors.type.values[id]!));
    const classes = this.#sum(id => this.#label(id)).slice(0, TOP_CLASSES);
    return {
      objects: this.#added,
      shallowBytes: this.#shallowBytes,
      types: types.map(({ label, ...row }) => ({ type: label, ...row })),
      classes,
    };
  }

  #label(id: number): string {
    const strings = this.#strings;
    const { descriptors } = this.#columns;
    const name = this.#nameOfClass.get(descriptors.classKey.values[id]!);
    const kind = strings.text(descriptors.kind.values[id]!);
    const type = strings.text(descriptors.type.values[id]!);
    if (type === 'CLASS') return 'Class';
    if (type === 'MODULE') return 'Module';
    if (type === 'ICLASS') return 'ICLASS';
    if (type === 'IMEMO') return `IMEMO:${kind || 'unknown'}`;
    if (name !== undefined && kind === '') return strings.text(name);
    if (descriptors.classKey.values[id] !== 0 && kind === '') return '(class not read yet)';
    return `(internal) ${kind || type}`;
  }

  #sum(labelOf: (id: number) => string): { label: string; objects: number; shallowBytes: number }[] {
    const rows = new Map<string, { label: string; objects: number; shallowBytes: number }>();
    for (let id = 0; id < this.#columns.descriptors.type.length; id++) {
      if (this.#objects[id] === 0) continue;
      const label = labelOf(id);
      const row = rows.get(label) ?? { label, objects: 0, shallowBytes: 0 };
      row.objects += this.#objects[id]!;
      row.shallowBytes += this.#bytes[id]!;
      rows.set(label, row);
    }
    return [...rows.values()].sort((a, b) => b.shallowBytes - a.shallowBytes);
  }
}

function longer(column: Float64Array<ArrayBuffer>, needed: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(Math.max(needed, column.length * 2));
  result.set(column);
  return result;
}
