/** A row of a folded path. Positions are those of the whole path. */
export type PathRow =
  | { kind: 'step'; position: number }
  /** `run`: consecutive steps of one class. `gap`: the middle of a long path. Both positions are included. */
  | { kind: 'run' | 'gap'; key: string; from: number; to: number };

/** Minimum number of consecutive steps of one class that are folded. */
const MIN_RUN = 4;
/** A path of more rows than this is folded in its middle. */
const MAX_ROWS = 16;
const HEAD_ROWS = 6;
const TAIL_ROWS = 6;
/** Rows shown at a time when a fold is expanded, so that a run of 250,000 can be expanded too. */
export const REVEALED_AT_A_TIME = 20;

/**
 * Folds a path: first runs of one class, then the middle if it is still long. The first and the last step are never
 * folded, since they are the ends that the user asks about. O(length).
 *
 * @param labels class label of each step, from the root's side
 * @param revealed number of rows shown at the beginning of a fold, by the fold's key
 */
export function foldPath(labels: readonly string[], revealed: ReadonlyMap<string, number>): PathRow[] {
  const rows = foldRuns(labels);
  const shown = rows.length > MAX_ROWS ? foldMiddle(rows, revealed.get('gap') ?? 0) : rows;
  return shown.flatMap(row => (row.kind === 'run' ? openRun(row, revealed.get(row.key) ?? 0) : [row]));
}

type Fold = Exclude<PathRow, { kind: 'step' }>;

function foldRuns(labels: readonly string[]): PathRow[] {
  const rows: PathRow[] = [];
  const last = labels.length - 1;
  for (let position = 0; position <= last; ) {
    let end = position + 1;
    if (position > 0) while (end < last && labels[end] === labels[position]) end++;
    if (end - position >= MIN_RUN) {
      rows.push({ kind: 'run', key: `run ${position}`, from: position, to: end - 1 });
      position = end;
    } else {
      rows.push({ kind: 'step', position });
      position++;
    }
  }
  return rows;
}

function foldMiddle(rows: readonly PathRow[], revealedRows: number): PathRow[] {
  const head = rows.slice(0, HEAD_ROWS + revealedRows);
  const tail = rows.slice(Math.max(head.length, rows.length - TAIL_ROWS));
  const hidden = rows.slice(head.length, rows.length - tail.length);
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (!first || !last || hidden.length === 1) return [...rows];
  return [...head, { kind: 'gap', key: 'gap', from: firstOf(first), to: lastOf(last) }, ...tail];
}

function openRun(run: Fold, revealedSteps: number): PathRow[] {
  if (revealedSteps === 0) return [run];
  const to = Math.min(run.to, run.from + revealedSteps - 1);
  const steps = Array.from({ length: to - run.from + 1 }, (_, index): PathRow => {
    return { kind: 'step', position: run.from + index };
  });
  return to === run.to ? steps : [...steps, { ...run, from: to + 1 }];
}

function firstOf(row: PathRow): number {
  return row.kind === 'step' ? row.position : row.from;
}

function lastOf(row: PathRow): number {
  return row.kind === 'step' ? row.position : row.to;
}
