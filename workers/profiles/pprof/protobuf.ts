/** A field of a protobuf message: its number, and a number or the bytes of a string, message or packed list. */
export type ProtoField = { field: number; value: number } | { field: number; bytes: Uint8Array };

/** Thrown for bytes that are not a protobuf message. */
export class ProtoError extends Error {}

/** Reads the fields of a message one after the other. Numbers are exact up to 2^53. */
export class ProtoReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** The next field. Throws `ProtoError` if there is none. */
  next(): ProtoField {
    const key = this.varint();
    const field = Math.floor(key / 8);
    if (field === 0) throw new ProtoError(`field 0 at byte ${this.at}`);
    switch (key % 8) {
      case 0:
        return { field, value: this.varint() };
      case 1:
        return { field, bytes: this.#take(8) };
      case 2:
        return { field, bytes: this.#take(this.varint()) };
      case 5:
        return { field, bytes: this.#take(4) };
      default:
        throw new ProtoError(`no such type of field at byte ${this.at}`);
    }
  }

  /** A signed 64-bit varint. */
  varint(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new ProtoError('a number is cut off');
      const bits = byte & 127;
      if (shift < 28) low += bits * 2 ** shift;
      else high += bits * 2 ** (shift - 28);
      if (byte < 128) {
        if (high < 2 ** 35) return high * 2 ** 28 + low;
        // Two's complement in two parts: as a whole, the number has more digits than a float64.
        return -((2 ** 36 - 1 - (high % 2 ** 36)) * 2 ** 28 + (2 ** 28 - 1 - low) + 1);
      }
    }
    throw new ProtoError('a number is too long');
  }

  #take(length: number): Uint8Array {
    const start = this.at;
    if (length < 0 || start + length > this.#bytes.length) throw new ProtoError('a field is cut off');
    this.at += length;
    return this.#bytes.subarray(start, this.at);
  }
}

/** All fields of a message. */
export function fieldsOf(bytes: Uint8Array): ProtoField[] {
  const reader = new ProtoReader(bytes);
  const fields: ProtoField[] = [];
  while (!reader.done) fields.push(reader.next());
  return fields;
}

/** The numbers of a repeated field, packed or unpacked. */
export function numbersOf(fields: readonly ProtoField[], field: number): number[] {
  return fields.flatMap(each => {
    if (each.field !== field) return [];
    if ('value' in each) return [each.value];
    const reader = new ProtoReader(each.bytes);
    const numbers: number[] = [];
    while (!reader.done) numbers.push(reader.varint());
    return numbers;
  });
}

/** A number field of a message; 0 if it is missing. */
export function numberOf(fields: readonly ProtoField[], field: number): number {
  const found = fields.find(each => each.field === field);
  return found !== undefined && 'value' in found ? found.value : 0;
}

/** The messages of a repeated field, as their bytes. */
export function messagesOf(fields: readonly ProtoField[], field: number): Uint8Array[] {
  return fields.flatMap(each => (each.field === field && 'bytes' in each ? [each.bytes] : []));
}
