import { Field } from './record-codes.ts';

/** Number of 32-bit fields that the scanner keeps of a record; `memsize` follows them. */
export const FIELD_COUNT = Field.count;

/** `contentLength` of a record without a length. */
const NO_LENGTH = 0xffff_ffff;

/** The fields of a record that the slow reader reads, laid out like the scanner's own. */
export class RecordFields {
  /** See {@link Field}. */
  readonly values = new Uint32Array(FIELD_COUNT);
  /** `memsize`, which may exceed 32 bits; -1 if absent. */
  memsize = -1;
  /** Addresses of the references: low and high 32 bits, alternating. */
  references: number[] = [];

  clear(): void {
    this.values.fill(0);
    this.values[Field.contentLength] = NO_LENGTH;
    this.memsize = -1;
    this.references = [];
  }
}
