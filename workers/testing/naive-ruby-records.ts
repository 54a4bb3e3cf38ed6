import { Buffer } from 'node:buffer';

/** A record of a dump, as plain values. Only what the numbers need. */
export interface NaiveRecord {
  /** Byte offset of the record's first byte. */
  offset: number;
  /** Line of the file on which the record starts, from 1. */
  line: number;
  /** Whether the record had to be repaired to be read. */
  rescued: boolean;
  fields: NaiveFields;
}

/** The fields of a record, those that are no text of a kind that the numbers use left out. */
export interface NaiveFields {
  address?: string;
  type: string;
  root?: string;
  class?: string;
  superclass?: string;
  singleton?: boolean;
  name?: string;
  struct?: string;
  imemo_type?: string;
  value?: string;
  bytesize?: number;
  size?: number;
  length?: number;
  slot_size?: number;
  references?: string[];
  file?: string;
  line?: number;
  method?: string;
  generation?: number;
  memsize?: number;
  frozen?: boolean;
  embedded?: boolean;
  shared?: boolean;
  fstring?: boolean;
  broken?: boolean;
  flags?: { old?: boolean; long_lived?: boolean; age?: number; pinned?: boolean };
}

/** A dump, split into what could be read and what could not. */
export interface NaiveRecords {
  records: NaiveRecord[];
  /** Starts of records that could not be read even in part, each a line and an offset. */
  skipped: { line: number; offset: number }[];
  /** Lines that are no records: other output of the program. */
  foreign: { line: number; offset: number }[];
}

const RECORD_START = /^\{"(address":"0x|type":")/;
/** What a record ends with. Its only fields of free text are `file` and `method`, neither safely escaped. */
const TAIL =
  /(, "file":"(?<file>[\s\S]*?)")?(, "line":(?<line>\d+))?(, "method":"(?<method>[\s\S]*?)")?(, "generation":(?<generation>\d+))?(, "memsize":(?<memsize>\d+))?(, "flags":(?<flags>\{[^{}]*\}))?\}$/;
/** Up to Ruby 3.3 the name of a class is not escaped. What can follow it, or nothing. */
const RAW_NAME = /"name":"(?<name>[\s\S]*)"(?=(, "(real_class_name|singleton|references)":|$))/;
/** Ruby 3.0 and 3.1 write each byte of a method's name above 0x7f as `\u00ff`, NUL and five stale bytes. */
const STALE_BYTES = new RegExp(`(\\\\u00ff${String.fromCharCode(0)}[\\s\\S]{5})+`, 'g');
const REPLACEMENT = Buffer.from('\uFFFD').toString('latin1');
/** A path or a name of the longest kind that Ruby can write holds no more newlines than this. */
const MAX_LINES_OF_A_RECORD = 64;

/**
 * Reads a whole dump the slow and simple way: every line is a string, every record goes through `JSON.parse`,
 * repaired first where a real Ruby gets it wrong. The bytes are taken as latin1, so that positions in the text
 * are byte offsets; each record is decoded on its own.
 */
export function readRecords(bytes: Uint8Array): NaiveRecords {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const lines = all.split('\n');
  const result: NaiveRecords = { records: [], skipped: [], foreign: [] };
  let offset = 0;
  for (let at = 0; at < lines.length; at++) {
    const start = { line: at + 1, offset };
    const bom = at === 0 && lines[0]!.startsWith('\xEF\xBB\xBF') ? 3 : 0;
    const text = lines[at]!.slice(bom).replace(/\r$/, '');
    start.offset += bom;
    offset += lines[at]!.length + 1;
    if (text === '') continue;
    const whole = parse(text);
    if (whole !== null) {
      const { fields, asItStands } = whole;
      if (!isRecord(fields)) result.foreign.push(start);
      else result.records.push({ ...start, rescued: !asItStands, fields: { ...fields, ...rawFile(text) } });
      continue;
    }
    if (!RECORD_START.test(text)) {
      const isCutRecord = text.startsWith('{"') && !text.endsWith('}');
      (isCutRecord ? result.skipped : result.foreign).push(start);
      continue;
    }
    let fields = repair(text);
    let last = at;
    let joined = lines[at]!.slice(bom);
    while (
      fields === null &&
      last + 1 < lines.length &&
      last - at < MAX_LINES_OF_A_RECORD &&
      !RECORD_START.test(lines[last + 1]!)
    ) {
      last++;
      joined += `\n${lines[last]!}`;
      fields = repair(joined.replace(/\r$/, ''));
    }
    if (fields !== null) for (; at < last; at++) offset += lines[at + 1]!.length + 1;
    else fields = salvage(text);
    if (fields === null) result.skipped.push(start);
    else result.records.push({ ...start, rescued: true, fields });
  }
  return result;
}

