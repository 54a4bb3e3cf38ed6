import { grown, trimmed } from '../../model/growable.ts';

/** A growable list of numbers. */
export class Float64List {
  values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, this.length + 1);
    this.values[this.length++] = value;
  }

  trimmed(): Float64Array {
    return trimmed(this.values, this.length);
  }
}
