import { profileOf } from '../facts.ts';
import type { ProfileFormat } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { HeapRows } from './heap-rows.ts';
import { Symbols, symbolLine } from './symbols.ts';

/** `heap profile:   160:   20828 [     0:      0] @ heap_v2/524288` */
const HEADER = /^heap profile: +(\d+): +(\d+) \[ *(\d+): +(\d+)\] *@ *([\w.]*)(?:\/(\d+))?\s*$/;
const JEMALLOC = /^heap_v2\/(\d+)\s*$/;
/** `  1: 2097152 [  31: 3145664] @ 0x1 0x2` */
const ROW = /^ *(\d+): +(\d+) \[ *(\d+): +(\d+)\] +@((?: 0x[0-9a-f]+)*)\s*$/i;
const STACK = /^@((?: 0x[0-9a-f]+)*)\s*$/i;
/** `  t3: 1: 100 [2: 300] name of the thread` */
const THREAD = /^ +t(\*|\d+): (\d+): (\d+) \[(\d+): (\d+)\](?: .*)?$/;
/** Java: `  7048     1 @ 0x3 0x4`, bytes before blocks. */
const JAVA_ROW = /^ *(\d+) +(\d+) +@((?: 0x[0-9a-f]+)*)\s*$/i;
const JAVA_METHOD = /^ *0x([0-9a-f]+) (.+?)(?: \(([^():]+)(?::(\d+))?\))?\s*$/i;
/** Go with debug=1: `#	0x4b4c84	main.grow+0xc4		/srv/main.go:23` */
const GO_SYMBOL = /^#\t0x([0-9a-f]+)\t(\S.*?)(?:\+0x[0-9a-f]+)?\t+(\S+):(\d+)\s*$/i;

const JAVA = /^--- heapz? \d+ ---$/;
/** Sampling rate of Java heap profiles, which the file does not state. */
const JAVA_RATE = 524288;

/** Whether a line is the beginning of a heap profile. */
export function beginsHeapText(line: string): boolean {
  return HEADER.test(line) || JEMALLOC.test(line) || JAVA.test(line);
}

type Section = 'none' | 'symbols' | 'rows' | 'jemalloc' | 'java' | 'libraries';

/** Reads a textual heap profile of any kind, line by line. */
export class HeapTextReader {
  readonly rows = new HeapRows();
  readonly #damage = new DamageLog();
  readonly #symbols = new Symbols();
  readonly #details: { label: string; value: string }[] = [];
  #section: Section = 'none';
  #stack: string | null = null;

  line(line: string, number: number): void {
    if (line.trim() === '' || this.#begins(line) || /^---/.test(line)) return;
    if (!this.#read(line)) this.#damage.add(number, line, WRONG[this.#section]);
  }

  /** Handles a line that begins a section. */
  #begins(line: string): boolean {
    const header = HEADER.exec(line);
    const jemalloc = JEMALLOC.exec(line);
    if (line === '--- symbol') this.#section = 'symbols';
    else if (/^MAPPED_LIBRARIES:/.test(line) || line === '--- Memory map: ---') this.#section = 'libraries';
    else if (header !== null) {
      const rate = header[6] === undefined ? 0 : Number(header[6]);
      this.rows.begin(header[5]!, rate, header.slice(1, 5).map(Number));
      this.#section = 'rows';
    } else if (jemalloc !== null) {
      this.rows.begin('jemalloc', Number(jemalloc[1]), null);
      this.#section = 'jemalloc';
    } else if (JAVA.test(line)) {
      this.rows.begin('java', JAVA_RATE, null);
      this.#symbols.exact = true;
      this.#section = 'java';
    } else return false;
    return true;
  }

  #read(line: string): boolean {
    switch (this.#section) {
      case 'symbols':
        return this.#symbol(line);
      case 'rows':
      case 'jemalloc':
        return this.#row(line);
      case 'java':
        return this.#java(line);
      case 'libraries':
        return this.#symbols.mapping(line);
      case 'none':
        return true;
    }
  }

  #symbol(line: string): boolean {
    const symbol = symbolLine(line);
    if (symbol !== null) this.#symbols.name(symbol.address, symbol.places);
    else if (line.startsWith('binary=')) this.#details.push({ label: 'Program', value: line.slice(7) });
    else return false;
    return true;
  }

  #row(line: string): boolean {
    const row = ROW.exec(line);
    const bare = STACK.exec(line);
    const thread = THREAD.exec(line);
    const symbol = GO_SYMBOL.exec(line);
    if (row !== null) this.rows.add(row[5]!, row.slice(1, 5).map(Number));
    else if (bare !== null) this.#stack = bare[1]!;
    else if (thread !== null) {
      // Lines of single threads repeat the numbers of t*. Those before the first stack are totals of the profile.
      if (thread[1] === '*' && this.#stack !== null)
        this.rows.add(this.#stack, thread.slice(2, 6).map(Number));
    } else if (symbol !== null) {
      const place = { name: symbol[2]!, file: symbol[3]!, line: Number(symbol[4]) };
      this.#symbols.name(Number.parseInt(symbol[1]!, 16), [place]);
    } else return line.startsWith('#');
    return true;
  }

  #java(line: string): boolean {
    const row = JAVA_ROW.exec(line);
    const method = JAVA_METHOD.exec(line);
    if (row !== null) this.rows.add(row[3]!, [Number(row[2]), Number(row[1]), 0, 0]);
    else if (method !== null) {
      const place = { name: method[2]!, file: method[3] ?? '', line: Number(method[4] ?? 0) };
      this.#symbols.name(Number.parseInt(method[1]!, 16), [place]);
    } else return /^\w+ *= *\w+$/.test(line);
    return true;
  }

  finish(format: ProfileFormat, several: readonly string[] = []): Opened {
    const { tree, notes, ...facts } = this.rows.finish(this.#symbols);
    return profileOf(format, [tree], {
      ...facts,
      notes: [...several, ...notes],
      details: this.#details,
      damage: this.#damage,
    });
  }
}

/** What a line of a section should have been. */
const WRONG: Record<Section, string> = {
  none: '',
  symbols: 'neither an address with its name nor the name of the program',
  rows: 'no row with numbers and a stack',
  jemalloc: 'no row with numbers and a stack',
  java: 'neither a row nor a method',
  libraries: 'no mapped library',
};
