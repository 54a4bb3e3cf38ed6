import type { ReadSnapshot } from '../../snapshot-columns.ts';
import { figuresOfSnapshot } from '../../snapshot-columns.ts';
import type { Draft, Piece } from '../draft.ts';
import type { Failures } from '../failure.ts';
import { RECORD_START } from '../texts.ts';
import type { Expected } from './expected.ts';

/**
 * Checks that nothing is lost without being counted, and nothing is counted twice. Records of roots are merged by name,
 * so their number is derived from the total number of records. For everything else, this must hold:
 *
 *     objects + duplicate addresses + free slots + shapes + skipped records + foreign lines
 *   = records + lines of other programs + what is left of damaged records
 *
 * Damaged text may count as one piece or several, such as the rest of a record and a line after it, so the sum has a
 * lower and an upper bound. Without damage, prefixes and a second dump, both bounds are equal.
 */
export function checkConservation(
  read: ReadSnapshot,
  draft: Draft,
  expected: Expected,
  failures: Failures,
): void {
  const figures = figuresOfSnapshot(read);
  const { objects, duplicateAddresses, freeSlots, shapes, skippedRecords, foreignLines } = figures;
  const kept = objects + duplicateAddresses + freeSlots + shapes;
  const bounds = draft.pieces.map(boundsOf);
  const low = expected.records + bounds.reduce((sum, bound) => sum + bound.low, 0);
  const high = expected.records + bounds.reduce((sum, bound) => sum + bound.high, 0);
  const parts = `${kept} kept + ${skippedRecords} skipped + ${foreignLines} foreign`;
  failures.between('conservation', parts, kept + skippedRecords + foreignLines, low, high);
  const second = draft.pieces.filter(({ kind }) => kind === 'second').length;
  if (expected.damaged.length === 0) {
    failures.equal('conservation', 'skipped of sound records', skippedRecords, 0);
    failures.between(
      'conservation',
      'kept of sound records',
      kept,
      expected.records,
      expected.records + second,
    );
  }
  checkCount(read, draft, kept + skippedRecords, second, failures);
}

/** The number of records read equals that of the records that were kept, skipped or counted, and the roots. */
function checkCount(
  read: ReadSnapshot,
  draft: Draft,
  others: number,
  second: number,
  failures: Failures,
): void {
  const { records } = read.snapshot.facts.import;
  const roots = draft.pieces.filter(({ record }) => record?.fields.type === 'ROOT').length;
  const damagedRoots = draft.pieces.filter(({ kind, text }) => kind === 'damaged' && /root/i.test(text));
  const possible = damagedRoots.reduce((sum, { text }) => sum + count(text, '{'), 0);
  failures.between('record count', 'records of roots', records - others, roots, roots + possible + second);
}

/** How often a piece may be counted, besides as a sound record. */
function boundsOf({ kind, text, end }: Piece): { low: number; high: number } {
  // Text between two records on one line, such as a comma, may count as a line of another program.
  const between = end === '' || end === '\n' || end === '\r\n' ? 0 : 1 + count(end, '\n');
  switch (kind) {
    case 'record':
      return { low: 0, high: between };
    case 'noise':
      return { low: 1, high: 1 + between };
    case 'gap':
    case 'second':
      return { low: 0, high: 1 + between + count(text, '\n') };
    case 'damaged': {
      const isRecord = text.search(RECORD_START) === 0 && !/root/i.test(text);
      return { low: isRecord ? 1 : 0, high: 2 + between + 2 * count(text, '{') + count(text, '\n') };
    }
  }
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
