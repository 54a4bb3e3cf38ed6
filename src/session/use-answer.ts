import { type ObjectSetSpec, objectSetKey } from '../../workers/protocol/object-set.ts';
import {
  type AnswerOf,
  type ParamsOf,
  QUESTIONS,
  type QueryOf,
  type QuestionName,
} from '../../workers/protocol/questions.ts';
import { useActiveSnapshot, useApp, useCurrentSet } from '../state/use-app.ts';
import { useSession } from './session.ts';
import { useLatestAnswer } from './use-latest-answer.ts';

export interface AskOptions<Tag = undefined> {
  /**
   * A newer question of the same lane supersedes an older one in the worker. Use one lane for a view or a part of it.
   */
  lane?: string;
  /** Asks about this set instead of the current one. */
  set?: ObjectSetSpec;
  /** Returned with the answer: says what an earlier answer that is still shown was about. */
  tag?: Tag;
}

export interface Answered<Name extends QuestionName, Tag = undefined> {
  /** The latest answer. While a newer one is pending, the previous one; never one about another snapshot. */
  data: AnswerOf<Name> | null;
  /** The parameters that {@link data} answers. */
  asked: ParamsOf<Name> | null;
  /** The tag of the question that {@link data} answers. */
  tag: Tag | null;
  /** Why the latest question failed. */
  error: Error | null;
  /** Whether an answer is pending. */
  pending: boolean;
}

/**
 * Asks the worker a question about the active snapshot and, if the question takes a set, about the current set. It is
 * asked again when any of these or `params` change. Null asks nothing.
 */
export function useAnswer<Name extends QuestionName, Tag = undefined>(
  name: Name,
  params: ParamsOf<Name> | null,
  options: AskOptions<Tag> = {},
): Answered<Name, Tag> {
  const { service } = useSession();
  const question = useQuestion(name, params, options);
  const { data, about, error, pending } = useLatestAnswer(
    question && {
      key: question.key,
      file: question.query.snapshot,
      about: { asked: question.params, tag: options.tag ?? null },
      ask: () => service.ask(name, question.query),
    },
  );
  return { data, asked: about?.asked ?? null, tag: about?.tag ?? null, error, pending };
}

/** A question with its snapshot and set, and the key that identifies it. */
export interface KeyedQuestion<Name extends QuestionName> {
  key: string;
  params: ParamsOf<Name>;
  query: QueryOf<Name>;
}

/**
 * Completes a question with the active snapshot and current set; null while no snapshot is open, or if `params` is
 * null.
 */
export function useQuestion<Name extends QuestionName>(
  name: Name,
  params: ParamsOf<Name> | null,
  { lane, set }: Omit<AskOptions, 'tag'>,
): KeyedQuestion<Name> | null {
  const snapshot = useActiveSnapshot();
  const currentSet = useCurrentSet();
  /** Counts how often the user repeated a cancelled question. */
  const attempt = useApp(state => state.repetitions);
  /** Sets such as is:new depend on the series. */
  const series = useApp(state => state.series);
  /** Answers about the series depend on which dumps are reduced. */
  const reduced = useApp(state => state.reduced);
  if (snapshot === null || params === null) return null;
  const members = series.map(id => (reduced.includes(id) ? `${id} reduced` : id));
  const compared = series.includes(snapshot.id) ? members.join() : '';
  const about = QUESTIONS[name].about === 'set' ? { set: set ?? currentSet } : {};
  const setKey = about.set === undefined ? '' : objectSetKey(about.set);
  const rules = [snapshot.referencesOnly, snapshot.applicationRoot];
  const key = [name, snapshot.id, ...rules, compared, setKey, lane, attempt, JSON.stringify(params)];
  const scope = { snapshot: snapshot.id, ...about, ...(lane === undefined ? {} : { lane }) };
  return { key: key.join('\n'), params, query: { ...params, ...scope } as QueryOf<Name> };
}
