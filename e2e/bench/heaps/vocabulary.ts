import { ascii } from './dump-writer.ts';
import { below, hash } from './random.ts';
import type { Site } from './record-text.ts';
import type { Value } from './ruby-records.ts';

/** Words of a shop, which names, texts and files are made of. */
export const NOUNS = [
  'order',
  'item',
  'customer',
  'product',
  'invoice',
  'payment',
  'address',
  'cart',
  'coupon',
  'review',
  'category',
  'shipment',
  'refund',
  'account',
  'session',
  'event',
  'report',
  'setting',
  'image',
  'stock',
] as const;
const QUALITIES = [
  'Base',
  'Draft',
  'Audit',
  'Legacy',
  'Public',
  'Admin',
  'Cached',
  'Guest',
  'Bulk',
  'Daily',
  'Local',
  'Remote',
];
const METHODS = ['new', 'initialize', 'dup', 'build', '%', 'map', 'split', 'instantiate', 'to_s', 'merge'];
const POOL = 1024;

/** Names such as `Admin::Order`, each unique. */
export function className(number: number): string {
  const noun = NOUNS[number % NOUNS.length]!;
  const quality = QUALITIES[Math.floor(number / NOUNS.length) % QUALITIES.length]!;
  const round = Math.floor(number / (NOUNS.length * QUALITIES.length));
  const suffix = round === 0 ? '' : String(round + 1);
  return `${quality}::${noun[0]!.toUpperCase()}${noun.slice(1)}${suffix}`;
}

/** A file and a line; `place` distinguishes lines of one file. */
export function siteOf(file: number, place: number, seed: number): Site {
  const noun = NOUNS[file % NOUNS.length]!;
  const path = `app/models/${noun}${file < NOUNS.length ? '' : file}.rb`;
  const line = 12 + place * 7 + (file % 5);
  // Some are at the top level of a file, outside any method.
  const method = METHODS[below(hash(seed, file, place), METHODS.length + 2)];
  const inMethod = method === undefined ? '' : `"method":"${method}", `;
  return { text: ascii(`"file":"${path}", "line":${line}, ${inMethod}`) };
}

/** Texts of about the requested lengths, some with characters that are escaped, some not ASCII. */
export class Texts {
  readonly #pool: Value[];

  constructor(seed: number, shortest: number, longest: number) {
    this.#pool = Array.from({ length: POOL }, (_, at) => {
      const length = shortest + below(hash(seed, at), longest - shortest + 1);
      let text = '';
      for (let word = 0; text.length < length; word++) {
        text += `${word === 0 ? '' : ' '}${NOUNS[below(hash(seed, at, word), NOUNS.length)]!}`;
      }
      text = text.slice(0, length);
      if (at % 64 === 0) return { json: null, bytes: length + 1 };
      if (at % 32 === 1) return { json: `\\"${text.slice(2)}\\n`, bytes: length };
      return { json: text, bytes: length };
    });
  }

  /** A random text with a number appended, out of up to `variants` numbers. */
  pick(random: number, variants: number): Value {
    const { json, bytes } = this.#pool[random % POOL]!;
    if (variants <= 1) return { json, bytes };
    const number = String(below(Math.imul(random, 0x9e3779b1) >>> 0, variants));
    return { json: json === null ? null : json + number, bytes: bytes + number.length };
  }
}
