import { useEffect, useMemo, useRef, useState } from 'react';
import { type RowSource, sourceOfRows } from './row-window.ts';
import type { TreeOfRows } from './VirtualTable.tsx';

/** A row of the loaded part of a tree. */
export interface TreeRow<Row> {
  /** Unique id. */
  id: string;
  row: Row;
  /** The row's ancestors, outermost first. */
  above: readonly Row[];
}

/** How children of rows are loaded when a row is opened. */
interface TreeOptions<Row> {
  /** Another key means another tree. */
  key: string;
  /** The children of the last row of a path; for an empty path, the top-level rows. */
  load: (path: readonly Row[]) => Promise<readonly Row[]>;
  /** Distinguishes a row from its siblings. */
  nameOf: (row: Row) => string;
  /** Whether a row has children. */
  opens: (row: Row, above: readonly Row[]) => boolean;
}

interface Loaded<Row> {
  key: string | null;
  /** Children of each row that was opened, by its id; '' = the top level. */
  below: ReadonlyMap<string, readonly Row[]>;
  open: ReadonlySet<string>;
  error: Error | null;
}

/** A tree whose rows are expandable, as rows of a `VirtualTable`. */
export function useTreeRows<Row>(options: TreeOptions<Row>): {
  source: RowSource<TreeRow<Row>>;
  tree: TreeOfRows<TreeRow<Row>>;
  error: Error | null;
  ready: boolean;
} {
  const { key } = options;
  const [loaded, setLoaded] = useState<Loaded<Row>>(emptyTree<Row>(null));
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const load = (id: string, path: readonly Row[]) => {
    latest.current.load(path).then(
      rows => {
        if (latest.current.key !== key) return;
        // A top-level row without siblings is open initially, since it shows little by itself.
        const [only, ...siblings] = path.length === 0 ? rows : [];
        const opened =
          only !== undefined && siblings.length === 0 && latest.current.opens(only, [])
            ? idOf('', latest.current.nameOf(only))
            : null;
        setLoaded(before => {
          const tree = before.key === key ? before : emptyTree<Row>(key);
          const open = opened === null ? tree.open : new Set(tree.open).add(opened);
          return { ...tree, open, below: new Map(tree.below).set(id, rows), error: null };
        });
        if (opened !== null) load(opened, [only!]);
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (latest.current.key === key) setLoaded(before => ({ ...before, error }));
      },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key means other rows; the rest is read when asked.
  useEffect(() => load('', []), [key]);

  const isCurrent = loaded.key === key;
  const { nameOf, opens } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names and what opens follow from the rows.
  const rows = useMemo(() => flat(loaded, nameOf), [loaded]);
  return {
    source: sourceOfRows(key, rows),
    tree: {
      levelOf: ({ above }) => above.length + 1,
      isOpen: ({ id, row, above }) => (opens(row, above) ? loaded.open.has(id) : null),
      toggle({ id, row, above }) {
        if (!isCurrent || !opens(row, above)) return;
        const open = new Set(loaded.open);
        if (open.delete(id)) setLoaded({ ...loaded, open });
        else {
          setLoaded({ ...loaded, open: open.add(id) });
          if (!loaded.below.has(id)) load(id, [...above, row]);
        }
      },
    },
    error: loaded.error,
    ready: isCurrent,
  };
}

function idOf(parent: string, name: string): string {
  return `${parent}\n${name}`;
}

function emptyTree<Row>(key: string | null): Loaded<Row> {
  return { key, below: new Map(), open: new Set(), error: null };
}

/**
 * The visible rows, each before its descendants. Uses an explicit stack, since a tree can be as deep as it has nodes.
 */
function flat<Row>({ below, open }: Loaded<Row>, nameOf: (row: Row) => string): TreeRow<Row>[] {
  const rows: TreeRow<Row>[] = [];
  const stack: TreeRow<Row>[] = [];
  const push = (id: string, above: readonly Row[]) => {
    for (const row of (below.get(id) ?? []).toReversed()) {
      stack.push({ id: idOf(id, nameOf(row)), row, above });
    }
  };
  push('', []);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    rows.push(next);
    if (open.has(next.id)) push(next.id, [...next.above, next.row]);
  }
  return rows;
}
