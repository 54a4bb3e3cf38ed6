import { startTransition, useEffect, useRef, useState } from 'react';
import { CANCELLED, SUPERSEDED } from '../../workers/protocol/errors.ts';
import type { HeapService, Scope } from '../../workers/protocol/heap-service.ts';
import { type ObjectSetSpec, objectSetKey } from '../../workers/protocol/object-set.ts';
import { useActiveSnapshot, useApp, useCurrentSet } from '../state/use-app.ts';
import { useSession } from './session.ts';

export interface HeapQueryOptions<Answer> {
  /**
   * All that the question depends on besides snapshot and set, as text. The question is asked again when it
   * changes. Null asks nothing.
   */
  key: string | null;
  ask: (service: HeapService, scope: Scope) => Promise<Answer>;
  /** A newer question of the lane ends an older one in the worker. One lane a view or part of it. */
  lane?: string;
  /** Asks about this set instead of the one that the chips stand for. */
  set?: ObjectSetSpec;
}

export interface HeapQuery<Answer> {
  /** The latest answer. While a newer one is awaited, the one before it; never one of another snapshot. */
  data: Answer | null;
  /** Why the latest question failed. */
  error: Error | null;
  /** Whether an answer is awaited. */
  pending: boolean;
}

interface Settled<Answer> {
  snapshot: number | null;
  /** The question that this is the answer to. */
  question: string | null;
  data: Answer | null;
  error: Error | null;
}

const NOTHING = { snapshot: null, question: null, data: null, error: null };

/** Asks the worker about the active snapshot, narrowed by the current set. */
export function useHeapQuery<Answer>(options: HeapQueryOptions<Answer>): HeapQuery<Answer> {
  const { service, idle } = useSession();
  const snapshot = useActiveSnapshot();
  const currentSet = useCurrentSet();
  const asked = useApp(state => state.asked);
  const setLacking = useApp(state => state.setLacking);
  const [settled, setSettled] = useState<Settled<Answer>>(NOTHING);

  const set = options.set ?? currentSet;
  const lane = options.lane;
  const question =
    snapshot === null || options.key === null
      ? null
      : [snapshot.id, snapshot.referencesOnly, objectSetKey(set), lane, asked, options.key].join('\n');

  // What is asked is told apart by `question`; the function and the set may be new at every render.
  const latest = useRef({ ask: options.ask, set });
  useEffect(() => {
    latest.current = { ask: options.ask, set };
  });

  const snapshotId = snapshot?.id ?? null;
  useEffect(() => {
    if (question === null || snapshotId === null) return;
    let wanted = true;
    const scope: Scope = {
      snapshot: snapshotId,
      set: latest.current.set,
      ...(lane === undefined ? {} : { lane }),
    };
    latest.current.ask(service, scope).then(
      data => {
        // Drawn in slices: a view can be hundreds of elements, and the page must answer meanwhile.
        if (wanted) startTransition(() => setSettled({ snapshot: snapshotId, question, data, error: null }));
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (!wanted || error.name === SUPERSEDED) return;
        if (error.name === CANCELLED) setLacking(true);
        setSettled({ snapshot: snapshotId, question, data: null, error });
      },
    );
    return () => {
      wanted = false;
    };
  }, [service, snapshotId, lane, question, setLacking]);

  const pending = question !== null && settled.question !== question;
  // The page is not idle until an answer is drawn.
  useEffect(() => (pending ? idle.begin() : undefined), [pending, idle]);

  const ofThisSnapshot = settled.snapshot === snapshotId && question !== null;
  return {
    data: ofThisSnapshot ? settled.data : null,
    error: ofThisSnapshot && settled.question === question ? settled.error : null,
    pending,
  };
}
