// biome-ignore-all lint/a11y/useSemanticElements: rows placed by transform need display values that take the meaning of table elements away; the roles say it.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, whose aria-activedescendant is the row, and on the header buttons.
import { ArrowDown, ArrowUp } from 'lucide-react';
import { GLOSSARY } from '../../glossary.ts';
import { classNames } from '../class-names.ts';
import { Tooltip } from '../Tooltip.tsx';
import type { Column, Sorting } from './columns.ts';
import styles from './VirtualTable.module.css';

/** The header row: a button for each column that can be sorted or has a definition. */
export function TableHeader<Row>({
  columns,
  sorting,
  onSort,
}: {
  columns: readonly Column<Row>[];
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}) {
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        {columns.map(column => {
          const isSorted = column.sort !== undefined && sorting?.key === column.sort;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}
              className={classNames(styles.headerCell, column.align === 'end' && styles.end)}
            >
              <HeaderContent column={column} sorting={isSorted ? sorting : undefined} onSort={onSort} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function HeaderContent<Row>({
  column,
  sorting,
  onSort,
}: {
  column: Column<Row>;
  /** Set if the table is sorted by this column. */
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}) {
  const { sort, term, header } = column;
  const Arrow = sorting?.descending === false ? ArrowUp : ArrowDown;
  const content = (
    <>
      <span className={styles.headerText}>{header}</span>
      {sorting === undefined ? null : <Arrow size={12} aria-hidden className={styles.arrow ?? ''} />}
    </>
  );
  const canSort = sort !== undefined && onSort !== undefined;
  if (!canSort && term === undefined) return content;
  const button = (
    <button
      type="button"
      className={classNames(styles.headerButton, !canSort && styles.headerDefined)}
      onClick={() => {
        if (!canSort) return;
        // By default, figures sort largest first, names from A.
        onSort({
          key: sort,
          descending: sorting === undefined ? column.align === 'end' : !sorting.descending,
        });
      }}
    >
      {content}
    </button>
  );
  return term === undefined ? button : <Tooltip text={GLOSSARY[term].text}>{button}</Tooltip>;
}
