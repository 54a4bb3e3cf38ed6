import { Field } from './record-codes.ts';

/** Words that the scanner has for the fields of a record; `memsize` is after them. */
export const FIELD_COUNT = Field.count;

/** `contentLength` of a record that tells none. */
const NO_LENGTH = 0xffff_ffff;

/** The fields of a record that the slow reader reads, as the scanner keeps them. */
export class RecordFields {
  /** See {@link Field}. */
  readonly values = new Uint32Array(FIELD_COUNT);
  /** `memsize`, which may exceed 32 bits; -1 if absent. */
  memsize = -1;
  /** Addresses of the references: low 32 bits and those above alternating. */
  references: number[] = [];

  clear(): void {
    this.values.fill(0);
    this.values[Field.contentLength] = NO_LENGTH;
    this.memsize = -1;
    this.references = [];
  }
}
