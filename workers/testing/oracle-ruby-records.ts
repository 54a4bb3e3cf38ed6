import { Buffer } from 'node:buffer';
import { KEY_NAMES } from '../importers/ruby/record-keys.ts';
import { type Member, type OracleJson, readOracleJson } from './oracle-json.ts';

/** A record of a dump as plain values, with only the fields that the numbers need. */
export interface OracleRecord {
  /** Byte offset of the record's first byte. */
  offset: number;
  /** Line of the file on which the record starts, from 1. */
  line: number;
  /** Whether the record had to be repaired to be read. */
  rescued: boolean;
  /** Number of impossible values in its fields. */
  damagedFields: number;
  fields: OracleFields;
}

/** The fields of a record that the numbers need. */
export interface OracleFields {
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
  too_complex_shape?: boolean;
  shape_id?: number;
  encoding?: string;
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
  flags?: { old?: boolean; long_lived?: boolean; age?: number; pinned?: boolean; shareable?: boolean };
}

/** A dump, split into what could be read and what could not. */
export interface OracleRecords {
  records: OracleRecord[];
  /** Positions of records that could not be read even in part. */
  skipped: { line: number; offset: number }[];
  /** Lines that contain text besides records: other output of the program. */
  foreign: { line: number; offset: number }[];
  /** Whether the last record is cut. */
  truncated: boolean;
}

/** Matches the end of a record. Its only free text is in `file` and `method`, neither of which is safely escaped. */
const TAIL =
  /(, "file":"(?<file>[\s\S]*?)")?(, "line":(?<line>\d+))?(, "method":"(?<method>[\s\S]*?)")?(, "generation":(?<generation>\d+))?(, "memsize":(?<memsize>\d+))?(, "flags":(?<flags>\{[^{}]*\}))?\}$/;
/** Up to Ruby 3.3 the name of a class is not escaped. It ends before one of these keys, or at the end. */
const RAW_NAME = /"name":"(?<name>[\s\S]*)"(?=(, "(real_class_name|singleton|references)":|$))/;
/** Ruby 3.0 and 3.1 write each byte above 0x7f in a method name as `\u00ff`, NUL and five stale bytes. */
const STALE_BYTES = new RegExp(`(\\\\u00ff${String.fromCharCode(0)}[\\s\\S]{5})+`, 'g');
const REPLACEMENT = Buffer.from('\uFFFD').toString('latin1');
/** Maximum number of lines of a record with newlines in it. */
const MAX_LINES_OF_A_RECORD = 8;
const SEPARATOR = new RegExp(`[ \\t\\r\\n,\\[\\]${String.fromCharCode(0, 0x1e)}]`);
const SIGNS = new Set([
  'address',
  'memsize',
  'references',
  'class',
  'superclass',
  'flags',
  'shape_id',
  'slot_size',
]);
const UNSIZED = new Set(['ROOT', 'SHAPE', 'NONE', 'ZOMBIE']);
const RAW_KEYS = new Set([
  'file',
  'method',
  'name',
  'value',
  'struct',
  'root',
  'edge_name',
  'real_class_name',
]);
/** The beginning of an object with a key that Ruby writes. */
const RECORD_START = new RegExp(`\\{[ \\t\\r\\n]*"(${KEY_NAMES.slice(1).join('|')})"[ \\t\\r\\n]*:`, 'g');

/**
 * Reads a whole dump in a slow and simple way: every record goes through `JSON.parse`, after repairing the known errors
 * of real Ruby versions. The bytes are read as latin1, so that positions are byte offsets; each record is decoded
 * separately.
 */
export function readRecords(bytes: Uint8Array): OracleRecords {
  return new OracleReader(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  ).read();
}

class OracleReader {
  readonly #all: string;
  readonly #result: OracleRecords = { records: [], skipped: [], foreign: [], truncated: false };
  #hasMemsize = false;
  #last = { line: 1, offset: 0 };

  constructor(all: string) {
    this.#all = all;
  }

