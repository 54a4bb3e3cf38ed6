import type { PathRow } from './fold-path.ts';

/** Heights of the root's box, a step's box, a fold, and the line above a step, which carries the edge's label. */
export const ROOT_PX = 28;
export const STEP_PX = 26;
export const FOLD_PX = 26;
export const EDGE_PX = 20;
/** Horizontal position of the line. */
export const LINE_X_PX = 11;

/** Vertical positions of the rows of a path. */
export interface PathLayout {
  rows: { row: PathRow; topPx: number; heightPx: number; lineTopPx: number }[];
  heightPx: number;
}

/** Stacks rows below the root, each with the line that leads to it. O(rows). */
export function layoutPath(rows: readonly PathRow[], hasRoot: boolean): PathLayout {
  let bottomPx = hasRoot ? ROOT_PX : 0;
  const placed = rows.map((row, index) => {
    const lineTopPx = bottomPx;
    const heightPx = row.kind === 'step' ? STEP_PX : FOLD_PX;
    const topPx = bottomPx + (index === 0 && !hasRoot ? 0 : EDGE_PX);
    bottomPx = topPx + heightPx;
    return { row, topPx, heightPx, lineTopPx };
  });
  return { rows: placed, heightPx: bottomPx };
}
