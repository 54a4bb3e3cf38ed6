import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLineOfFirst } from '../reading/lines.ts';

/** The events of Valgrind's execution trees, by name. */
const EVENTS: Record<string, { key: string; label: string; unit: 'bytes' | 'count' }> = {
  curB: { key: 'endBytes', label: 'bytes at the end', unit: 'bytes' },
  curBk: { key: 'endBlocks', label: 'blocks at the end', unit: 'count' },
  totB: { key: 'allocatedBytes', label: 'allocated bytes', unit: 'bytes' },
  totBk: { key: 'allocatedBlocks', label: 'allocated blocks', unit: 'count' },
  totFdB: { key: 'freedBytes', label: 'freed bytes', unit: 'bytes' },
  totFdBk: { key: 'freedBlocks', label: 'freed blocks', unit: 'count' },
  RB: { key: 'reachableBytes', label: 'still reachable bytes', unit: 'bytes' },
  PB: { key: 'possibleBytes', label: 'possibly lost bytes', unit: 'bytes' },
  IB: { key: 'indirectBytes', label: 'indirectly lost bytes', unit: 'bytes' },
  DB: { key: 'definiteBytes', label: 'definitely lost bytes', unit: 'bytes' },
  RBk: { key: 'reachableBlocks', label: 'still reachable blocks', unit: 'count' },
  PBk: { key: 'possibleBlocks', label: 'possibly lost blocks', unit: 'count' },
  IBk: { key: 'indirectBlocks', label: 'indirectly lost blocks', unit: 'count' },
  DBk: { key: 'definiteBlocks', label: 'definitely lost blocks', unit: 'count' },
};

/** Files of Valgrind's --xtree-memory and --xtree-leak: callgrind's syntax, but one stack after the other. */
export const xtree: ProfileFormat = {
  id: 'xtree',
  label: 'Valgrind xtree',
  sniff: ({ text }) => /^creator: xtree/m.test(text.slice(0, 1 << 12)),
  read: readXtree,
};

async function readXtree(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  let command = '';
  let stacks: XtreeStacks | null = null;
  const begins = (line: string) => line.startsWith('# callgrind format');
  const several = await forEachLineOfFirst(input, begins, (line, number) => {
    const header = /^(cmd|events): (.*)$/.exec(line);
    if (header?.[1] === 'cmd') command = header[2]!;
    else if (header?.[1] === 'events') stacks = new XtreeStacks(header[2]!.trim().split(/\s+/), damage);
    else if (stacks !== null) stacks.line(line, number);
  });
  // Assigned in the callback, which the type checker does not see.
  const read = stacks as XtreeStacks | null;
  if (read === null)
    return input.fail('There is no line "events:" in the file: it was cut short.', 'Copy it again.');
  const { tree, totals, stated } = read.finish();
  const notes = stated ? several : [...several, 'The file has no totals at its end: it was cut short.'];
  return profileOf(xtree, [tree], {
    details: [{ label: 'Command', value: command }],
    damage,
    totals,
    notes,
  });
}

class XtreeStacks {
  readonly #events: readonly string[];
  readonly #damage: DamageLog;
  readonly #builder: TreeBuilder;
  /** Compressed names: `fn=(3) main`, and only `fn=(3)` from then on. */
  readonly #files = new Map<string, string>();
  readonly #functions = new Map<string, string>();
  /** The stack being read, from the outermost frame inwards. */
  #stack: { file: string; name: string; line: number }[] = [];
  #file = '';
  #afterCall = false;
  #sums: number[];
  #stated: number[] | null = null;

  constructor(events: readonly string[], damage: DamageLog) {
    this.#events = events;
    this.#damage = damage;
    const known = events.filter(event => EVENTS[event] !== undefined).map(event => EVENTS[event]!);
    this.#builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights: known });
    this.#sums = known.map(() => 0);
  }

  line(line: string, number: number): void {
    const named = /^(fl|fi|fe|fn|cfi|cfl|cfn|cob|ob)=(.*)$/.exec(line);
    if (named !== null) {
      const [, key, value] = named as unknown as [string, string, string];
      if (key === 'fl' || key === 'fi' || key === 'fe') this.#file = this.#name(this.#files, value);
      else if (key === 'cfi' || key === 'cfl') this.#name(this.#files, value);
      else if (key === 'cfn') this.#name(this.#functions, value);
      else if (key === 'fn') {
        this.#stack.push({ file: this.#file, name: this.#name(this.#functions, value), line: 0 });
      }
    } else if (line.startsWith('calls=')) this.#afterCall = true;
    else if (line.startsWith('totals: '))
      this.#stated = this.#known(line.slice(8).trim().split(/\s+/).map(Number));
    else if (line.trim() === '') this.#stack = [];
    else if (!this.#numbers(line)) this.#damage.add(number, line, 'not a line of numbers');
  }

  #name(names: Map<string, string>, value: string): string {
    const match = /^\((\d+)\)(?: (.*))?$/.exec(value);
    if (match === null) return value;
    if (match[2] !== undefined) names.set(match[1]!, match[2]);
    return names.get(match[1]!) ?? '';
  }

  /**
   * `11`, the line of a frame; `11 0 33 …` after a call, its inclusive cost; without a call, the cost of the frame
   * itself.
   */
  #numbers(line: string): boolean {
    const numbers = line.trim().split(/\s+/).map(Number);
    const frame = this.#stack.at(-1);
    if (frame === undefined || numbers.some(Number.isNaN)) return false;
    frame.line = numbers[0]!;
    const isCall = this.#afterCall;
    this.#afterCall = false;
    if (isCall || numbers.length === 1) return true;
    const builder = this.#builder;
    const ids = this.#stack.map(({ file, name, line: at }) =>
      builder.frame(name.replace('UnknownFn???', '???'), file === 'UnknownFile???' ? '' : file, at),
    );
    const node = builder.stack(ids);
    for (const [at, value] of this.#known(numbers.slice(1)).entries()) {
      builder.add(node, at, value);
      this.#sums[at]! += value;
    }
    return true;
  }

  /**
   * The numbers of known events. Definitely lost bytes (DB) include bytes lost indirectly (DIB), which are subtracted.
   */
  #known(numbers: readonly number[]): number[] {
    const through = numbers[this.#events.indexOf('DIB')] ?? 0;
    return this.#events.flatMap((event, at) => {
      if (EVENTS[event] === undefined) return [];
      return [(numbers[at] ?? 0) - (event === 'DB' ? through : 0)];
    });
  }

  finish() {
    const tree = this.#builder.finish();
    const sums = this.#stated;
    // The sums of a truncated file are not its totals.
    const totals: Totals =
      sums === null ? {} : Object.fromEntries(tree.weights.map(({ key }, at) => [key, sums[at]!]));
    return { tree, totals, stated: this.#stated !== null };
  }
}
