import { startTransition, useEffect, useRef, useState } from 'react';
import { CANCELLED, SUPERSEDED } from '../../workers/protocol/errors.ts';
import { type ObjectSetSpec, objectSetKey } from '../../workers/protocol/object-set.ts';
import {
  type AnswerOf,
  type ParamsOf,
  QUESTIONS,
  type QueryOf,
  type QuestionName,
} from '../../workers/protocol/questions.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import { useActiveSnapshot, useApp, useCurrentSet } from '../state/use-app.ts';
import { useSession } from './session.ts';

export interface AskOptions<Tag = undefined> {
  /** A newer question of the lane supersedes an older one in the worker. One lane for a view or a part of it. */
  lane?: string;
  /** Asks about this set instead of the one that the chips stand for. */
  set?: ObjectSetSpec;
  /** Comes back with the answer: tells what an earlier answer, which is still shown, was about. */
  tag?: Tag;
}

export interface Answered<Name extends QuestionName, Tag = undefined> {
  /** The latest answer. While a newer one is awaited, the one before it; never one of another snapshot. */
  data: AnswerOf<Name> | null;
  /** The parameters that {@link data} answers. */
  asked: ParamsOf<Name> | null;
  /** The tag of the question that {@link data} answers. */
  tag: Tag | null;
  /** Why the latest question failed. */
  error: Error | null;
  /** Whether an answer is awaited. */
  pending: boolean;
}

interface Settled<Name extends QuestionName, Tag> {
  snapshot: SnapshotId | null;
  /** Key of the question that this answers. */
  key: string | null;
  data: AnswerOf<Name> | null;
  asked: ParamsOf<Name> | null;
  tag: Tag | null;
  error: Error | null;
}

const NOTHING = { snapshot: null, key: null, data: null, asked: null, tag: null, error: null };

/**
 * Asks the worker a question about the active snapshot and, where the question is about a set, the current set. It is
 * asked again when any of these or `params` change. Null asks nothing.
 */
export function useAnswer<Name extends QuestionName, Tag = undefined>(
  name: Name,
  params: ParamsOf<Name> | null,
  options: AskOptions<Tag> = {},
): Answered<Name, Tag> {
  const { service, idle } = useSession();
  const setLacking = useApp(state => state.setLacking);
  const [settled, setSettled] = useState<Settled<Name, Tag>>(NOTHING);
  const question = useQuestion(name, params, options);

  // The key tells questions apart; the objects that make up one may be new at every render.
  const latest = useRef({ question, tag: options.tag });
  useEffect(() => {
    latest.current = { question, tag: options.tag };
  });
  const key = question?.key ?? null;
  const snapshot = question?.query.snapshot ?? null;
  useEffect(() => {
    const { question: current, tag = null } = latest.current;
    if (key === null || current === null) return;
    const { params: asked, query } = current;
    let wanted = true;
    service.ask(name, query).then(
      data => {
        // Rendered in slices: a view can be hundreds of elements, and the page must stay responsive meanwhile.
        if (wanted) startTransition(() => setSettled({ snapshot, key, data, asked, tag, error: null }));
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (!wanted || error.name === SUPERSEDED) return;
        if (error.name === CANCELLED) setLacking(true);
        setSettled({ snapshot, key, data: null, asked: null, tag: null, error });
      },
    );
    return () => {
      wanted = false;
    };
  }, [service, name, key, snapshot, setLacking]);

  const pending = key !== null && settled.key !== key;
  // The page is not idle until an answer is drawn.
  useEffect(() => (pending ? idle.begin() : undefined), [pending, idle]);

  const isCurrent = settled.snapshot === snapshot && key !== null;
  return {
    data: isCurrent ? settled.data : null,
    asked: isCurrent ? settled.asked : null,
    tag: isCurrent ? settled.tag : null,
    error: isCurrent && settled.key === key ? settled.error : null,
    pending,
  };
}

/** A question with the snapshot and set that are on screen, and the key by which it is told from others. */
export interface KeyedQuestion<Name extends QuestionName> {
  key: string;
  params: ParamsOf<Name>;
  query: QueryOf<Name>;
}

/** Completes a question with what is on screen; null while no snapshot is open, or where `params` are null. */
export function useQuestion<Name extends QuestionName>(
  name: Name,
  params: ParamsOf<Name> | null,
  { lane, set }: Omit<AskOptions, 'tag'>,
): KeyedQuestion<Name> | null {
  const snapshot = useActiveSnapshot();
  const currentSet = useCurrentSet();
  /** Counts how often the user asked again for what was cancelled. */
  const attempt = useApp(state => state.asked);
  if (snapshot === null || params === null) return null;
  const about = QUESTIONS[name].about === 'set' ? { set: set ?? currentSet } : {};
  const setKey = about.set === undefined ? '' : objectSetKey(about.set);
  const rules = [snapshot.referencesOnly, snapshot.applicationRoot];
  const key = [name, snapshot.id, ...rules, setKey, lane, attempt, JSON.stringify(params)];
  const scope = { snapshot: snapshot.id, ...about, ...(lane === undefined ? {} : { lane }) };
  return { key: key.join('\n'), params, query: { ...params, ...scope } as QueryOf<Name> };
}
