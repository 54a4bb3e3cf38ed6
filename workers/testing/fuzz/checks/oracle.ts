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

/** Figures that do not depend on text between records or on the layout of records. */
const FIGURES: readonly (keyof DumpFigures)[] = [
  'objects',
  'roots',
  'freeSlots',
  'shapes',
  'danglingReferences',
  'duplicateAddresses',
];

/** Checks that a dump with only sound records has exactly the numbers of the slow reader. */
export function checkOracle(read: ReadSnapshot, draft: Draft, failures: Failures): void {
  const oracle = readOracleDump(bytesOf(cleanText(draft)));
  const [ours, theirs] = [figuresOfSnapshot(read), figuresOfOracle(oracle)];
  const hasSecond = draft.pieces.some(({ kind }) => kind === 'second');
  for (const figure of FIGURES) {
    // The slow reader does not get the second dump, whose addresses are duplicates.
    if (figure === 'duplicateAddresses' && hasSecond) continue;
    failures.equal('oracle', figure, ours[figure], theirs[figure]);
  }
  const [first] = differences(columnsOfSnapshot(read), columnsOfOracle(oracle));
  if (first !== undefined) failures.add('oracle', first);
}