function isRecord(fields: NaiveFields): boolean {
  if (typeof fields.type !== 'string') return false;
  return fields.type === 'ROOT' || /^0x[0-9a-f]+$/i.test(fields.address ?? '');
}

/** A line as JSON, as it stands or with raw control characters in its strings; null if it is none. */
function parse(latin1: string): { fields: NaiveFields; asItStands: boolean } | null {
  const text = Buffer.from(latin1.replace(STALE_BYTES, REPLACEMENT), 'latin1').toString('utf8');
  const escaped = text.replace(
    /\p{Cc}/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  for (const json of [text, escaped]) {
    try {
      const fields: unknown = JSON.parse(json);
      if (typeof fields !== 'object' || fields === null) return null;
      return { fields: fields as NaiveFields, asItStands: json === text && latin1.search(STALE_BYTES) < 0 };
    } catch {
      // Not JSON: the next attempt, or the caller, repairs it or counts it.
    }
  }
  return null;
}

/** A path is never escaped, even where what stands there happens to be valid JSON: `C:\temp\new.rb`. */
function rawFile(latin1: string): { file?: string } {
  if (!/"file":"[^"]*\\/.test(latin1)) return {};
  const file = TAIL.exec(latin1)?.groups?.file;
  return file === undefined ? {} : { file: Buffer.from(file, 'latin1').toString('utf8') };
}

/** A record with its free text quoted anew: `file` and `method` at its end, `name` before its references. */
function repair(latin1: string): NaiveFields | null {
  const record = latin1.replace(STALE_BYTES, REPLACEMENT);
  const tail = TAIL.exec(record);
  if (tail === null || tail[0] === '}') return null;
  const { file, line, method, generation, memsize, flags } = tail.groups ?? {};
  const head = record.slice(0, tail.index).replace(RAW_NAME, (_all, name: string) => `"name":${quote(name)}`);
  const parts = [head];
  if (file !== undefined) parts.push(`"file":${quote(file)}`);
  if (line !== undefined) parts.push(`"line":${line}`);
  if (method !== undefined) parts.push(`"method":${quote(method)}`);
  if (generation !== undefined) parts.push(`"generation":${generation}`);
  if (memsize !== undefined) parts.push(`"memsize":${memsize}`);
  if (flags !== undefined) parts.push(`"flags":${flags}`);
  const fields = parse(`${parts.join(', ')}}`)?.fields ?? null;
  if (fields === null || !isRecord(fields)) return null;
  // What seems to end in the middle of a path has no memsize, and goes on in the next line.
  return fields.memsize === undefined && fields.type !== 'ROOT' ? null : fields;
}

function quote(raw: string): string {
  return `"${raw.replace(/["\\]/g, character => `\\${character}`)}"`;
}

/**
 * What is certain of a record that is cut off: an object if its memsize is still there, with all fields before
 * the cut; of a root what it lists.
 */
function salvage(latin1: string): NaiveFields | null {
  const root = /^\{"type":"ROOT", "root":"([^"]*)", "references":\[/.exec(latin1)?.[1];
  if (root !== undefined) {
    const listed = [...latin1.matchAll(/"(0x[0-9a-f]+)"/gi)].map(match => match[1]!);
    return { type: 'ROOT', root, references: listed };
  }
  const memsize = latin1.lastIndexOf(', "memsize":');
  for (let end = latin1.length; memsize >= 0 && end > memsize; end = latin1.lastIndexOf(',', end - 1)) {
    const fields = repair(`${latin1.slice(0, end)}}`);
    if (fields !== null && end < latin1.length) return fields;
  }
  return null;
}
