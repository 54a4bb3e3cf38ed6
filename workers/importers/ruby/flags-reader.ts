import { ObjectFlag } from '../../model/object-flags.ts';
import { Byte } from './bytes.ts';
import type { DumpFeatures } from './dump-features.ts';
import { FLAG_KEYS, FlagKey } from './record-keys.ts';
import { IRREGULAR, type ValueReader } from './value-reader.ts';
import { wordOf } from './word-table.ts';

const TRUE = wordOf('true');
/** Texts that are remembered, and the bytes that one may have. */
const MAX_MEMOS = 6;
const MAX_MEMO_BYTES = 160;

/** Reads the `flags` of records: a heap has few different texts of them, so that the last ones are remembered. */
export class FlagsReader {
  /** Bits of `ObjectFlag` read last. */
  flags = 0;
  readonly #values: ValueReader;
  readonly #features: DumpFeatures;
  /** The texts met last, and what they mean; latest first. */
  readonly #memos: { eights: Float64Array; length: number; flags: number }[] = [];
  /** The text read last holds an object id, and so is met once. */
  #hasObjectId = false;

  constructor(values: ValueReader, features: DumpFeatures) {
    this.#values = values;
    this.#features = features;
  }

  /** `{"wb_protected":true, "old":true, …}`: the position behind it, or {@link IRREGULAR}. */
  read(p: number): number {
    const { view } = this.#values;
    const memos = this.#memos;
    for (let i = 0; i < memos.length; i++) {
      const { eights, length, flags } = memos[i]!;
      // From the back: texts begin alike, and end at different places.
      let eight = eights.length - 1;
      while (eight >= 0 && eights[eight] === view.getFloat64(p + eight * 8, true)) eight--;
      if (eight >= 0) continue;
      this.flags = flags;
      return p + length;
    }
    const end = this.#parse(p);
    if (end > 0 && end - p <= MAX_MEMO_BYTES && !this.#hasObjectId) this.#remember(p, end);
    return end;
  }

  /**
   * Keeps the text from `p` to `end`, and up to seven bytes behind it, which are nearly always the same too. Eight
   * bytes are kept as one number: numbers are equal only if their bytes are, zeros apart, which are no text.
   */
  #remember(p: number, end: number): void {
    const eights = new Float64Array((end - p + 7) >>> 3);
    for (let eight = 0; eight < eights.length; eight++)
      eights[eight] = this.#values.view.getFloat64(p + eight * 8, true);
    this.#memos.unshift({ eights, length: end - p, flags: this.flags });
    if (this.#memos.length > MAX_MEMOS) this.#memos.pop();
  }

  #parse(p: number): number {
    const values = this.#values;
    const { bytes, view } = values;
    this.flags = 0;
    this.#hasObjectId = false;
    if (bytes[p] !== Byte.openBrace) return IRREGULAR;
    p++;
    if (bytes[p] === Byte.closeBrace) return p + 1;
    for (;;) {
      if (bytes[p] !== Byte.quote) return IRREGULAR;
      const key = FLAG_KEYS.find(view, p + 1);
      p += 1 + FLAG_KEYS.lengths[key]!;
      if (key === FlagKey.unknown) p = values.unknownKey(p);
      else if (view.getInt32(p, true) === TRUE) {
        if (key === FlagKey.old || key === FlagKey.longLived) this.flags |= ObjectFlag.old;
        else if (key === FlagKey.pinned) this.flags |= ObjectFlag.pinned;
        p += 4;
      } else {
        values.number = 0;
        p = values.skipValue(p);
        if (key === FlagKey.age && values.number === 3) this.flags |= ObjectFlag.old;
      }
      this.#note(key);
      if (p < 0) return IRREGULAR;
      if (bytes[p] === Byte.comma) p += bytes[p + 1] === Byte.space ? 2 : 1;
      else if (bytes[p] === Byte.closeBrace) return p + 1;
      else return IRREGULAR;
    }
  }

  #note(key: number): void {
    if (key === FlagKey.age) this.#features.age = true;
    else if (key === FlagKey.pinned) this.#features.pinned = true;
    else if (key === FlagKey.infant) this.#features.infant = true;
    else if (key === FlagKey.longLived) this.#features.longLived = true;
    else if (key === FlagKey.objectId) this.#hasObjectId = true;
  }
}