  read(): OracleRecords {
    const all = this.#all;
    let at = all.startsWith('\xEF\xBB\xBF') ? 3 : 0;
    while (at < all.length) {
      if (SEPARATOR.test(all[at]!)) at++;
      else if (all[at] === '{') at = this.#object(at);
      else at = this.#foreign(at, at);
    }
    return this.#result;
  }

  #place(at: number): { line: number; offset: number } {
    // Positions must be requested in ascending order.
    const { offset } = this.#last;
    const passed = this.#all.slice(Math.min(offset, at), at).split('\n').length - 1;
    this.#last = { line: this.#last.line + passed, offset: at };
    return this.#last;
  }

  /** Other text, up to the end of the line or to where an object may start. */
  #foreign(at: number, from: number): number {
    const place = this.#place(at);
    if (this.#result.foreign.at(-1)?.line !== place.line) this.#result.foreign.push(place);
    const length = this.#all.slice(from).search(/\n|\{[ \t\r\n]*"/);
    const isHere = from === at && length === 0;
    if (length < 0) return this.#all.length;
    return isHere ? this.#foreign(at, from + 1) : from + length;
  }

  #object(at: number): number {
    const found = readOracleJson(this.#all, at);
    const isOne = isObject(fieldsOf(found.members)) && found.members.some(({ key }) => key === 'type');
    const isAround = found.kind === 'whole' && found.inner !== null && !isOne;
    if (found.kind === 'whole' && !isAround) return this.#whole(at, found);
    const json: Exclude<OracleJson, { kind: 'whole' }> =
      found.kind === 'whole'
        ? { kind: 'inner', at: found.inner!, members: found.members, openKey: null }
        : found;
    const keys = json.members.map(({ key }) => key);
    const fields = fieldsOf(json.members);
    if (json.openKey !== null) keys.push(json.openKey);
    const isRecord = looksLikeRubyRecord(keys, fields.type) || isCutHead(this.#all.slice(at, json.at + 12));
    if (json.kind === 'inner') {
      if (!isRecord) return this.#foreign(at, json.at);
      return this.#cut(at, json.at, isObject(fields) && fields.memsize !== undefined ? fields : null);
    }
    if (!isRecord) return this.#foreign(at, Math.max(at + 1, json.at));
    return this.#broken(at, json.at, json.members);
  }

  #whole(at: number, { end, members }: { end: number; members: Member[] }): number {
    const text = this.#all.slice(at, end);
    const parsed = parse(text);
    const last = members.at(-1)?.key ?? '';
    let next = end;
    while (next < this.#all.length && SEPARATOR.test(this.#all[next]!)) next++;
    const follows = this.#all[next];
    if (
      RAW_KEYS.has(last) &&
      this.#lacksMemsize(parsed ?? undefined) &&
      follows !== undefined &&
      follows !== '{'
    ) {
      const raw = this.#raw(at, this.#bound(members.at(-1)!.start));
      if (raw !== null) return this.#keep(at, raw.end, raw.fields, true);
    }
    const fields = parsed ?? { type: '' };
    if (!isObject(fields) && !isRoot(fields)) {
      if (!looksLikeRubyRecord(Object.keys(fields), fields.type)) return this.#foreign(at, end);
      this.#result.skipped.push(this.#place(at));
      this.#result.truncated = false;
      return end;
    }
    return this.#keep(at, end, withRawFile(text, fields), false);
  }

  /** Keeps what was read of a record, and returns the position after it. */
  #keep(at: number, end: number, fields: OracleFields, rescued: boolean): number {
    const { sane, damaged } = withoutUntrueValues(fields);
    this.#result.truncated = false;
    if (fields.memsize !== undefined) this.#hasMemsize = true;
    this.#result.records.push({ ...this.#place(at), rescued, damagedFields: damaged, fields: sane });
    return end;
  }

  #lacksMemsize(fields: OracleFields | undefined): boolean {
    return this.#hasMemsize && fields?.memsize === undefined && !UNSIZED.has(fields?.type ?? 'ROOT');
  }

  /** Start of the next record at or after `from`; the end if there is none. */
  #bound(from: number): number {
    RECORD_START.lastIndex = from;
    return RECORD_START.exec(this.#all)?.index ?? this.#all.length;
  }

  /** A record that is not JSON from `brokenAt` on. */
  #broken(at: number, brokenAt: number, members: readonly Member[]): number {
    // The text before may have been ended too early.
    const raw = members.findLast(({ key }) => RAW_KEYS.has(key));
    const bound = this.#bound(Math.max(at + 1, raw?.start ?? at + 1));
    const whole = this.#raw(at, bound);
    if (whole !== null) return this.#keep(at, whole.end, whole.fields, true);
    const solidAt = Math.min(bound, this.#all.slice(0, brokenAt).replace(/[ \t\r\n]+$/, '').length);
    const ends: number[] = [];
    for (let from = solidAt; ends.length < MAX_LINES_OF_A_RECORD && from <= bound; ) {
      const newline = this.#all.indexOf('\n', from);
      ends.push(newline < 0 ? bound : Math.min(newline, bound));
      from = ends.at(-1)! + 1;
    }
    for (const end of ends) {
      const fields = salvage(this.#all.slice(at, end));
      if (fields !== null) return this.#cut(at, end, fields);
    }
    return this.#cut(at, ends[0]!, null);
  }

  #cut(at: number, end: number, fields: OracleFields | null): number {
    if (fields === null) this.#result.skipped.push(this.#place(at));
    else this.#keep(at, end, fields, true);
    this.#result.truncated = true;
    return end;
  }

  /** A record with its texts quoted again, up to the first brace that makes it complete. */
  #raw(at: number, bound: number): { fields: OracleFields; end: number } | null {
    let newlines = 0;
    for (let p = at; p < bound && newlines < MAX_LINES_OF_A_RECORD; p++) {
      if (this.#all[p] === '\n') newlines++;
      if (this.#all[p] !== '}') continue;
      const text = this.#all.slice(at, p + 1);
      const parsed = parse(text);
      const fields = parsed === null ? repair(text) : withRawFile(text, parsed);
      if (fields === null || !(isObject(fields) || isRoot(fields)) || this.#lacksMemsize(fields)) continue;
      return { fields, end: p + 1 };
    }
    return null;
  }
}

function fieldsOf(members: readonly Member[]): OracleFields {
  return { type: '', ...parse(`{${members.map(({ key, text }) => `"${key}":${text}`).join(',')}}`) };
}

function isRoot(fields: OracleFields): boolean {
  return fields.type === 'ROOT' && typeof fields.root === 'string' && fields.root !== '';
}

function isObject(fields: OracleFields): boolean {
  const hasAddress = typeof fields.address === 'string' && isAddress(fields.address);
  return hasAddress && fields.type !== undefined && fields.type !== 'ROOT';
}

function isAddress(text: unknown): boolean {
  return typeof text === 'string' && /^0x0*[0-9a-f]{1,16}$/i.test(text);
}

function looksLikeRubyRecord(keys: readonly string[], type: unknown): boolean {
  return keys.some(key => SIGNS.has(key)) || type === 'ROOT';
}

/** Whether a text is the beginning of a record, cut within its first fields, such as `{"addr`. */
function isCutHead(text: string): boolean {
  const compact = text.slice(1).replace(/\s/g, '');
  return ['"address":"0x', '"type":"ROOT'].some(head => {
    let common = 0;
    while (common < compact.length && compact[common] === head[common]) common++;
    return common > 0 && (common === head.length || !/[a-z_"]/.test(compact[common] ?? ''));
  });
}

/** Whether there is a space after each comma between fields (except before one key), and nowhere else. */
function hasRubySpacing(text: string): boolean {
  const keysOnly = text.replace(/"(?:[^"\\]|\\[\s\S])*"(:?)/g, (found, colon: string) =>
    colon === '' ? '""' : found,
  );
  if (/\s/.test(keysOnly.replace(/, /g, ','))) return false;
  const flat = keysOnly.slice(1, -1).replace(/\[[^\]]*\]|\{[^{}]*\}/g, '[]');
  return !/,"(?!edge_name")/.test(flat);
}

