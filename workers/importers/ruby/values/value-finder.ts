import type { AddressList, TakeValue, ValueFinder } from '../../importer.ts';
import { fieldsInBlock } from '../record-details.ts';
import { FINDER_CODE } from './finder-code.generated.ts';

/** The exports of `wasm/index.ts`, documented there. */
interface FinderExports {
  readonly memory: WebAssembly.Memory;
  readonly BATCH: WebAssembly.Global;
  wantedAt(): number;
  startsAt(): number;
  endsAt(): number;
  windowOf(bytes: number): number;
  position(): number;
  find(from: number, to: number, count: number): number;
}

const MODULE = new WebAssembly.Module(Uint8Array.from(atob(FINDER_CODE), char => char.charCodeAt(0)));

/**
 * Finds the values of records in a dump again; see `TextReader.finder`. WebAssembly finds records in Ruby's own layout,
 * without parsing their other fields. For any other record, the slow reader reads the range, once.
 */
export class RubyValueFinder implements ValueFinder {
  readonly #code = new WebAssembly.Instance(MODULE).exports as unknown as FinderExports;
  readonly #batch: number = this.#code.BATCH.value;
  #bytes = new Uint8Array(0);
  #wanted = new Uint32Array(0);
  #starts = new Uint32Array(0);
  #ends = new Uint32Array(0);

  find(piece: Uint8Array, from: number, to: number, addresses: AddressList, take: TakeValue): void {
    const hasRoom = this.#put(piece.subarray(from, to));
    let found = 0;
    let slowly: BlockFields | null = null;
    for (let position = 0; hasRoom && found < addresses.length; ) {
      const asked = this.#want(addresses, found);
      const first = found;
      found += this.#code.find(position, to - from, asked);
      position = this.#code.position();
      for (let at = first; at < found; at++) {
        const end = this.#ends[at - first]!;
        if (end === 0) {
          slowly ??= valuesIn(piece, from, to);
          takeField(slowly, addresses, at, take);
        } else take(at, piece, from + this.#starts[at - first]!, from + end);
      }
      if (found < first + asked) break;
    }
    for (let at = found; at < addresses.length; at++) {
      slowly ??= valuesIn(piece, from, to);
      takeField(slowly, addresses, at, take);
    }
  }

  /** Copies a text into the module's memory, where it stays in the processor's cache. False if there is no room for it. */
  #put(text: Uint8Array): boolean {
    const at = this.#code.windowOf(text.length);
    const { buffer } = this.#code.memory;
    if (this.#bytes.buffer !== buffer) {
      this.#bytes = new Uint8Array(buffer);
      this.#wanted = new Uint32Array(buffer, this.#code.wantedAt(), this.#batch * 2);
      this.#starts = new Uint32Array(buffer, this.#code.startsAt(), this.#batch);
      this.#ends = new Uint32Array(buffer, this.#code.endsAt(), this.#batch);
    }
    if (at !== 0) this.#bytes.set(text, at);
    return at !== 0;
  }

  /** Sets the addresses to find, from a position of the list on, and returns their number. */
  #want(addresses: AddressList, from: number): number {
    const count = Math.min(this.#batch, addresses.length - from);
    const wanted = this.#wanted;
    for (let at = 0; at < count; at++) {
      const number = addresses.number(from + at);
      if (Number.isNaN(number)) {
        const address = BigInt(addresses.text(from + at));
        wanted[at * 2] = Number(address & 0xffff_ffffn);
        wanted[at * 2 + 1] = Number(address >> 32n);
      } else {
        wanted[at * 2] = number;
        wanted[at * 2 + 1] = number / 2 ** 32;
      }
    }
    return count;
  }
}

type BlockFields = ReturnType<typeof fieldsInBlock>;

function valuesIn(piece: Uint8Array, from: number, to: number): BlockFields {
  return fieldsInBlock(piece.subarray(from, to), ['value']);
}

function takeField(fields: BlockFields, addresses: AddressList, at: number, take: TakeValue): void {
  const value = fields.get(addresses.text(at))?.get('value');
  take(at, value ?? null, 0, value?.length ?? 0);
}
