import { excerptOfDump, fixtureDump } from '../fixture-dumps.ts';
import { type Draft, recordPiece, type SoundRecord, slowFields, soundRecord } from './draft.ts';
import type { Random } from './random.ts';
import { decoded, latin1Of, type Value, type Values } from './texts.ts';

/** Longer records are rarely used: they make a case slow and test nothing more. */
const LONG_RECORD = 1500;

/** The records of a real dump, from which small dumps are made. */
export class Base {
  readonly name: string;
  readonly #byAddress = new Map<string, string>();
  readonly #texts: string[];
  readonly #odd: string[];
  readonly #roots: readonly string[];
  readonly #special: string[];
  readonly #sound = new Map<string, SoundRecord>();

  constructor(name: string) {
    this.name = name;
    const texts = recordsOf(latin1Of(fixtureDump(name)));
    this.#texts = texts.filter(text => text.length <= LONG_RECORD && isObject(text));
    this.#special = texts.filter(text => text.length <= LONG_RECORD && /"type":"(NONE|SHAPE)"/.test(text));
    this.#odd = recordsOf(latin1Of(excerptOfDump(name, 16))).filter(isObject);
    this.#roots = texts.flatMap(text => /^\{"type":"ROOT", "root":"([^"]*)"/.exec(text)?.[1] ?? []);
    for (const text of this.#texts) this.#byAddress.set(addressOf(text), text);
  }

  /** Whether the dump is small enough to be read completely in a test. */
  get isSmall(): boolean {
    return this.#texts.length < 1000;
  }

  /** All objects of the dump, in file order. */
  whole(): Draft {
    return { pieces: this.#texts.map(text => recordPiece(this.#soundOf(text))), wrapping: 'none' };
  }

  /**
   * A dump of about `count` records: some objects with the objects they refer to, some unusual ones, and roots that
   * list some of them.
   */
  excerpt(random: Random, count: number): Draft {
    const chosen = new Set<string>();
    while (chosen.size < count * 0.7) this.#connected(random, chosen, count * 0.4);
    for (const text of random.sample(this.#odd, random.between(1, 6))) chosen.add(text);
    for (const text of random.sample(this.#special, random.below(4))) chosen.add(text);
    const addresses = [...chosen].filter(isObject).map(addressOf);
    const roots = random.sample([...new Set(this.#roots)], random.between(1, 4)).map(root => {
      const references: Value[] = random.sample(addresses, random.between(1, 8));
      return soundRecord([
        ['type', 'ROOT'],
        ['root', root],
        ['references', [...references, ...(random.chance(0.2) ? ['0x7f00dead0000'] : [])]],
      ]);
    });
    const objects = [...chosen].map(text => this.#soundOf(text));
    const records = [...roots, ...(random.chance(0.5) ? objects : random.shuffled(objects))];
    return { pieces: records.map(recordPiece), wrapping: 'none' };
  }

  /** Adds an object and objects near it. */
  #connected(random: Random, chosen: Set<string>, count: number): void {
    const queue = [random.pick(this.#texts)];
    for (let at = 0; at < queue.length && at < count; at++) {
      const text = queue[at]!;
      chosen.add(text);
      const near = [...text.matchAll(/"(0x[0-9a-f]+)"/g)].slice(1);
      for (const [, address] of near.length > 6 ? random.sample(near, 6) : near) {
        const found = this.#byAddress.get(address!);
        if (found !== undefined && !chosen.has(found)) queue.push(found);
      }
    }
  }

  #soundOf(text: string): SoundRecord {
    let record = this.#sound.get(text);
    if (record === undefined) {
      record = { clean: text, fields: slowFields(text), values: valuesOf(text), loose: new Set() };
      this.#sound.set(text, record);
    }
    return record;
  }
}

/** The fields of a record that is valid JSON and means the same when it is written again; null for other records. */
function valuesOf(text: string): Values | null {
  const unicode = decoded(text);
  // A path is never escaped: what looks like an escape in it is not one.
  if (unicode.includes('\uFFFD') || /"file":"[^"]*\\/.test(text)) return null;
  try {
    return Object.entries(JSON.parse(unicode) as Record<string, Value>);
  } catch {
    return null;
  }
}

/**
 * The records of a dump, each without its newline. A record continues on the next line if a path contains a newline.
 */
function recordsOf(text: string): string[] {
  const starts = [...text.matchAll(/^\{"(?:address":"0x|type":")/gm)].map(match => match.index);
  return starts.map((start, at) =>
    text.slice(start, (starts[at + 1] ?? text.length + 1) - 1).replace(/\n+$/, ''),
  );
}

function isObject(text: string): boolean {
  return text.startsWith('{"address"') && !/"type":"(NONE|SHAPE)"/.test(text);
}

function addressOf(text: string): string {
  return /"(0x[0-9a-f]+)"/.exec(text)![1]!;
}
