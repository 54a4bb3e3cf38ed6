import { type ReactNode, useMemo, useState } from 'react';
import type { DuplicateSortKey } from '../../../workers/protocol/questions/sort-keys.ts';
import type { DuplicateStringRow } from '../../../workers/protocol/strings.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { useRows } from '../../session/use-rows.ts';
import { chipFor } from '../../state/chips.ts';
import type { ViewOf } from '../../state/navigation.ts';
import { copiesOf } from '../../state/set-text.ts';
import { useApp } from '../../state/use-app.ts';
import { useExcerpts } from '../objects/use-excerpts.ts';
import { duplicateColumns } from './duplicate-columns.tsx';
import { FramedTable } from './FramedTable.tsx';

/** Texts that several strings share, sorted by waste. */
export function Duplicates({
  view,
  wastedBytes,
  figures,
  onSort,
}: {
  view: ViewOf<'strings'>;
  /** For all duplicates; 0 until it is known. */
  wastedBytes: ByteCount;
  figures: ReactNode;
  onSort: (sorting: Pick<ViewOf<'strings'>, 'sort' | 'descending'>) => void;
}) {
  const { sort, descending } = view;
  const drillInto = useApp(state => state.drillInto);
  const source = useRows('duplicateStrings', { sort, descending });
  const [visible, setVisible] = useState<readonly DuplicateStringRow[]>([]);
  const objects = useMemo(() => visible.map(row => row.object), [visible]);
  const excerpts = useExcerpts(objects);
  const columns = duplicateColumns(wastedBytes, excerpts);
  if (source === null) return null;
  return (
    <FramedTable
      figures={figures}
      label="Duplicate strings"
      columns={columns}
      source={source}
      sorting={{ key: sort, descending }}
      onSort={({ key, descending: falls }) => onSort({ sort: key as DuplicateSortKey, descending: falls })}
      onOpen={row => drillInto(chipFor(copiesOf(row.object.address)), 'objects')}
      onVisible={setVisible}
      empty={<p>No two of these strings have the same text.</p>}
    />
  );
}
