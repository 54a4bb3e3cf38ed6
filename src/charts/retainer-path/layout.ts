import type { PathRow } from './fold-path.ts';

/** Height of the root's box and of a step's box, and of the line above a step that its edge's name stands on. */
export const ROOT_PX = 28;
export const STEP_PX = 26;
export const FOLD_PX = 26;
export const EDGE_PX = 20;
/** Where the line runs. */
export const LINE_X_PX = 11;

/** Where the rows of a path lie, from the top. */
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
