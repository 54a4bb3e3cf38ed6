import type { TreeBuilder } from '../model/tree-builder.ts';

interface Mapping {
  start: number;
  end: number;
  offset: number;
  path: string;
}

/** The function that contains an address. */
interface Place {
  name: string;
  file: string;
  line: number;
}

/** `55798b2ff000-55798b301000 r-xp 00002000 00:00 1234  /usr/bin/prog`, as in /proc/PID/maps. */
const MAPPING = /^\s*([0-9a-f]+)-([0-9a-f]+):? +[-rwxps]+ +([0-9a-f]+) +\S+ +\d+ *(.*)$/i;
/** `  00400000-00fcb000: $source/server`: the other notation of tcmalloc. */
const SHORT_MAPPING = /^\s*([0-9a-f]+)-([0-9a-f]+): (\S.*)$/i;

/**
 * Resolves the addresses of a heap profile: to the names in a symbolised profile, or else to the module and the offset
 * in it, which `addr2line` or a symbol server can look up.
 */
export class Symbols {
  readonly #places = new Map<number, Place[]>();
  readonly #mappings: Mapping[] = [];
  /** `source=/home/build`: variables that paths of mappings may begin with. */
  readonly #variables = new Map<string, string>();
  readonly #frames = new Map<string, number[]>();
  /** Whether addresses identify functions themselves rather than return addresses. */
  exact = false;
  /** Number of addresses without a name. */
  unnamed = 0;

  /** Handles a line of the list of mapped libraries; returns false if it is not one. */
  mapping(line: string): boolean {
    const variable = /^\s*(\w+)=(.*)$/.exec(line);
    if (variable !== null) {
      this.#variables.set(variable[1]!, variable[2]!);
      return true;
    }
    const full = MAPPING.exec(line);
    const match = full ?? SHORT_MAPPING.exec(line);
    if (match === null) return false;
    this.#mappings.push({
      start: Number.parseInt(match[1]!, 16),
      end: Number.parseInt(match[2]!, 16),
      offset: full === null ? 0 : Number.parseInt(full[3]!, 16),
      path: match.at(-1)!.replace(/^\$(\w+)/, (whole, name: string) => this.#variables.get(name) ?? whole),
    });
    return true;
  }

  /** Sets the functions at an address, from the outermost to the innermost inlined one. */
  name(address: number, places: Place[]): void {
    this.#places.set(address, places);
  }

  /** The frames of an address, from the outermost inwards. */
  frames(builder: TreeBuilder, address: string): number[] {
    let frames = this.#frames.get(address);
    if (frames === undefined) {
      frames = this.#find(builder, address);
      this.#frames.set(address, frames);
    }
    return frames;
  }

  #find(builder: TreeBuilder, text: string): number[] {
    const address = Number.parseInt(text, 16);
    const mapping = this.#mappings.find(each => address >= each.start && address < each.end);
    const library = mapping?.path ?? '';
    // Stacks contain return addresses; the call is before that address.
    const called = this.exact ? undefined : this.#places.get(address - 1);
    const places = called ?? this.#places.get(address);
    if (places !== undefined)
      return places.map(({ name, file, line }) => builder.frame(name, file, line, library));
    this.unnamed++;
    if (mapping === undefined) return [builder.frame(text)];
    const module = library.slice(library.lastIndexOf('/') + 1) || 'anonymous memory';
    const offset = address - mapping.start + mapping.offset;
    return [builder.frame(`${module}+0x${offset.toString(16)}`, '', 0, library)];
  }
}

/**
 * A line of the symbol section: `0x55798b2ff868 outer()--inlined()--more()`. nm's addresses in angle brackets after a
 * name are dropped.
 */
export function symbolLine(line: string): { address: number; places: Place[] } | null {
  const match = /^0x([0-9a-f]+) (.+)$/i.exec(line);
  if (match === null) return null;
  const places = match[2]!
    .split('--')
    .map(name => ({ name: name.replace(/<[0-9a-f]{16}>$/, ''), file: '', line: 0 }));
  return { address: Number.parseInt(match[1]!, 16), places };
}
