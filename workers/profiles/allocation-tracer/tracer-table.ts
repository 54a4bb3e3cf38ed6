import type { CallTree } from '../model/call-tree.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import type { DamageLog } from '../reading/damage-log.ts';
import {
  inspect,
  type RubyHash,
  RubyReader,
  RubySyntaxError,
  type RubyValue,
} from '../ruby-text/ruby-value.ts';

/** One line of a result: its key and its six numbers. */
interface Row {
  path: string;
  line: number;
  type: string;
  className: string;
  /** count, old_count, total_age, min_age, max_age, total_memsize */
  numbers: number[];
}

const NUMBERS = ['count', 'old_count', 'total_age', 'min_age', 'max_age', 'total_memsize'];

/**
 * `[["/a.rb", 9, :T_STRING, String], [4800, …]]`. In JSON, the key is the array printed as a string, which is parsed
 * here.
 */
export function rowOfPair([key, value]: [RubyValue, RubyValue]): Row | null {
  const parts = typeof key === 'string' && key.startsWith('[') ? parsed(key) : key;
  if (!Array.isArray(parts) || !Array.isArray(value)) return null;
  const row: Row = { path: '', line: 0, type: '', className: '', numbers: value.map(Number) };
  for (const part of parts) {
    if (typeof part === 'number') row.line = part;
    else if (typeof part === 'string' && /^T_[A-Z]+$/.test(part)) row.type = part;
    else if (
      row.path === '' &&
      typeof part === 'string' &&
      (/[/.(<]/.test(part) || parts.indexOf(part) === 0) &&
      !/^[A-Z]\w*(::|$)/.test(part)
    ) {
      row.path = part;
    } else row.className = part === null ? '(no class)' : inspect(part);
  }
  return row;
}

function parsed(text: string): RubyValue {
  try {
    return new RubyReader(text).value();
  } catch (error) {
    if (error instanceof RubySyntaxError) return null;
    throw error;
  }
}

const WEIGHTS = [
  { key: 'allocatedObjects', label: 'allocated objects', unit: 'count' },
  { key: 'oldObjects', label: 'objects that grew old', unit: 'count' },
  { key: 'freedBytes', label: 'bytes of freed objects', unit: 'bytes' },
  { key: 'totalAge', label: 'GC runs that freed objects lived through', unit: 'count' },
] as const;

/** Collects rows into two trees: by type, class and location, and by location, type and class. */
export class TracerTable {
  readonly #byClass = new TreeBuilder({
    id: 'class',
    label: 'by type, class, file and line',
    kind: 'groups',
    weights: WEIGHTS,
  });
  readonly #byPlace = new TreeBuilder({
    id: 'location',
    label: 'by file, line, type and class',
    kind: 'groups',
    weights: WEIGHTS,
  });
  readonly #sums = [0, 0, 0, 0];
  #rows = 0;

  add(row: Row | null, line: number, damage: DamageLog): void {
    if (row === null || row.numbers.length !== 6 || row.numbers.some(Number.isNaN)) {
      damage.add(line, row?.path ?? '', 'not a row of six numbers');
      return;
    }
    this.#rows++;
    const [count, old, age, , , memsize] = row.numbers as [number, number, number, number, number, number];
    const values = [count, old, memsize, age];
    const place = placeFrames(row);
    const kind = [row.type, row.className]
      .filter(name => name !== '')
      .map(name => ({ name, file: '', line: 0 }));
    addTo(this.#byClass, [...kind, ...place], values);
    addTo(this.#byPlace, [...place, ...kind], values);
    for (const [at, value] of values.entries()) this.#sums[at]! += value;
  }

  /** A JSON document with `header` and `rows`. */
  addRows(hash: RubyHash, line: number, damage: DamageLog): void {
    const field = (name: string) => hash.pairs.find(([key]) => key === name)?.[1];
    const header = field('header');
    const rows = field('rows');
    if (!Array.isArray(header) || !Array.isArray(rows)) {
      damage.add(line, '', 'no "header" and "rows"');
      return;
    }
    for (const row of rows) {
      if (Array.isArray(row)) this.addTabbed(header.map(inspect), row.map(inspect), line, damage);
    }
  }

  /** A line of a table, whose header names the columns. */
  addTabbed(header: readonly string[], values: readonly string[], line: number, damage: DamageLog): void {
    const value = (name: string) => values[header.indexOf(name)] ?? '';
    if (values.length !== header.length) {
      damage.add(line, values.join(' '), `${header.length} values were expected`);
      return;
    }
    const className = value('class');
    const row: Row = {
      path: value('path'),
      line: Number(value('line')) || 0,
      type: value('type'),
      className: className === 'nil' ? '(no class)' : className,
      numbers: NUMBERS.map(name => Number(value(name) === '' ? Number.NaN : value(name))),
    };
    this.add(row, line, damage);
  }

  finish(): { trees: CallTree[]; totals: Totals } {
    const [allocatedObjects, oldObjects, freedBytes] = this.#sums as [number, number, number, number];
    return {
      trees: [this.#byClass.finish(), this.#byPlace.finish()],
      totals: { allocatedObjects, oldObjects, freedBytes, rows: this.#rows },
    };
  }
}

/** The frames of a row: its file, and its line if it is known (not 0). */
function placeFrames({ path, line }: Row): { name: string; file: string; line: number }[] {
  if (path === '') return [];
  const file = { name: '', file: path, line: 0 };
  return line > 0 ? [file, { name: '', file: path, line }] : [file];
}

function addTo(
  builder: TreeBuilder,
  frames: readonly { name: string; file: string; line: number }[],
  values: readonly number[],
): void {
  const node = builder.stack(frames.map(({ name, file, line }) => builder.frame(name, file, line)));
  for (const [at, value] of values.entries()) builder.add(node, at, value);
}
