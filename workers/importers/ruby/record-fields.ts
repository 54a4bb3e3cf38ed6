import { NO_LENGTH } from '../../model/snapshot-builder.ts';

/** Rows of {@link RecordFields.values}. Keys are those of AddressPages; texts are string ids; 0 where absent. */
export const Field = {
  addressKey: 0,
  /** A code of `Type`. */
  type: 1,
  /** String id of a type that is not in `Type`. */
  otherType: 2,
  classKey: 3,
  /** String id of the struct or imemo type. */
  kind: 4,
  file: 5,
  line: 6,
  method: 7,
  /** Generation + 1. */
  generation: 8,
  flags: 9,
  contentHash: 10,
  contentLength: 11,
  name: 12,
  superclassKey: 13,
  root: 14,
  shapeId: 15,
  shapeParent: 16,
  /** 1 if the shape adds an instance variable. */
  shapeIvar: 17,
  edgeName: 18,
  hasAddress: 19,
  count: 20,
} as const;

/**
 * The fields of the record being read, as numbers in one typed array: the same few bytes for every record. Its
 * references go to the builder directly and are taken back if the record turns out to be none.
 */
export class RecordFields {
  readonly values = new Uint32Array(Field.count);
  /** `memsize`, which may exceed 32 bits; -1 if absent. */
  memsize = -1;

  clear(): void {
    const values = this.values;
    for (let i = 0; i < Field.count; i++) values[i] = 0;
    values[Field.contentLength] = NO_LENGTH;
    this.memsize = -1;
  }
}
