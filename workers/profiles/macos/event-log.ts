import { grown } from '../../model/growable.ts';
import { BlockTable } from '../model/block-table.ts';
import { LiveReplay, powersOfTwo, replayWeights } from '../model/live-replay.ts';
import type { Histogram } from '../model/profile.ts';
import type { TreeBuilder, WeightSpec } from '../model/tree-builder.ts';
import { StackTable } from './stack-table.ts';

const REPLAY_WEIGHTS = replayWeights('live');

/** The weights that the replay of a log gives each site. */
export function eventWeights(): WeightSpec[] {
  return [
    ...REPLAY_WEIGHTS,
    { key: 'frees', label: 'frees', unit: 'count' },
    { key: 'lifetime', label: 'lifetimes of freed blocks, added up', unit: 'events' },
  ];
}

/** Replays one kind of allocation: malloc blocks, or regions of virtual memory, which contain these blocks. */
export class BlockReplay {
  readonly replay = new LiveReplay();
  readonly stacks = new StackTable();
  /** Allocations at an address whose previous block was not freed in the log. */
  replaced = 0;
  /** Frees of blocks whose allocation is not in the log. */
  unknownFrees = 0;
  readonly #blocks = new BlockTable();
  /** Number of freed blocks by lifetime, in events: buckets are powers of two. */
  readonly #lifetimes = new Float64Array(64);
  /** By site: number of frees, and the sum of the lifetimes of the freed blocks, in events. */
  #siteFrees = new Float64Array(1024);
  #siteLifetime = new Float64Array(1024);

  allocate(address: number, site: number, bytes: number, event: number): void {
    const slot = this.#blocks.find(address);
    if (slot >= 0) {
      this.replaced++;
      this.#free(slot, event);
    }
    this.#blocks.add(address, site, bytes, event);
    this.replay.allocate(site, bytes);
  }

  free(address: number, event: number): void {
    const slot = this.#blocks.find(address);
    if (slot >= 0) this.#free(slot, event);
    else this.unknownFrees++;
  }

  #free(slot: number, event: number): void {
    const blocks = this.#blocks;
    const lived = event - blocks.bornAt(slot);
    this.#lifetimes[lived < 1 ? 0 : Math.floor(Math.log2(lived)) + 1]! += 1;
    const site = blocks.siteAt(slot);
    if (site >= this.#siteFrees.length) {
      this.#siteFrees = grown(this.#siteFrees, site + 1);
      this.#siteLifetime = grown(this.#siteLifetime, site + 1);
    }
    this.#siteFrees[site]! += 1;
    this.#siteLifetime[site]! += lived;
    this.replay.free(site, blocks.sizeAt(slot));
    blocks.remove(slot);
  }

  /** Adds the weights of {@link eventWeights} to a tree. `nodeOf`: the tree's node for a site. */
  addTo(builder: TreeBuilder, nodeOf: (site: number) => number): void {
    this.replay.addTo(builder, nodeOf);
    for (let site = 0; site < this.stacks.length; site++) {
      builder.add(nodeOf(site), REPLAY_WEIGHTS.length, this.#siteFrees[site] ?? 0);
      builder.add(nodeOf(site), REPLAY_WEIGHTS.length + 1, this.#siteLifetime[site] ?? 0);
    }
  }

  lifetimes(): Histogram {
    return { label: 'lifetimes of freed blocks', unit: 'events', ...powersOfTwo(this.#lifetimes) };
  }
}

const NEWLINE = 10;
const BLANK = 32;
const OPEN = 91;

/** `[size=` */
const SIZE = [91, 115, 105, 122, 101, 61];

/**
 * Reads `malloc_history -allEvents` line by line without creating strings: one pass over the bytes, with stacks looked
 * up by their bytes. Lines that are not events are passed to `other` as text.
 */
export class EventLog {
  readonly malloc = new BlockReplay();
  readonly regions = new BlockReplay();
  events = 0;
  lines = 0;
  readonly #other: (line: string, number: number) => void;
  #carry = new Uint8Array(0);

  constructor(other: (line: string, number: number) => void) {
    this.#other = other;
  }

  /** Reads a slice of the log, which may begin and end within a line. */
  slice(bytes: Uint8Array): void {
    let start = 0;
    if (this.#carry.length > 0) {
      const newline = bytes.indexOf(NEWLINE);
      const joined = new Uint8Array(this.#carry.length + (newline < 0 ? bytes.length : newline + 1));
      joined.set(this.#carry);
      joined.set(bytes.subarray(0, joined.length - this.#carry.length), this.#carry.length);
      if (newline < 0) {
        this.#carry = joined;
        return;
      }
      this.#linesOf(joined, viewOf(joined), 0);
      start = newline + 1;
    }
    const rest = this.#linesOf(bytes, viewOf(bytes), start);
    this.#carry = bytes.slice(rest);
  }

  /** Ends the log. A last line without a line break was cut off. */
  end(): void {
    if (this.#carry.length > 0) this.#line(this.#carry, viewOf(this.#carry), 0, this.#carry.length);
    this.#carry = new Uint8Array(0);
    for (const blocks of [this.malloc, this.regions]) blocks.replay.mark(this.events, true);
  }

  /** Reads the complete lines; returns the start of the first incomplete one. */
  #linesOf(bytes: Uint8Array, view: DataView, from: number): number {
    let start = from;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) return start;
      this.#line(bytes, view, start, newline);
      start = newline + 1;
    }
  }

  #line(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    this.lines++;
    if (start === end || bytes[start] === 45) return; // Blank, or a line of dashes.
    if (!this.#event(bytes, view, start, end)) {
      this.#other(new TextDecoder().decode(bytes.subarray(start, end)), this.lines);
    }
  }

  #event(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    // ALLOC, FREE, REALLOC, VM_ALLOC and VM_FREE are distinguished by single letters.
    let at = start;
    const region = bytes[at] === 86 && bytes[at + 2] === 95;
    if (region) at += 3;
    const kind = bytes[at]!;
    const allocates = (kind === 65 && bytes[at + 1] === 76) || (kind === 82 && bytes[at + 1] === 69);
    if (!allocates && !(kind === 70 && bytes[at + 1] === 82)) return false;
    while (at < end && bytes[at] !== BLANK) at++;
    while (at < end && bytes[at] === BLANK) at++;
    if (bytes[at] !== 48 || bytes[at + 1] !== 120) return false;
    let address = 0;
    for (at += 2; at < end; at++) {
      const digit = hexDigit(bytes[at]!);
      if (digit < 0) break;
      address = address * 16 + digit;
    }
    if (address === 0 || address > Number.MAX_SAFE_INTEGER) return false;
    while (at < end && bytes[at] !== OPEN) at++;
    for (const char of SIZE) if (bytes[at++] !== char) return false;
    let size = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      size = size * 10 + digit;
    }
    if (bytes[at] !== 93 || bytes[at + 1] !== 58) return false;
    const blocks = region ? this.regions : this.malloc;
    const event = ++this.events;
    if (allocates) {
      const stackEnd = bytes[end - 1] === 13 ? end - 1 : end;
      blocks.allocate(address, blocks.stacks.idOf(bytes, view, at + 2, stackEnd), size, event);
    } else blocks.free(address, event);
    blocks.replay.mark(event);
    return true;
  }
}

function hexDigit(char: number): number {
  if (char >= 48 && char <= 57) return char - 48;
  const letter = char | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
