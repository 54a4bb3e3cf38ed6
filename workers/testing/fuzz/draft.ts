import type { OracleFields } from '../oracle-ruby-records.ts';
import { readRecords } from '../oracle-ruby-records.ts';
import { bytesOf, RECORD_START, recordText, type Values } from './texts.ts';

/** What a mutation made impossible in a record, so that any value is accepted for it. */
export type Loose =
  | 'type'
  | 'class'
  | 'label'
  | 'shallowBytes'
  | 'references'
  | 'site'
  | 'generation'
  | 'length'
  | 'flags'
  | 'value'
  | 'encoding'
  | 'shape';

/** A record that must be read as it stands, whatever surrounds it. */
export interface SoundRecord {
  /** The record as Ruby would write it: the input of the slow reader. Latin1. */
  clean: string;
  /** The fields as the slow reader reads them. */
  fields: OracleFields;
  /** The fields in order; null for a record that is not valid JSON, as some versions of Ruby write them. */
  values: Values | null;
  loose: ReadonlySet<Loose>;
}

/** A part of the text of a dump. */
export interface Piece {
  /** Latin1; see `texts.ts`. */
  text: string;
  /** The text between this piece and the next one: a newline, or less. */
  end: string;
  /**
   * `record`: must be read completely. `noise`: a line of another program, to be counted as one foreign line. `gap`:
   * may be counted or not, but is not a record, such as a prefix or a NUL. `damaged`: the rest of a record, which may
   * be read, but must not be lost without being counted. `second`: a record of a second dump, which is ignored.
   */
  kind: 'record' | 'noise' | 'gap' | 'damaged' | 'second';
  /** For a `record`; null for all others. */
  record: SoundRecord | null;
}

/** The form in which the text of the dump is wrapped; see `wrapping.ts`. */
export type Wrapping = 'none' | 'utf16le' | 'utf16be' | 'docker' | 'cri' | 'literal';

/** A dump before it becomes bytes. Mutations change it, and it records what a reader must find in the result. */
export interface Draft {
  pieces: Piece[];
  wrapping: Wrapping;
}

/** A record with the given fields, as Ruby would write it. */
export function soundRecord(values: Values): SoundRecord {
  const clean = recordText(values);
  return { clean, fields: slowFields(clean), values, loose: new Set() };
}

/** A record with other fields. `changes`: the fields that the slow reader would read differently. */
export function rewrittenRecord(
  record: SoundRecord,
  values: Values,
  changes: Partial<OracleFields>,
): SoundRecord {
  // A record with impossible values would confuse the slow reader.
  if (record.loose.size === 0) return soundRecord(values);
  return { ...record, clean: recordText(values), values, fields: { ...record.fields, ...changes } };
}

/** The fields of one record as the slow reader reads them. Throws if it finds no record. */
export function slowFields(clean: string): OracleFields {
  const [record] = readRecords(bytesOf(`${clean}\n`)).records;
  if (record === undefined) throw new Error(`the slow reader reads no record in ${clean.slice(0, 200)}`);
  return record.fields;
}

export function recordPiece(record: SoundRecord): Piece {
  return { text: record.clean, end: '\n', kind: 'record', record };
}

/** A piece that is not a record. */
export function nonRecordPiece(kind: Exclude<Piece['kind'], 'record'>, text: string, end = '\n'): Piece {
  return { text, end, kind, record: null };
}

/** The records that can be written again. */
export function plainPieces({ pieces }: Draft): (Piece & { record: SoundRecord & { values: Values } })[] {
  return pieces.filter(
    (piece): piece is Piece & { record: SoundRecord & { values: Values } } =>
      piece.record !== null && piece.record.values !== null,
  );
}

/** The text of the dump, latin1. */
export function textOfDraft({ pieces }: Draft): string {
  return pieces.map(({ text, end }) => text + end).join('');
}

/**
 * Determines what must be read of each piece, after all mutations. A record that cannot be distinguished from the
 * damage before it counts as damaged, too, and a line that shares its line with something else need not be counted.
 */
export function settled(draft: Draft): Draft {
  let behindDamage = false;
  let sameLine = false;
  const pieces = draft.pieces.map(piece => {
    if (piece.text + piece.end === '') return piece;
    const result = settledPiece(piece, behindDamage, sameLine);
    // Damage extends over pieces that are not records, up to a record that stands out.
    if (result.kind !== 'gap' && result.kind !== 'noise') behindDamage = result.kind === 'damaged';
    sameLine = !(piece.text + piece.end).endsWith('\n');
    return result;
  });
  return { ...draft, pieces };
}

function settledPiece(piece: Piece, behindDamage: boolean, sameLine: boolean): Piece {
  if (piece.kind === 'record') {
    return behindDamage && !standsOut(piece, sameLine) ? { ...piece, kind: 'damaged', record: null } : piece;
  }
  const alone = !behindDamage && !sameLine && piece.end.endsWith('\n');
  return piece.kind === 'noise' && !alone ? { ...piece, kind: 'gap' } : piece;
}

/** Whether a record is recognizable even after a piece that may end within a text. */
function standsOut({ text }: Piece, sameLine: boolean): boolean {
  if (text.search(RECORD_START) === 0) return true;
  return !sameLine && !text.includes('\n') && text.startsWith('{');
}
