import { profileOf } from '../facts.ts';
import type { ProfileFormat } from '../format.ts';
import type { Missing, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import type { DamageLog } from '../reading/damage-log.ts';
import { groupedInteger } from '../reading/quantities.ts';
import type { FrameParts } from './frame-text.ts';

export type LeakKind = 'definite' | 'indirect' | 'possible' | 'reachable';

export const LEAK_KINDS: readonly LeakKind[] = ['definite', 'indirect', 'possible', 'reachable'];

/** Blocks allocated by one stack that are lost in the same way. */
export interface LossRecord {
  kind: LeakKind;
  /** Without blocks lost indirectly through them, which have separate records. */
  bytes: number;
  blocks: number;
  /** From the innermost frame outwards. */
  frames: FrameParts[];
}

/** What memcheck reports about one process. Numbers that it does not print are absent. */
export interface MemcheckProcess {
  pid: string;
  command: string;
  records: LossRecord[];
  /** `endBytes`, `definiteBytes` and so on, as stated in its summaries. */
  stated: Totals;
  errors: number;
}

export function newProcess(pid: string): MemcheckProcess {
  return { pid, command: '', records: [], stated: {}, errors: 0 };
}

const LOSS =
  /^([\d,]+)(?: \(([\d,]+) direct, [\d,]+ indirect\))? bytes in ([\d,]+) blocks are (definitely|indirectly|possibly|still) (?:lost|reachable)/;

const KINDS: Record<string, LeakKind> = {
  definitely: 'definite',
  indirectly: 'indirect',
  possibly: 'possible',
  still: 'reachable',
};

/**
 * The record in a line such as "64 bytes in 1 blocks are possibly lost in loss record 1 of 11"; null for other text.
 */
export function lossRecord(text: string): LossRecord | null {
  const match = LOSS.exec(text);
  if (match === null) return null;
  return {
    kind: KINDS[match[4]!]!,
    bytes: groupedInteger(match[2] ?? match[1]!),
    blocks: groupedInteger(match[3]!),
    frames: [],
  };
}

const WEIGHTS = [
  { key: 'endBytes', label: 'bytes in use at exit', unit: 'bytes' as const },
  { key: 'endBlocks', label: 'blocks in use at exit', unit: 'count' as const },
  ...LEAK_KINDS.flatMap(kind => [
    { key: `${kind}Bytes`, label: `${wordsOf(kind)} bytes`, unit: 'bytes' as const },
    { key: `${kind}Blocks`, label: `${wordsOf(kind)} blocks`, unit: 'count' as const },
  ]),
];

function wordsOf(kind: LeakKind): string {
  return {
    definite: 'definitely lost',
    indirect: 'indirectly lost',
    possible: 'possibly lost',
    reachable: 'still reachable',
  }[kind];
}

/** The profile of all processes in a file: what each stack had in use at exit, by kind of leak. */
export function memcheckProfile(
  format: ProfileFormat,
  processes: readonly MemcheckProcess[],
  damage: DamageLog,
  notes: readonly string[],
): Opened {
  const builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights: WEIGHTS });
  for (const { pid, command, records } of processes) {
    // With several processes, each has a branch of its own.
    const top =
      processes.length > 1 ? [builder.frame(`process ${pid}${command === '' ? '' : ` (${command})`}`)] : [];
    for (const { kind, bytes, blocks, frames } of records) {
      const ids = frames.map(({ name, file, line, library }) => builder.frame(name, file, line, library));
      const node = builder.stack([...top, ...ids.reverse()]);
      const at = 2 + 2 * LEAK_KINDS.indexOf(kind);
      builder.add(node, 0, bytes);
      builder.add(node, 1, blocks);
      builder.add(node, at, bytes);
      builder.add(node, at + 1, blocks);
    }
  }
  const totals = totalsOf(processes);
  const missing = missingOf(processes, totals);
  for (const { total, amount } of missing) {
    const at = WEIGHTS.findIndex(weight => weight.key === total);
    builder.add(ROOT, at, amount);
  }
  const all = [...notes];
  if (processes.length > 1) {
    all.push(
      'Several processes wrote into the file: totals are sums over them, and a child counts what it inherited.',
    );
  }
  if (processes.every(({ records }) => records.length === 0)) {
    all.push('The file lists no leak: run valgrind with --leak-check=full --show-leak-kinds=all.');
  }
  return profileOf(format, [builder.finish()], {
    details: processes.map(({ pid, command }) => ({ label: 'Process', value: `${pid} ${command}`.trim() })),
    notes: all,
    damage,
    missing,
    totals,
  });
}

/** Sums over processes; if a summary is missing, each kind is the sum of its records. */
function totalsOf(processes: readonly MemcheckProcess[]): Totals {
  const totals: Totals = {};
  const add = (key: string, value: number) => {
    totals[key] = (totals[key] ?? 0) + value;
  };
  for (const { records, stated, errors } of processes) {
    for (const [key, value] of Object.entries(stated)) add(key, value);
    const summarised = LEAK_KINDS.some(kind => stated[`${kind}Bytes`] !== undefined);
    for (const { kind, bytes, blocks } of summarised ? [] : records) {
      add(`${kind}Bytes`, bytes);
      add(`${kind}Blocks`, blocks);
    }
    if (records.length > 0) add('lossRecords', records.length);
    if (errors > 0) add('errors', errors);
  }
  return totals;
}

/** Amounts in summaries that no record breaks down. */
function missingOf(processes: readonly MemcheckProcess[], totals: Totals): Missing[] {
  const why = 'blocks that have no loss record in the file (--show-leak-kinds=all)';
  const records = processes.flatMap(process => process.records);
  const missing: Missing[] = [];
  for (const kind of ['end', ...LEAK_KINDS] as const) {
    const listed = records.filter(record => kind === 'end' || record.kind === kind);
    for (const measure of ['Bytes', 'Blocks'] as const) {
      const sum = listed.reduce((all, each) => all + (measure === 'Bytes' ? each.bytes : each.blocks), 0);
      const rest = (totals[`${kind}${measure}`] ?? 0) - sum;
      if (rest > 0) missing.push({ total: `${kind}${measure}`, amount: rest, why });
    }
  }
  return missing;
}
