import type { ByteSource } from '../files/byte-source.ts';
import { asText } from '../files/layers/record-marks.ts';
import { type OnSearched, type UndoneLayer, unwrap } from '../files/layers/unwrap.ts';
import { closeText, type OpenedText } from '../files/opened-text.ts';
import { withThousands } from '../protocol/digits.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { ImportReport } from '../protocol/import-report.ts';
import { firstPart, laterPart } from '../protocol/split-names.ts';
import { binaryKind } from './binary-kinds.ts';
import type { Importer, ImportResult } from './importer.ts';
import { isBinary, looksLike } from './looks-like.ts';
import { rubyImporter } from './ruby/ruby-importer.ts';
import { ADDRESS_LOST } from './ruby/slow/slow-reader.ts';
import { TAKE_A_DUMP } from './take-a-dump.ts';

/** All formats, in the order in which they are tried. */
export const IMPORTERS: readonly Importer[] = [rubyImporter];

/** The importer with this id. */
export function importerOf(id: string, importers: readonly Importer[]): Importer {
  const importer = importers.find(each => each.id === id);
  if (importer === undefined) throw new Error(`no importer ${id}`);
  return importer;
}

/** A file that is about to be imported. */
export interface Chosen {
  importer: Importer;
  /** The text without the layers around it. */
  source: ByteSource;
  text: OpenedText;
  /** The layers around it; complete only after the whole text was read. */
  layers(): UndoneLayer[];
}

/**
 * Begins to read a file, and chooses the importer for it. Reads until a record appears: only a file without any
 * record, or with the first bytes of a binary format, is refused, with a `ProblemError` that says what it is.
 */
export async function chooseImporter(
  stored: ByteSource,
  onSearched: OnSearched,
  importers: readonly Importer[] = IMPORTERS,
): Promise<Chosen> {
  const { source, text, head, piece, searchedBytes, layers } = await unwrap(
    stored,
    (head, isInTar) => refuseBinary(head, isInTar, stored.name),
    onSearched,
    head => importers.some(each => each.sniff(head)),
  );
  const importer = importers.find(each => each.sniff(piece));
  if (text !== null && importer !== undefined) {
    const lone = isRecordAt(head) ? null : singlePartProblem(stored.name);
    if (lone === null) return { importer, source, text, layers };
    await closeText(text);
    throw lone;
  }
  const damage = stored.findings.damage ?? source.findings.damage;
  if (layers().some(({ layer }) => layer.kind === 'tar')) {
    throw notADump(stored.name, 'a tar archive without a heap dump', UNPACK_TAR);
  }
  if (head.length === 0) throw damage === null ? emptyFile(stored) : damagedGzip(stored.name, damage);
  throw nothingFound(stored.name, head, searchedBytes, damage);
}

/** Throws if the first bytes are certainly not text. */
function refuseBinary(head: Uint8Array, isInTar: boolean, name: string): void {
  const kind = binaryKind(head);
  if (kind === null) return;
  if (isInTar) throw notADump(name, 'a tar archive without a heap dump', UNPACK_TAR);
  throw notADump(name, kind.what, kind.advice);
}

const UNPACK_TAR =
  'Unpack it (tar xf FILE) and drop the dump in it, if there is one; plain and gzip dumps in a tar archive can be dropped as they are.';

function emptyFile(stored: ByteSource): ProblemError {
  return new ProblemError({
    code: 'empty-file',
    file: stored.name,
    message: stored.compressed ? 'There is nothing in the gzip file.' : 'The file is empty.',
    advice:
      'A dump is empty when its process ended before it was written, or the disk was full. Take it again, closing the file: File.open("heap.json", "wb") { |f| ObjectSpace.dump_all(output: f) }',
  });
}

function damagedGzip(file: string, damage: string): ProblemError {
  return new ProblemError({
    code: 'damaged-gzip',
    file,
    message: damage,
    advice: 'There is no text before that. Copy or take the dump again; gzip -t tests a file.',
  });
}

/** The error for a text without a record. */
function nothingFound(
  name: string,
  head: Uint8Array,
  searchedBytes: number,
  damage: string | null,
): ProblemError {
  const lone = isBinary(head) ? singlePartProblem(name) : null;
  if (lone !== null) return lone;
  const { what, advice } = looksLike(head, name);
  const searched = `No record of a heap dump was found in ${withThousands(searchedBytes)} bytes of text.`;
  return notADump(name, what, damage === null ? `${searched} ${advice}` : `${searched} ${damage} ${advice}`);
}

/** The error for a text that seemed to have records, none of which could be read. */
export function nothingRead(file: string, { report, textBytes }: ImportResult): ProblemError {
  const [first] = [...report.skipped, ...report.foreign];
  const where =
    first === undefined ? '' : ` The first is in line ${withThousands(first.line)}: ${first.reason}.`;
  const take =
    first?.reason === ADDRESS_LOST
      ? `Addresses have to be as Ruby writes them, such as "0x7f2a40000008". ${TAKE_A_DUMP}`
      : TAKE_A_DUMP;
  return new ProblemError({
    code: 'not-a-dump',
    file,
    message: `None of the records in ${withThousands(textBytes)} bytes of text could be read.${where}`,
    advice: report.damage === null ? take : `${report.damage} Copy or take the dump again.`,
  });
}

function notADump(file: string, what: string, advice: string): ProblemError {
  return new ProblemError({
    code: 'not-a-dump',
    file,
    message: `This isn't a Ruby heap dump. It looks like ${what}.`,
    advice,
    looksLike: what,
  });
}

/** The warning for the first part of a split dump that was opened alone; null for any other file. */
export function partsMissing(name: string, { truncated, damage }: ImportReport): string | null {
  const part = firstPart(name);
  if (part === null) return null;
  if (!truncated && damage === null && !name.toLowerCase().includes('part')) return null;
  const sentence = `By its name this is the first part (${part}) of a split dump: the following parts are missing.`;
  return damage === null ? sentence : `${sentence} ${damage}`;
}

/** Whether a text begins with a record rather than in the middle of one. */
function isRecordAt(head: Uint8Array): boolean {
  return /^\s*[[{]/.test(asText(head.subarray(0, 64)));
}

/** The error for a file that is named like a later part of a split dump; null for other files. */
function singlePartProblem(file: string): ProblemError | null {
  const part = laterPart(file);
  if (part === null) return null;
  return new ProblemError({
    code: 'not-a-dump',
    file,
    message: `This is part ${part} of a split dump.`,
    advice: 'Drop all parts together: they are joined in the order of their names.',
    looksLike: `part ${part} of a split dump`,
  });
}
