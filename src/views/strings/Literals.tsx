import { type ReactNode, useMemo } from 'react';
import type { LiteralFile } from '../../../workers/protocol/strings.ts';
import { shareOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Bytes, Count } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { sourceOfRows } from '../../widgets/table/row-window.ts';
import { FilePath } from '../shared/FilePath.tsx';
import { FramedTable } from './FramedTable.tsx';

/** Files by what frozen string literals would save in them. */
export function Literals({ files, figures }: { files: readonly LiteralFile[]; figures: ReactNode }) {
  const narrow = useApp(state => state.narrow);
  const navigate = useApp(state => state.navigate);
  const heapBytes = useActiveSnapshot()?.shallowBytes ?? 0;
  const columns = useMemo(() => literalColumns(heapBytes), [heapBytes]);
  const source = useMemo(() => sourceOfRows(files.map(({ file }) => file).join('\n'), [...files]), [files]);
  return (
    <FramedTable
      figures={figures}
      label="Files by what frozen literals would save"
      columns={columns}
      source={source}
      onOpen={({ file }) => {
        narrow(chipFor({ kind: 'group', key: 'file', label: file }));
        navigate(defaultView('strings'));
      }}
      empty={<p>No line allocated the same text twice, as far as allocations were traced.</p>}
    />
  );
}

function literalColumns(heapBytes: number): Column<LiteralFile>[] {
  return [
    {
      id: 'file',
      header: 'File',
      term: 'file',
      width: 'minmax(200px, 1fr)',
      cell: (row, fittingChars) => <FilePath text={row.file} maxLength={fittingChars} />,
      text: row => row.file,
    },
    {
      id: 'texts',
      header: 'Texts',
      align: 'end',
      width: '84px',
      cell: row => <Count value={row.groups} />,
      text: row => String(row.groups),
    },
    {
      id: 'copies',
      header: 'Copies',
      term: 'copies',
      align: 'end',
      width: '84px',
      cell: row => <Count value={row.copies} />,
      text: row => String(row.copies),
    },
    {
      id: 'saved',
      header: 'Saved at most',
      term: 'frozenLiterals',
      align: 'end',
      width: '128px',
      cell: row => <Bytes value={row.savedBytes} />,
      share: row => shareOf(row.savedBytes, heapBytes),
      text: row => String(row.savedBytes),
    },
  ];
}
