import { type RefObject, useEffect, useState } from 'react';

/** Average width of a character of a name at 13 px, rounded up. */
const CHARACTER_PX = 7.2;

/** Padding of a cell, left and right together. */
const CELL_PADDING_PX = 16;

/** Assumed for cells whose width is not measured. */
export const FITTING_CHARS_UNMEASURED = 60;

/** Approximate number of characters that fit into the cells of each column of a grid, measured at its header. */
export function useFittingChars(grid: RefObject<HTMLElement | null>, columns: number): readonly number[] {
  const [fitting, setFitting] = useState<readonly number[]>([]);
  useEffect(() => {
    const element = grid.current;
    if (element === null || columns === 0) return;
    const measure = () => {
      const headers = [...element.querySelectorAll<HTMLElement>('[role="columnheader"]')];
      const next = headers.map(header =>
        Math.max(8, Math.floor((header.clientWidth - CELL_PADDING_PX) / CHARACTER_PX)),
      );
      setFitting(before => (before.join() === next.join() ? before : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid, columns]);
  return fitting;
}
