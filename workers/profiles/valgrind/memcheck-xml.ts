import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { groupedInteger } from '../reading/quantities.ts';
import type { FrameParts } from './frame-text.ts';
import {
  LEAK_KINDS,
  type LossRecord,
  lossRecord,
  type MemcheckProcess,
  memcheckProfile,
  newProcess,
} from './loss-records.ts';

/** A tag with its text on one line, or a tag alone: Valgrind writes no others. */
const TAG = /<(\/?)([\w-]+)[^>]*>(?:([^<]*)<\/\2>)?/g;

/** Output of Valgrind's memcheck with --xml=yes. */
export const memcheckXml: ProfileFormat = {
  id: 'memcheck-xml',
  hasNoOtherContents: true,
  label: 'Valgrind memcheck XML',
  sniff: ({ text }) => /<valgrindoutput>/.test(text.slice(0, 1 << 14)),
  read: readXml,
};

/**
 * The file is read tag by tag and not as one document: a forked child writes to its parent's file, which then is not
 * well-formed, and the file of a process that was killed is incomplete.
 */
async function readXml(input: TextInput): Promise<Opened> {
  const reader = new XmlReader();
  const damage = new DamageLog();
  await forEachLine(input, (line, number) => {
    for (const [, closing, name, text] of line.matchAll(TAG)) {
      if (text !== undefined) reader.value(name!, unescaped(text));
      else if (closing === '/') reader.close(name!);
      else reader.open(name!);
    }
    if (/<[^>]*$/.test(line)) damage.add(number, line, 'an unterminated tag');
  });
  const notes = reader.finished
    ? []
    : ['The file does not end with </valgrindoutput>: it was cut, or its process killed.'];
  if (!reader.processes.some(process => process.stated.endBytes !== undefined)) {
    notes.push('This version of valgrind writes no summaries into XML: totals are sums of the loss records.');
  }
  return memcheckProfile(memcheckXml, reader.processes, damage, notes);
}

class XmlReader {
  readonly processes: MemcheckProcess[] = [];
  finished = false;
  readonly #path: string[] = [];
  #record: LossRecord | null = null;
  #frame: FrameParts & { folder: string; address: string } = newFrame();
  /** The first stack of an error is where the block was allocated. */
  #stacks = 0;
  #command: string[] = [];

  get #process(): MemcheckProcess {
    if (this.processes.length === 0) this.processes.push(newProcess(''));
    return this.processes.at(-1)!;
  }

  open(name: string): void {
    this.#path.push(name);
    if (name === 'error') {
      this.#record = null;
      this.#stacks = 0;
    } else if (name === 'stack') this.#stacks++;
    else if (name === 'frame') this.#frame = newFrame();
  }

  close(name: string): void {
    // Tags of two processes may be interleaved: closing a tag closes all that were opened after it.
    const at = this.#path.lastIndexOf(name);
    if (at >= 0) this.#path.length = at;
    if (name === 'frame' && this.#stacks === 1) this.#addFrame();
    else if (name === 'error') {
      if (this.#record === null) this.#process.errors++;
      else this.#process.records.push(this.#record);
    } else if (name === 'argv') this.#process.command = this.#command.join(' ');
    else if (name === 'valgrindoutput') this.finished = true;
  }

  value(name: string, text: string): void {
    const frame = this.#frame;
    const inFrame = this.#path.at(-1) === 'frame';
    if (name === 'pid') this.processes.push(newProcess(text));
    else if (this.#path.at(-1) === 'argv') this.#command.push(text);
    else if (inFrame && name === 'ip') frame.address = text;
    else if (inFrame && name === 'fn') frame.name = text;
    else if (inFrame && name === 'obj') frame.library = text;
    else if (inFrame && name === 'dir') frame.folder = text;
    else if (inFrame && name === 'file') frame.file = text;
    else if (inFrame && name === 'line') frame.line = Number(text);
    else if (name === 'text' && this.#path.includes('xwhat')) this.#record = lossRecord(text);
    else if (this.#path.includes('heap_summary') || this.#path.includes('leak_summary'))
      this.#summary(name, text);
  }

  #addFrame(): void {
    const { name, address, file, folder, line, library } = this.#frame;
    const path = folder === '' || file === '' ? file : `${folder}/${file}`;
    this.#record?.frames.push({ name: name === '' ? `??? ${address}` : name, file: path, line, library });
  }

  /** A number of a summary, identified by the tags around it: `in use at exit`, `definitely lost`, bytes or blocks. */
  #summary(name: string, text: string): void {
    const number = groupedInteger(text);
    if (Number.isNaN(number)) return;
    const path = [...this.#path, name].join(' ').toLowerCase();
    const measure = /block/.test(name) ? 'Blocks' : 'Bytes';
    const { stated } = this.#process;
    const kind = LEAK_KINDS.find(each => path.includes(each));
    if (kind !== undefined) stated[`${kind}${measure}`] = number;
    else if (/in_?use|exit/.test(path)) stated[`end${measure}`] = number;
    else if (/frees/.test(path)) stated.frees = number;
    else if (/allocs/.test(path)) stated.allocations = number;
    else if (/alloc/.test(path) && measure === 'Bytes') stated.allocatedBytes = number;
  }
}

function newFrame() {
  return { name: '', file: '', line: 0, library: '', folder: '', address: '' };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
