import { AddressPages } from '../../model/address-pages.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { LARGE_SHALLOW, type SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { Field, type RecordFields } from './record-fields.ts';
import { TYPE_NAMES, Type } from './record-keys.ts';

/** What a record turned out to be. */
export type Written = 'object' | 'root' | 'shape' | 'free slot' | 'duplicate' | 'no address';

/** Puts the fields of a record into the builder: the one place that knows what each type of record means. */
export class RecordWriter {
  readonly #builder: SnapshotBuilder;
  readonly #fields: RecordFields;
  readonly #typeIds: Uint32Array;
  readonly #callcache: number;
  readonly #constcache: number;
  #lastFile = 0;
  #lastLine = 0;
  #lastMethod = 0;
  #lastSite = 0;
  #lastGeneration = -1;
  #lastAllocation = 0;

  constructor(builder: SnapshotBuilder, fields: RecordFields) {
    this.#builder = builder;
    this.#fields = fields;
    this.#typeIds = Uint32Array.from(TYPE_NAMES, name => builder.strings.internText(name));
    this.#callcache = builder.strings.internText('callcache');
    this.#constcache = builder.strings.internText('constcache');
  }

  /**
   * Writes the record whose references are those of the builder from `firstReference` on, and whose text starts
   * at `offset`.
   */
  write(firstReference: number, offset: number): Written {
    const builder = this.#builder;
    const values = this.#fields.values;
    const type = values[Field.type]!;
    if (type <= Type.NONE && type !== Type.other) return this.#writeSpecial(type, firstReference);
    const key = values[Field.addressKey]!;
    if (key === AddressPages.NO_KEY) {
      builder.referenceCount = firstReference;
      return 'no address';
    }

    const index = builder.objects;
    const typeId = type === Type.other ? values[Field.otherType]! : this.#typeIds[type]!;
    let classKey = values[Field.classKey]!;
    let flags = values[Field.flags]!;
    const kind = values[Field.kind]!;
    if (type === Type.IMEMO) {
      if (kind === this.#constcache) flags |= ObjectFlag.cacheSource;
      if (classKey !== 0) {
        // Not a class but, up to Ruby 3.1, one more reference; which Ruby it was is known at the end only.
        if (kind !== this.#callcache) {
          builder.reserveReferences(1);
          builder.references[builder.referenceCount++] = classKey;
          flags |= ObjectFlag.internalLast;
        }
        classKey = 0;
      }
    }
    const memsize = this.#fields.memsize;
    builder.shallow[index] = memsize < 0 ? 0 : Math.min(memsize, LARGE_SHALLOW);
    builder.descriptor[index] = builder.descriptors.intern(typeId, classKey, kind);
    builder.flags[index] = flags;
    builder.contentHash[index] = values[Field.contentHash]!;
    builder.contentLength[index] = values[Field.contentLength]!;
    builder.allocation[index] = this.#allocation();
    builder.firstReference[index] = firstReference;
    if (!builder.commit(key, offset)) return 'duplicate';
    if (memsize >= LARGE_SHALLOW) builder.largeShallow.set(index, memsize);
    if (type === Type.CLASS || type === Type.MODULE || type === Type.ICLASS) {
      builder.classes.push(index, values[Field.name]!, values[Field.superclassKey]!);
    }
    return 'object';
  }

  #allocation(): number {
    const values = this.#fields.values;
    const file = values[Field.file]!;
    const generation = values[Field.generation]!;
    if (file === 0 && generation === 0) return 0;
    const line = values[Field.line]!;
    const method = values[Field.method]!;
    // Neighbours on the heap were often allocated by the same line in the same generation.
    if (file !== this.#lastFile || line !== this.#lastLine || method !== this.#lastMethod) {
      this.#lastSite = file === 0 ? 0 : this.#builder.sites.intern(file, line, method);
      this.#lastFile = file;
      this.#lastLine = line;
      this.#lastMethod = method;
      this.#lastGeneration = -1;
    }
    if (generation !== this.#lastGeneration) {
      this.#lastAllocation = this.#builder.allocations.intern(this.#lastSite, generation, 0);
      this.#lastGeneration = generation;
    }
    return this.#lastAllocation;
  }

  #writeSpecial(type: number, firstReference: number): Written {
    const builder = this.#builder;
    const values = this.#fields.values;
    const end = builder.referenceCount;
    builder.referenceCount = firstReference;
    if (type === Type.NONE) {
      builder.freeSlots++;
      return 'free slot';
    }
    if (type === Type.SHAPE) {
      const name = values[Field.shapeIvar] === 1 ? values[Field.edgeName]! : 0;
      builder.shapes.push(values[Field.shapeId]!, values[Field.shapeParent]!, name);
      return 'shape';
    }
    const keys = builder.root(builder.strings.text(values[Field.root]!)).keys;
    for (let i = firstReference; i < end; i++) keys.push(builder.references[i]!);
    return 'root';
  }
}
