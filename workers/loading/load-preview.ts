import type { Importer } from '../importers/importer.ts';
import { type HeapColumns, largeSizesOf } from '../model/heap-columns.ts';
import { objectLookup } from '../model/object-lookup.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { StringTable } from '../model/string-table.ts';
import type { LoadPreview } from '../protocol/progress.ts';
import { wordsOf } from '../protocol/vocabulary.ts';

const TOP_CLASSES = 12;
/** More than any version of Ruby has. */
const MAX_TYPES = 100;

/**
 * Tallies of the objects scanned so far: each object is added once. Instances of a class that was not read yet are
 * summed under "(class not read yet)".
 */
export class LoadTally {
  readonly #columns: HeapColumns;
  readonly #importer: Pick<Importer, 'vocabulary' | 'labelDescriptors'>;
  /** The strings read so far. */
  #strings: StringTable;
  #added = 0;
  #shallowBytes = 0;
  #objects = new Float64Array(256);
  #bytes = new Float64Array(256);
  /** Key of a class → its index. */
  readonly #classes = new Map<number, number>();
  #classRows = 0;

  constructor(columns: HeapColumns, importer: Pick<Importer, 'vocabulary' | 'labelDescriptors'>) {
    this.#columns = columns;
    this.#importer = importer;
    this.#strings = new StringTable(columns);
  }

  /** Adds the objects read since the last call, and returns the totals. O(new objects + descriptors). */
  update(): LoadPreview {
    const columns = this.#columns;
    this.#strings = new StringTable(columns);
    const pair = columns.pair.values;
    const descriptor = columns.pairDescriptor.values;
    const shallow = columns.shallow.values;
    const large = largeSizesOf(columns);
    if (columns.descriptorType.length > this.#objects.length) {
      this.#objects = longer(this.#objects, columns.descriptorType.length);
      this.#bytes = longer(this.#bytes, columns.descriptorType.length);
    }
    for (; this.#added < columns.objects; this.#added++) {
      const id = descriptor[pair[this.#added]!]!;
      const kept = shallow[this.#added]!;
      const bytes = kept === LARGE_SHALLOW ? large.get(this.#added)! : kept;
      this.#objects[id]!++;
      this.#bytes[id]! += bytes;
      this.#shallowBytes += bytes;
    }
    const { classObjects, keys } = columns;
    for (; this.#classRows < classObjects.length; this.#classRows++) {
      const object = classObjects.values[this.#classRows]!;
      this.#classes.set(keys.values[object]!, object);
    }
    return this.#preview();
  }

  #preview(): LoadPreview {
    const { labelDescriptors, vocabulary } = this.#importer;
    const lookup = objectLookup(this.#columns, { objectAt: key => this.#classes.get(key) ?? -1 });
    const { labels } = labelDescriptors(this.#columns, this.#strings, {
      objectAt: reference => lookup.objectAt(reference),
      missing: '(class not read yet)',
    });
    const types = this.#sum(id => this.#strings.text(this.#columns.descriptorType.values[id]!));
    return {
      objects: this.#added,
      shallowBytes: this.#shallowBytes,
      types: types.slice(0, MAX_TYPES).map(({ label, ...row }) => ({
        type: label,
        family: wordsOf(vocabulary, label, '').family,
        ...row,
      })),
      classes: this.#sum(id => labels[id]!).slice(0, TOP_CLASSES),
    };
  }

  #sum(labelOf: (id: number) => string): { label: string; objects: number; shallowBytes: number }[] {
    const rows = new Map<string, { label: string; objects: number; shallowBytes: number }>();
    for (let id = 0; id < this.#columns.descriptorType.length; id++) {
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