/** The fields without impossible values, and the number of those. */
function withoutUntrueValues(fields: OracleFields): { sane: OracleFields; damaged: number } {
  const sane: OracleFields = { ...fields };
  let damaged = 0;
  const drop = (key: keyof OracleFields) => {
    delete sane[key];
    damaged++;
  };
  const LIMITS = { line: 2 ** 32 - 1, generation: 2 ** 31 - 1, memsize: 2 ** 53 - 1 } as const;
  const LENGTHS = {
    bytesize: 2 ** 53 - 1,
    size: 2 ** 53 - 1,
    length: 2 ** 53 - 1,
    slot_size: 2 ** 32 - 1,
    shape_id: 2 ** 32 - 2,
  } as const;
  for (const [key, most] of Object.entries({ ...LIMITS, ...LENGTHS }) as ['line', number][]) {
    const value: unknown = fields[key];
    if (value === undefined || (value === null && (key as string) !== 'memsize')) delete sane[key];
    else {
      const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
      if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= most)
        sane[key] = number;
      else drop(key);
    }
  }
  for (const key of ['class', 'superclass'] as const) {
    if (fields[key] === null) delete sane[key];
    else if (fields[key] !== undefined && !isAddress(fields[key])) drop(key);
  }
  if (typeof fields.type !== 'string' || (fields.type as string) === '') {
    drop('type');
    sane.type = 'UNKNOWN';
  }
  if (fields.references !== undefined) {
    const list: unknown[] = Array.isArray(fields.references) ? fields.references : [];
    sane.references = list.filter(isAddress) as string[];
    if (sane.references.length < list.length || !Array.isArray(fields.references)) damaged++;
  }
  return { sane, damaged };
}

