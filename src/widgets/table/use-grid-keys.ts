import type { KeyboardEvent } from 'react';

/** Keyboard handling of a grid that keeps the focus itself: keys move the active row and open it. */
export function useGridKeys({
  rows,
  pageRows,
  active,
  onMove,
  onOpen,
}: {
  rows: number;
  /** Number of rows that Page Up and Page Down move by. */
  pageRows: number;
  active: number;
  onMove: (position: number) => void;
  onOpen: (position: number) => void;
}): (event: KeyboardEvent<HTMLElement>) => void {
  return event => {
    // The header's buttons handle their own keys.
    if (event.target !== event.currentTarget || rows === 0) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const target = targetOf(event.key, active, rows, pageRows);
    if (target === null) return;
    event.preventDefault();
    onMove(Math.min(rows - 1, Math.max(0, target)));
  };
}

function targetOf(key: string, active: number, rows: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + pageRows;
    case 'PageUp':
      return active - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}
