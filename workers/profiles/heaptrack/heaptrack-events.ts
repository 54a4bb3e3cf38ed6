import { Uint32List } from '../../model/growable.ts';
import { Float64List } from '../model/float64-list.ts';
import { LiveReplay } from '../model/live-replay.ts';
import type { TreeBuilder } from '../model/tree-builder.ts';
import type { DamageLog } from '../reading/damage-log.ts';

/**
 * Interprets the lines of a heaptrack file. All numbers are hexadecimal. Strings, instruction pointers and traces are
 * numbered from 1 in order of appearance, allocation classes from 0. O(1) per line.
 */
export class HeaptrackEvents {
  readonly replay = new LiveReplay();
  command = '';
  /** Milliseconds since the start. */
  time = 0;
  /** Resident memory at that time, in bytes; NaN until it is known. */
  rss = Number.NaN;
  peakRss = 0;
  /** Allocations that were freed by the very next event. */
  temporary = 0;
  unknownFrees = 0;
  /** Whether the file is an uninterpreted recording, with addresses instead of functions. */
  raw = false;
  /** Whether the comments at the end of a complete file were found. */
  finished = false;
  readonly #builder: TreeBuilder;
  readonly #damage: DamageLog;
  #format = 3;
  #pageBytes = 4096;
  readonly #strings: string[] = [''];
  /** Frames of each instruction pointer, from the outermost inwards. */
  readonly #pointers: number[][] = [[]];
  /** Trace → node of the tree; trace 0 is the root. */
  readonly #traceNode = new Uint32List();
  readonly #classSize = new Float64List();
  readonly #classTrace = new Uint32List();
  readonly #classLive = new Float64List();
  #last = -1;

  constructor(builder: TreeBuilder, damage: DamageLog) {
    this.#builder = builder;
    this.#damage = damage;
    this.#traceNode.push(0);
  }

  /** The node of a site; sites are traces. */
  nodeOf(trace: number): number {
    return this.#traceNode.values[trace]!;
  }

  line(line: string, number: number): void {
    if (!this.#take(line))
      this.#damage.add(number, line, 'not a line of heaptrack, or a number that is out of range');
  }

  #take(line: string): boolean {
    const kind = line.charCodeAt(0);
    switch (kind) {
      case 43: // +
        return this.#allocate(Number.parseInt(line.slice(2), 16));
      case 45: // -
        return this.#free(Number.parseInt(line.slice(2), 16));
      case 99: // c
        return this.#clock(Number.parseInt(line.slice(2), 16));
      case 115: // s
        return this.#string(line);
      case 116: // t
        return this.#trace(line);
      case 97: // a
        return this.#allocationClass(line);
      case 105: // i
        return this.#pointer(line);
      case 35: // #
        this.finished ||= /^# (strings|ips): /.test(line);
        return true;
      default:
        return this.#rare(line);
    }
  }

  #rare(line: string): boolean {
    const [kind, ...words] = line.split(' ');
    const first = Number.parseInt(words[0] ?? '', 16);
    if (kind === 'v') this.#format = Number.parseInt(words[1] ?? '1', 16);
    else if (kind === 'X') this.command = line.slice(2);
    else if (kind === 'I') this.#pageBytes = first;
    else if (kind === 'R') {
      this.rss = first * this.#pageBytes;
      this.peakRss = Math.max(this.peakRss, this.rss);
      return !Number.isNaN(first);
    } else if (kind === 'm' || kind === 'x') this.raw = true;
    // A: attached to a running process. S: a leak suppression. Only heaptrack_print uses them.
    else return line === '' || kind === 'A' || kind === 'S';
    return true;
  }

  #string(line: string): boolean {
    // From format version 3 on, the text is preceded by its length.
    const [, length, text] =
      (this.#format >= 3 ? /^s ([0-9a-f]+)(?: (.*))?$/s : /^(s)(?: (.*))?$/s).exec(line) ?? [];
    this.#strings.push(text ?? '');
    return length !== undefined;
  }

  #pointer(line: string): boolean {
    const numbers = line
      .slice(2)
      .split(' ')
      .map(word => Number.parseInt(word, 16));
    const string = (index: number | undefined) => this.#strings[index ?? 0];
    const library = string(numbers[1]);
    if (library === undefined || Number.isNaN(numbers[0])) {
      this.#pointers.push([]);
      return false;
    }
    const frames: number[] = [];
    for (let at = 2; at < numbers.length; at += 3) {
      const name = string(numbers[at]) ?? '';
      frames.push(this.#builder.frame(name, string(numbers[at + 1]) ?? '', numbers[at + 2] ?? 0, library));
    }
    if (frames.length === 0) {
      const module = library.slice(library.lastIndexOf('/') + 1);
      frames.push(
        this.#builder.frame(
          `${module === '' ? '' : `${module} `}0x${numbers[0]!.toString(16)}`,
          '',
          0,
          library,
        ),
      );
    }
    // The first is the function itself, the others are the functions it was inlined into.
    this.#pointers.push(frames.reverse());
    return true;
  }

  #trace(line: string): boolean {
    const blank = line.indexOf(' ', 2);
    const frames = this.#pointers[Number.parseInt(line.slice(2, blank), 16)];
    const parent = Number.parseInt(line.slice(blank + 1), 16);
    const known = frames !== undefined && parent < this.#traceNode.length;
    let node = known ? this.#traceNode.values[parent]! : 0;
    for (const frame of known ? frames : []) node = this.#builder.child(node, frame);
    this.#traceNode.push(node);
    return known;
  }

  #allocationClass(line: string): boolean {
    const blank = line.indexOf(' ', 2);
    const size = Number.parseInt(line.slice(2, blank), 16);
    const trace = Number.parseInt(line.slice(blank + 1), 16);
    const known = !Number.isNaN(size) && trace < this.#traceNode.length;
    this.#classSize.push(known ? size : 0);
    this.#classTrace.push(known ? trace : 0);
    this.#classLive.push(0);
    return known;
  }

  #allocate(index: number): boolean {
    if (!(index < this.#classSize.length)) {
      // In an uninterpreted recording, this is a size, a trace and an address.
      return false;
    }
    this.replay.allocate(this.#classTrace.values[index]!, this.#classSize.values[index]!);
    this.#classLive.values[index]! += 1;
    this.#last = index;
    return true;
  }

  #free(index: number): boolean {
    if (!(index < this.#classSize.length)) return false;
    if (this.#classLive.values[index] === 0) this.unknownFrees++;
    else {
      this.#classLive.values[index]! -= 1;
      this.replay.free(this.#classTrace.values[index]!, this.#classSize.values[index]!);
    }
    if (this.#last === index) this.temporary++;
    this.#last = -1;
    return true;
  }

  #clock(time: number): boolean {
    if (Number.isNaN(time)) return false;
    this.replay.mark(this.time, false, this.rss);
    this.time = time;
    return true;
  }
}
