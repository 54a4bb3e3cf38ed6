import { readOracleDump } from '../../oracle-ruby-dump.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  type DumpFigures,
  differences,
  figuresOfOracle,
  figuresOfSnapshot,
  type ReadSnapshot,
} from '../../snapshot-columns.ts';
import type { Draft } from '../draft.ts';
import type { Failures } from '../failure.ts';
import { bytesOf } from '../texts.ts';
import { cleanText } from './expected.ts';

/** Figures that say the same whatever stands between records and however these are laid out. */
const FIGURES: readonly (keyof DumpFigures)[] = [
  'objects',
  'roots',
  'freeSlots',
  'shapes',
  'danglingReferences',
  'duplicateAddresses',
];

/** Wants a dump of sound records alone to be, number for number, what the slow reader makes of it. */
export function checkOracle(read: ReadSnapshot, draft: Draft, failures: Failures): void {
  const oracle = readOracleDump(bytesOf(cleanText(draft)));
  const [ours, theirs] = [figuresOfSnapshot(read), figuresOfOracle(oracle)];
  const hasSecond = draft.pieces.some(({ kind }) => kind === 'second');
  for (const figure of FIGURES) {
    // The slow reader is not given the second dump, whose addresses are duplicates.
    if (figure === 'duplicateAddresses' && hasSecond) continue;
    failures.equal('oracle', figure, ours[figure], theirs[figure]);
  }
  const [first] = differences(columnsOfSnapshot(read), columnsOfOracle(oracle));
  if (first !== undefined) failures.add('oracle', first);
}
