import type { HeapPages, PageTally, PinRow } from '../../../workers/protocol/pages.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatShare, shareOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './PagesView.module.css';

interface Row extends PageTally {
  name: string;
  movablePages: number;
  pinnedPages: number;
}

/** The pages by slot size, and which pinned objects keep pages from being freed. */
export function PageTables({ pages }: { pages: HeapPages }) {
  const sum = (key: 'movablePages' | 'pinnedPages') => pages.sizes.reduce((all, row) => all + row[key], 0);
  const rows: Row[] = [
    ...pages.sizes.map(row => ({ ...row, name: formatBytes(row.slotBytes) })),
    { ...pages.all, name: 'all', movablePages: sum('movablePages'), pinnedPages: sum('pinnedPages') },
  ];
  const count = (id: string, header: string, of: (row: Row) => number, width = '76px') => ({
    id,
    header,
    align: 'end' as const,
    width,
    cell: (row: Row) => formatCount(of(row)),
    text: (row: Row) => String(of(row)),
  });
  return (
    <div className={styles.tables}>
      <PlainTable
        label="Pages by slot size"
        rows={rows}
        rowKey={row => row.name}
        columns={[
          { id: 'slot', header: 'Slot size', width: '', cell: row => row.name, text: row => row.name },
          count('pages', 'Pages', row => row.pages),
          count('slots', 'Slots', row => row.slots),
          count('live', 'Objects', row => row.live),
          count('old', 'Old', row => row.old),
          count('pinned', 'Pinned', row => row.pinned),
          count('free', 'Free', row => row.free),
          {
            id: 'full',
            header: 'Full',
            align: 'end',
            width: '76px',
            cell: row => formatShare(shareOf(row.live, row.slots)),
            text: row => String(shareOf(row.live, row.slots)),
            share: row => shareOf(row.live, row.slots),
          },
          count('empty', 'Empty', row => row.emptyPages),
          count('movable', 'Can empty', row => row.movablePages, '92px'),
          count('kept', 'Pins keep', row => row.pinnedPages, '92px'),
        ]}
      />
      <p className={styles.note}>
        Empty: pages without an object. Can empty: pages that would have none if those of one slot size moved
        together and pinned ones stayed; empty pages are among them. Pins keep: pages that could be emptied
        besides if nothing were pinned. {PINS[pages.pins]} Garbage that was not collected yet also takes
        slots.
        {pages.misplaced > 0 &&
          ` ${formatCount(pages.misplaced)} objects lie where no slot of their page begins, and are not on the map.`}
      </p>
      {pages.holders.length > 0 && <Holders rows={pages.holders} areFlagged={pages.pins === 'flagged'} />}
    </div>
  );
}

const PINS: Readonly<Record<HeapPages['pins'], string>> = {
  flagged: 'The dump says which objects are pinned, as of the last compaction.',
  assumed:
    'The dump marks no object as pinned, because Ruby marks them only during compaction. Objects found by the conservative scan of the stack are counted as pinned, and there may be more. Run GC.compact before the dump to know.',
  none: 'The dump marks no object as pinned, because Ruby marks them only during compaction. So this is the most that could be emptied. Run GC.compact before the dump to know.',
};

function Holders({ rows, areFlagged }: { rows: readonly PinRow[]; areFlagged: boolean }) {
  const drillInto = useApp(state => state.drillInto);
  return (
    <>
      <h3 className={styles.heading}>Pinned objects that keep pages</h3>
      <PlainTable
        label="Pinned objects that keep pages"
        rows={rows}
        rowKey={row => row.label}
        columns={[
          {
            id: 'class',
            header: 'Class',
            width: '',
            cell: row =>
              areFlagged ? (
                <Button
                  look="link"
                  onClick={() =>
                    drillInto(
                      chipFor({
                        kind: 'and',
                        sets: [
                          { kind: 'group', key: 'class', label: row.label },
                          { kind: 'filter', text: 'is:pinned' },
                        ],
                      }),
                      'objects',
                    )
                  }
                >
                  <Name text={row.label} />
                </Button>
              ) : (
                <Name text={row.label} />
              ),
            text: row => row.label,
          },
          {
            id: 'objects',
            header: 'Pinned objects',
            align: 'end',
            width: '140px',
            cell: row => formatCount(row.objects),
            text: row => String(row.objects),
          },
          {
            id: 'pages',
            header: 'On pages',
            align: 'end',
            width: '120px',
            cell: row => formatCount(row.pages),
            text: row => String(row.pages),
          },
        ]}
      />
    </>
  );
}
