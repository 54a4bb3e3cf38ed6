import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { groupedInteger } from '../reading/quantities.ts';
import { addressedFrame } from './frame-text.ts';
import {
  LEAK_KINDS,
  type LossRecord,
  lossRecord,
  type MemcheckProcess,
  memcheckProfile,
  newProcess,
} from './loss-records.ts';

/** `==21801== text`, `==00:00:00:00.324 21804== text`. The program's own output has no such prefix. */
const PREFIXED = /^==(?:[\d:.]+ )?(\d+)== ?(.*)$/;
const FRAME = /^ {3}(?:at|by) (0x[0-9A-Fa-f]+: .*)$/;

/** Output of Valgrind's memcheck on the terminal or with --log-file. */
export const memcheckLog: ProfileFormat = {
  id: 'memcheck-log',
  label: 'Valgrind memcheck log',
  sniff: ({ lines }) =>
    lines.some(line => {
      const text = PREFIXED.exec(line)?.[2];
      return (
        text !== undefined &&
        (/^(HEAP SUMMARY|LEAK SUMMARY):|^Memcheck,/.test(text) || lossRecord(text) !== null)
      );
    }),
  read: readLog,
};

async function readLog(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const processes = new Map<string, ProcessLog>();
  await forEachLine(input, (line, number) => {
    const match = PREFIXED.exec(line);
    if (match === null) return;
    const pid = match[1]!;
    let log = processes.get(pid);
    if (log === undefined) {
      log = new ProcessLog(newProcess(pid));
      processes.set(pid, log);
    }
    log.line(match[2]!, number, damage);
  });
  const all = Array.from(processes.values(), log => log.process);
  const unfinished = all.filter(process => process.stated.endBytes === undefined);
  const notes =
    unfinished.length === 0
      ? []
      : [
          `The log of ${unfinished.length === 1 ? 'a process' : `${unfinished.length} processes`} has no heap summary: it was killed or still runs, or the log was cut.`,
        ];
  return memcheckProfile(memcheckLog, all, damage, notes);
}

/** The lines of one process. */
class ProcessLog {
  readonly process: MemcheckProcess;
  /** The record whose frames are being read. */
  #record: LossRecord | null = null;

  constructor(process: MemcheckProcess) {
    this.process = process;
  }

  line(text: string, number: number, damage: DamageLog): void {
    const { process } = this;
    const frame = FRAME.exec(text);
    if (frame !== null) {
      this.#record?.frames.push(addressedFrame(frame[1]!));
      return;
    }
    this.#record = lossRecord(text);
    if (this.#record !== null) {
      process.records.push(this.#record);
      return;
    }
    if (/ in loss record \d+ of \d+$/.test(text)) {
      damage.add(number, text, 'not "N bytes in M blocks are KIND in loss record i of n"');
    }
    const command = /^Command: (.*)$/.exec(text);
    if (command !== null) process.command = command[1]!;
    this.#summary(text.trim());
  }

  #summary(text: string): void {
    const { stated } = this.process;
    const inUse = /^in use at exit: ([\d,]+) bytes in ([\d,]+) blocks$/.exec(text);
    const usage = /^total heap usage: ([\d,]+) allocs, ([\d,]+) frees, ([\d,]+) bytes allocated$/.exec(text);
    const kind =
      /^(definitely lost|indirectly lost|possibly lost|still reachable): ([\d,]+) bytes in ([\d,]+) blocks/.exec(
        text,
      );
    const errors = /^ERROR SUMMARY: ([\d,]+) errors/.exec(text);
    if (inUse !== null) {
      stated.endBytes = groupedInteger(inUse[1]!);
      stated.endBlocks = groupedInteger(inUse[2]!);
    } else if (usage !== null) {
      stated.allocations = groupedInteger(usage[1]!);
      stated.allocatedBlocks = stated.allocations;
      stated.frees = groupedInteger(usage[2]!);
      stated.allocatedBytes = groupedInteger(usage[3]!);
    } else if (kind !== null) {
      const name =
        LEAK_KINDS[['definitely', 'indirectly', 'possibly', 'still'].indexOf(kind[1]!.split(' ')[0]!)]!;
      stated[`${name}Bytes`] = groupedInteger(kind[2]!);
      stated[`${name}Blocks`] = groupedInteger(kind[3]!);
    } else if (/^All heap blocks were freed/.test(text)) {
      for (const name of LEAK_KINDS) {
        stated[`${name}Bytes`] = 0;
        stated[`${name}Blocks`] = 0;
      }
    } else if (errors !== null) this.process.errors = groupedInteger(errors[1]!);
  }
}
