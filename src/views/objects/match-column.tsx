import type { MatchedObject } from '../../../workers/protocol/comparison.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import type { Column } from '../../widgets/table/columns.ts';
import { matchText } from '../shared/match-text.ts';

/**
 * Whether the previous dump contains the object, and how it was matched; in the first dump of a series, whether the
 * next one does.
 */
export function matchColumn(matches: ReadonlyMap<ObjectIndex, MatchedObject>): Column<ObjectRow> {
  const isFirst = matches.values().next().value?.before === null;
  const text = (row: ObjectRow) => {
    const match = matches.get(row.index);
    return match === undefined ? '' : matchText(match, isFirst ? 'after' : 'before');
  };
  return {
    id: 'match',
    header: isFirst ? 'Next dump' : 'Previous dump',
    term: 'byAddressOnly',
    width: '132px',
    cell: text,
    text,
  };
}
