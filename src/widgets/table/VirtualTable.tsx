// biome-ignore-all lint/a11y/useSemanticElements: rows placed by transform need display values that take the meaning of table elements away; the roles say it.
// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is grid or treegrid.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the same.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, whose aria-activedescendant is the row, and on the header buttons.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '../../format/counts.ts';
import { classNames } from '../class-names.ts';
import { CellShare } from '../figures.tsx';
import type { Column, Sorting } from './columns.ts';
import { type RowSource, useRowWindow } from './row-window.ts';
import { TableHeader } from './TableHeader.tsx';
import { FITTING_CHARS_UNMEASURED, useFittingChars } from './use-fitting-chars.ts';
import { useGridKeys } from './use-grid-keys.ts';
import styles from './VirtualTable.module.css';

const ROW_HEIGHT_PX = 24;
const HEADER_HEIGHT_PX = 28;

/**
 * Browsers position elements exactly only up to about 16.7 million pixels (2^24, single-precision floats), and Firefox
 * draws no element taller than 17.8 million. A note says that there are more rows.
 */
const MAX_ROWS = 600_000;

export interface VirtualTableProps<Row> {
  /** The accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  source: RowSource<Row>;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** Called by click and by Enter. */
  onOpen?: (row: Row) => void;
  /** Called on Space: picks or unpicks the active row. */
  onPick?: (row: Row) => void;
  isSelected?: (row: Row) => boolean;
  /** Called with the visible rows that are loaded. */
  onVisible?: (rows: readonly Row[]) => void;
  /** Makes the rows a tree: their levels, and how to open and close them. */
  tree?: TreeOfRows<Row>;
  /** Shown instead of rows if there are none. */
  empty: ReactNode;
}

/** The tree structure of rows. */
export interface TreeOfRows<Row> {
  /** Starts at 1. */
  levelOf: (row: Row) => number;
  /** Whether the row's children are shown; null if it has none. */
  isOpen: (row: Row) => boolean | null;
  toggle: (row: Row) => void;
}

/**
 * A table of any length: only visible rows are in the page, and rows are fetched as they scroll into view. It is a
 * single tab stop; the arrow, Home, End and Page keys move the active row, Enter opens it.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, source, sorting, onSort, onOpen, onPick, isSelected, onVisible, tree, empty } =
    props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const { total, rowAt, error, ready } = useRowWindow(source, sight.first, sight.last);
  const shownRows = Math.min(total, MAX_ROWS);

  const virtualizer = useVirtualizer({
    count: shownRows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 8,
    // The header is inside the scrolling element and covers the top of the visible part.
    scrollMargin: HEADER_HEIGHT_PX,
    scrollPaddingStart: HEADER_HEIGHT_PX,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => setSight({ first, last }), [first, last]);

  // For other rows, or another order, scroll to the top.
  const { key } = source;
  const shownKey = useRef(key);
  useEffect(() => {
    if (shownKey.current === key) return;
    shownKey.current = key;
    setActive(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [key]);

  const visible = items.map(item => rowAt(item.index)).filter(row => row !== null);
  const visibleKey = `${key} ${first} ${last} ${visible.length}`;
  const latestVisible = useRef({ onVisible, visible });
  useEffect(() => {
    latestVisible.current = { onVisible, visible };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the visible rows change, which the key represents, or other rows are given.
  useEffect(
    () => latestVisible.current.onVisible?.(latestVisible.current.visible),
    [visibleKey, source.rows],
  );

  const onKeyDown = useGridKeys({
    rows: shownRows,
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT_PX) - 2),
    active,
    onMove: position => {
      setActive(position);
      virtualizer.scrollToIndex(position);
    },
    onOpen: position => {
      const row = rowAt(position);
      if (row !== null) onOpen?.(row);
    },
  });

  const fittingChars = useFittingChars(scroller, columns.length);
  const tracks = columns.map(column => column.width).join(' ');
  const rowId = (position: number) => `${gridId}-row-${position}`;
  const activeIsThere = items.some(item => item.index === active);

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role={tree === undefined ? 'grid' : 'treegrid'}
        aria-label={label}
        aria-rowcount={ready ? total + 1 : -1}
        aria-colcount={columns.length}
        aria-activedescendant={activeIsThere ? rowId(active) : undefined}
        tabIndex={0}
        className={styles.grid}
        style={{ '--tracks': tracks }}
        onKeyDown={event => {
          const row = rowAt(active);
          const opens = { ArrowRight: false, ArrowLeft: true }[event.key];
          if (row !== null && opens !== undefined && tree?.isOpen(row) === opens) {
            event.preventDefault();
            tree.toggle(row);
          } else if (row !== null && event.key === ' ' && event.target === event.currentTarget && onPick) {
            event.preventDefault();
            onPick(row);
          } else onKeyDown(event);
        }}
      >
        <TableHeader columns={columns} sorting={sorting} onSort={onSort} />
        <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(item => {
            const row = rowAt(item.index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for its active row.
              <div
                key={item.index}
                id={rowId(item.index)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-level={row === null ? undefined : tree?.levelOf(row)}
                aria-expanded={row === null ? undefined : (tree?.isOpen(row) ?? undefined)}
                aria-selected={row !== null && (isSelected?.(row) ?? false)}
                className={classNames(
                  styles.row,
                  item.index === active && styles.active,
                  onOpen !== undefined && styles.opens,
                )}
                style={{ transform: `translateY(${item.start - HEADER_HEIGHT_PX}px)` }}
                onClick={() => {
                  setActive(item.index);
                  if (row !== null) onOpen?.(row);
                }}
              >
                {columns.map((column, at) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    className={classNames(styles.cell, column.align === 'end' && styles.end)}
                  >
                    {row !== null && column.share !== undefined ? (
                      <CellShare share={column.share(row)} />
                    ) : null}
                    {row === null ? (
                      <span className={styles.awaited} />
                    ) : (
                      column.cell(row, fittingChars[at] ?? FITTING_CHARS_UNMEASURED)
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {error === null ? null : (
        <p role="alert" className={styles.note}>
          These rows could not be read: {error.message}
        </p>
      )}
      {ready && total === 0 ? <div className={styles.empty}>{empty}</div> : null}
      {total > MAX_ROWS ? (
        <p className={styles.note}>
          The first {formatCount(MAX_ROWS)} of {formatCount(total)} rows. Sort or filter to see others.
        </p>
      ) : null}
    </div>
  );
}
