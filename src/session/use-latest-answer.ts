import { startTransition, useEffect, useRef, useState } from 'react';
import { CANCELLED, SUPERSEDED } from '../../workers/protocol/errors.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import { useApp } from '../state/use-app.ts';
import { useSession } from './session.ts';

/** A question for the worker about an open file. */
export interface AnswerRequest<Data, About> {
  /** Identifies the question: equal keys mean equal answers. */
  key: string;
  /** The file that it is about. */
  file: SnapshotId;
  /** Returned with the answer: what it was about. */
  about: About;
  ask(): Promise<Data>;
}

export interface LatestAnswer<Data, About> {
  /** The latest answer. While a newer one is pending, the previous one; never one about another file. */
  data: Data | null;
  /** What {@link data} is about. */
  about: About | null;
  /** Why the latest question failed. */
  error: Error | null;
  /** Whether an answer is pending. */
  pending: boolean;
}

interface Settled<Data, About> {
  file: SnapshotId | null;
  /** Key of the question that this answers. */
  key: string | null;
  data: Data | null;
  about: About | null;
  error: Error | null;
}

/** Asks whenever the key changes, and keeps the last answer until the next one arrives. Null asks nothing. */
export function useLatestAnswer<Data, About>(
  asking: AnswerRequest<Data, About> | null,
): LatestAnswer<Data, About> {
  const { idle } = useSession();
  const setHasCancelledQueries = useApp(state => state.setHasCancelledQueries);
  const [settled, setSettled] = useState<Settled<Data, About>>({
    file: null,
    key: null,
    data: null,
    about: null,
    error: null,
  });

  // The key identifies a question; its objects may be new at every render.
  const latest = useRef(asking);
  useEffect(() => {
    latest.current = asking;
  });
  const key = asking?.key ?? null;
  const file = asking?.file ?? null;
  useEffect(() => {
    const current = latest.current;
    if (key === null || current === null) return;
    const { about } = current;
    let wanted = true;
    current.ask().then(
      data => {
        // A transition renders in slices: a view can have hundreds of elements, and the page must stay responsive.
        if (wanted) startTransition(() => setSettled({ file, key, data, about, error: null }));
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (!wanted || error.name === SUPERSEDED) return;
        if (error.name === CANCELLED) setHasCancelledQueries(true);
        setSettled({ file, key, data: null, about: null, error });
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, file, setHasCancelledQueries]);

  const pending = key !== null && settled.key !== key;
  // The page is not idle until an answer is drawn.
  useEffect(() => (pending ? idle.begin() : undefined), [pending, idle]);

  const isCurrent = settled.file === file && key !== null;
  return {
    data: isCurrent ? settled.data : null,
    about: isCurrent ? settled.about : null,
    error: isCurrent && settled.key === key ? settled.error : null,
    pending,
  };
}
