import type { CallTree } from '../model/call-tree.ts';
import type { Missing } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { scaleOf } from './sampling.ts';
import type { Symbols } from './symbols.ts';

/** Live blocks and bytes, allocated blocks and bytes. */
type Numbers = readonly number[];

/** Kinds of sampled profile. Go's rate is twice the mean distance between samples. */
const SAMPLED = /^(jemalloc|java|heap_v2|heapz_v2|heap)$/;

/** The rows of a textual heap profile, from which a tree is built. */
export class HeapRows {
  begun = false;
  #kind = '';
  #rate = 0;
  /** The totals in the first line; null if they are not the sums of the rows. */
  #stated: Numbers | null = null;
  /** Whether the file was truncated. */
  cut = false;
  #hasBytesOnly = false;
  readonly #rows: { stack: string; numbers: Numbers }[] = [];

  /** Begins the profile. `rate` is the sampling rate in its header; 0 = none given. */
  begin(kind: string, rate: number, stated: Numbers | null): void {
    this.begun = true;
    this.#kind = kind;
    this.#rate = SAMPLED.test(kind) ? (kind === 'heap' ? rate / 2 : rate) : 0;
    this.#stated = stated;
  }

  /** Begins a profile that has only bytes, which are already scaled. */
  beginBytes(): void {
    this.begin('', 0, null);
    this.#hasBytesOnly = true;
  }

  /** Adds a stack. Its addresses are ordered from the innermost frame outwards. */
  add(stack: string, numbers: Numbers): void {
    this.#rows.push({ stack, numbers });
  }

  finish(symbols: Symbols): { tree: CallTree; totals: Totals; missing: Missing[]; notes: string[] } {
    const things = this.#kind === 'heap' || this.#kind === 'java' ? 'Objects' : 'Blocks';
    const builder = this.#builder(things);
    const sums = [0, 0, 0, 0];
    const raw = [0, 0, 0, 0];
    for (const { stack, numbers } of this.#rows) {
      const [blocks, bytes, allBlocks, allBytes] = numbers as [number, number, number, number];
      const live = scaleOf(bytes, blocks, this.#rate);
      const all = scaleOf(allBytes, allBlocks, this.#rate);
      const whole = this.#roundsRows() ? Math.floor : (value: number) => value;
      const scaled = [blocks * live, bytes * live, allBlocks * all, allBytes * all].map(whole);
      const frames = stack
        .trim()
        .split(' ')
        .filter(address => address !== '')
        .reverse()
        .flatMap(address => symbols.frames(builder, address));
      const node = builder.stack(frames);
      for (const [at, value] of scaled.entries()) {
        sums[at]! += value;
        raw[at]! += numbers[at]!;
        // In the tree, bytes precede blocks, since the first weight is shown initially.
        builder.add(node, at ^ 1, value);
      }
    }
    const names = [`live${things}`, 'liveBytes', `allocated${things}`, 'allocatedBytes'];
    const missing = this.#missing(raw, names);
    const totals: Totals = {};
    for (const [at, name] of names.entries()) {
      const rest = this.#rate <= 1 ? (missing.find(each => each.total === name)?.amount ?? 0) : 0;
      if (rest > 0) builder.add(ROOT, at ^ 1, rest);
      totals[name] = Math.floor(sums[at]! + rest);
    }
    const tree = builder.finish();
    // Without prof_accum, jemalloc writes zeros for the totals of allocations; Java's format has no such column.
    if (sums[2] === 0 && (this.#stated?.[2] ?? 0) === 0) {
      delete totals[names[2]!];
      delete totals[names[3]!];
      tree.weights = tree.weights.slice(0, 2);
    }
    if (this.#hasBytesOnly) {
      delete totals[names[0]!];
      tree.weights = tree.weights.slice(0, 1);
    }
    if (this.#rate > 1) totals.samples = raw[0]!;
    return { tree, totals, missing, notes: this.#notes(raw, symbols) };
  }

  /** pprof truncates each scaled row to an integer, jeprof the sums. */
  #roundsRows(): boolean {
    return this.#kind !== 'jemalloc';
  }

  #builder(things: 'Objects' | 'Blocks'): TreeBuilder {
    const words = things.toLowerCase();
    return new TreeBuilder({
      id: 'stacks',
      label: 'call stacks',
      kind: 'calls',
      weights: [
        { key: 'liveBytes', label: 'live bytes', unit: 'bytes' },
        { key: `live${things}`, label: `live ${words}`, unit: 'count' },
        { key: 'allocatedBytes', label: 'allocated bytes', unit: 'bytes' },
        { key: `allocated${things}`, label: `allocated ${words}`, unit: 'count' },
      ],
    });
  }

  /** The difference between the totals in the first line and the rows, both unscaled. */
  #missing(raw: Numbers, names: readonly string[]): Missing[] {
    if (this.#stated === null) return [];
    const why =
      this.#rate > 1
        ? 'samples (not scaled) that have no row'
        : 'rows that are not in the file: gperftools cuts it at 1 MiB';
    return this.#stated.flatMap((stated, at) => {
      const rest = stated - raw[at]!;
      return rest > 0 ? [{ total: names[at]!, amount: rest, why }] : [];
    });
  }

  #notes(raw: Numbers, symbols: Symbols): string[] {
    const notes: string[] = [];
    if (this.cut) notes.push('The file was cut short: what follows the last stack is missing.');
    if (this.#rate > 1) {
      const tool = this.#kind === 'jemalloc' ? 'jeprof' : 'pprof';
      notes.push(
        `Sampled: one in ${this.#rate} bytes on average; each stack is scaled as ${tool} does. Estimates.`,
      );
    }
    if (symbols.unnamed > 0) {
      const raws = this.#kind === 'jemalloc' ? 'jeprof --raw PROGRAM FILE' : 'pprof --raw PROGRAM FILE';
      notes.push(
        `${symbols.unnamed} addresses have no symbols, and are shown as module and offset: "${raws}" writes a profile with names.`,
      );
    }
    if (/growth/.test(this.#kind)) notes.push('Growth of the heap: where memory was taken from the system.');
    if (this.#stated !== null && this.#rate <= 1 && raw[1]! > this.#stated[1]!) {
      notes.push(
        'The rows have more than the first line says: they hold mapped regions too, which it leaves out.',
      );
    }
    return notes;
  }
}
