import type { Overview } from '../../../protocol/overview.ts';
import type { ObjectRow } from '../../../protocol/rows.ts';
import { columnsOfSnapshot, figuresOfSnapshot, type ReadSnapshot } from '../../snapshot-columns.ts';
import type { Failures } from '../failure.ts';

/**
 * Checks that what a session shows of a dump equals the result of reading it in another way and in other slices. `rows`
 * must contain all objects.
 */
export function checkSlices(
  overview: Overview,
  rows: readonly ObjectRow[],
  read: ReadSnapshot,
  failures: Failures,
): void {
  const { objects, freeSlots, shapes, danglingReferences, duplicateAddresses, roots } = overview;
  const figures = figuresOfSnapshot(read);
  failures.equal(
    'slices',
    'figures',
    { objects, freeSlots, shapes, danglingReferences, duplicateAddresses },
    {
      objects: figures.objects,
      freeSlots: figures.freeSlots,
      shapes: figures.shapes,
      danglingReferences: figures.danglingReferences,
      duplicateAddresses: figures.duplicateAddresses,
    },
  );
  const retainedOf = ({ name, retainedBytes }: { name: string; retainedBytes: number }) =>
    `${name} ${retainedBytes}`;
  failures.equal('slices', 'roots', roots.map(retainedOf).sort(), figures.roots.map(retainedOf).sort());
  failures.equal('slices', 'import report', overview.import, read.snapshot.facts.import);
  const shown = new Map(rows.map(row => [row.index, row]));
  for (const [index, theirs] of columnsOfSnapshot(read).entries()) {
    const row = shown.get(index);
    failures.equal('slices', `row of ${theirs.address}`, row && rowOf(row), rowOf(theirs));
  }
}

/** The values that both a row and the columns contain. */
function rowOf(object: {
  address: string;
  label: string;
  type: string;
  shallowBytes: number;
  retainedBytes: number;
  generation: number | null;
}): unknown[] {
  const { address, label, type, shallowBytes, retainedBytes, generation } = object;
  return [address, label, type, shallowBytes, retainedBytes, generation];
}