/** A record as JSON, unchanged or with raw control characters in its strings escaped; null if it is not JSON. */
function parse(latin1: string): OracleFields | null {
  const text = Buffer.from(latin1.replace(STALE_BYTES, REPLACEMENT), 'latin1').toString('utf8');
  const fields = parsedObject(text);
  if (fields !== undefined) return fields as OracleFields | null;
  const escaped = text.replace(
    /\p{Cc}/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return (parsedObject(escaped) ?? null) as OracleFields | null;
}

/** The object that a JSON text contains; null for another value, undefined if it is not JSON. */
function parsedObject(json: string): object | null | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? value : null;
  } catch {
    return undefined;
  }
}

/** Ruby never escapes a path, even if it happens to be valid JSON, such as `C:\temp\new.rb`. */
function withRawFile(latin1: string, fields: OracleFields): OracleFields {
  if (!/"file":"[^"]*\\/.test(latin1) || !hasRubySpacing(latin1)) return fields;
  const file = TAIL.exec(latin1)?.groups?.file;
  return file === undefined ? fields : { ...fields, file: Buffer.from(file, 'latin1').toString('utf8') };
}

/** A record with its free text quoted again: `file` and `method` at its end, `name` before its references. */
function repair(latin1: string): OracleFields | null {
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
  const fields = parse(`${parts.join(', ')}}`);
  if (fields === null || !(isObject(fields) || isRoot(fields))) return null;
  // What seems to end in the middle of a path has no memsize, and continues on the next line.
  return fields.memsize === undefined && fields.type !== 'ROOT' ? null : fields;
}

function quote(raw: string): string {
  return `"${raw.replace(/["\\]/g, character => `\\${character}`)}"`;
}

/**
 * What is certain about a record that is cut off: for an object whose memsize is still there, all fields before the
 * cut; for a root, the addresses that it lists.
 */
function salvage(latin1: string): OracleFields | null {
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
