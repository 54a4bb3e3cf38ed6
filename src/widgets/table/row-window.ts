import { useEffect, useRef, useState } from 'react';
import { SUPERSEDED } from '../../../workers/protocol/errors.ts';
import type { Window } from '../../../workers/protocol/rows.ts';

/** Rows that are fetched as they scroll into view. A new key means other rows, or another order. */
export interface RowSource<Row> {
  key: string;
  /** All rows, if they are already available: they are shown at once, and may change while the key stays. */
  rows?: readonly Row[];
  fetch: (offset: number, limit: number) => Promise<Window<Row>>;
}

/** Rows fetched per request. */
const PAGE_ROWS = 200;

/** While the user drags the scroll bar, pages that are passed quickly are not requested. */
const SCROLL_SETTLE_MS = 50;

interface Loaded<Row> {
  key: string | null;
  total: number;
  pages: ReadonlyMap<number, readonly Row[]>;
  error: Error | null;
}

export interface RowWindow<Row> {
  /** Number of rows of the whole list; of the previous list until the first page of a new one arrives. */
  total: number;
  /** The row at a position, or null until it arrives. */
  rowAt: (position: number) => Row | null;
  error: Error | null;
  /** Whether any answer has arrived. */
  ready: boolean;
}

/** Loads the pages with the rows `first` … `last` of a source, and keeps those that were loaded before. */
export function useRowWindow<Row>(source: RowSource<Row>, first: number, last: number): RowWindow<Row> {
  const [loaded, setLoaded] = useState<Loaded<Row>>({ key: null, total: 0, pages: new Map(), error: null });
  const asked = useRef({ key: '', pages: new Set<number>() });

  const latestFetch = useRef(source.fetch);
  useEffect(() => {
    latestFetch.current = source.fetch;
  });

  const { key, rows: given } = source;
  const areGiven = given !== undefined;
  const firstPage = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const lastPage = Math.floor(Math.max(0, last) / PAGE_ROWS);

  useEffect(() => {
    if (areGiven) return;
    const isNew = asked.current.key !== key;
    if (isNew) asked.current = { key, pages: new Set() };
    const askPages = () => {
      const from = isNew ? 0 : firstPage;
      const to = isNew ? 0 : lastPage;
      for (let page = from; page <= to; page++) {
        if (asked.current.pages.has(page)) continue;
        asked.current.pages.add(page);
        latestFetch.current(page * PAGE_ROWS, PAGE_ROWS).then(
          ({ total, rows }) => {
            if (asked.current.key !== key) return;
            setLoaded(before => ({
              key,
              total,
              pages: new Map(before.key === key ? before.pages : []).set(page, rows),
              error: null,
            }));
          },
          (reason: unknown) => {
            if (asked.current.key !== key) return;
            asked.current.pages.delete(page);
            const error = reason instanceof Error ? reason : new Error(String(reason));
            if (error.name !== SUPERSEDED) setLoaded(before => ({ ...before, error }));
          },
        );
      }
    };
    if (isNew) {
      askPages();
      return;
    }
    const timer = setTimeout(askPages, SCROLL_SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key, areGiven, firstPage, lastPage]);

  if (given !== undefined) {
    return { total: given.length, rowAt: position => given[position] ?? null, error: null, ready: true };
  }
  return {
    total: loaded.total,
    rowAt: position => loaded.pages.get(Math.floor(position / PAGE_ROWS))?.[position % PAGE_ROWS] ?? null,
    error: loaded.error,
    ready: loaded.key !== null,
  };
}

/** A source of rows that are already available. */
export function sourceOfRows<Row>(key: string, rows: readonly Row[]): RowSource<Row> {
  return {
    key,
    rows,
    fetch: (offset, limit) =>
      Promise.resolve({ total: rows.length, offset, rows: rows.slice(offset, offset + limit) }),
  };
}
