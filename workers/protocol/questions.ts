import type { ObjectSetSpec } from './object-set.ts';
import { HEAP_QUESTIONS, type HeapQuestions } from './questions/heap-questions.ts';
import { OBJECT_QUESTIONS, type ObjectQuestions } from './questions/object-questions.ts';
import { PATH_QUESTIONS, type PathQuestions } from './questions/path-questions.ts';
import { SERIES_QUESTIONS, type SeriesQuestions } from './questions/series-questions.ts';
import { SET_QUESTIONS, type SetQuestions } from './questions/set-questions.ts';
import { TREE_QUESTIONS, type TreeQuestions } from './questions/tree-questions.ts';
import type { Window } from './rows.ts';
import type { SnapshotId } from './units.ts';

/**
 * Every question that the page can ask about an open heap. `questions/` declares their parameters, answers, limits and
 * costs; the function of the same name in `service/question-handlers.ts` computes the answer. Client, worker, cancellation and
 * the keys of cached answers are derived from these.
 */
interface AllQuestions
  extends SetQuestions,
    TreeQuestions,
    PathQuestions,
    ObjectQuestions,
    HeapQuestions,
    SeriesQuestions {}

export type QuestionName = keyof AllQuestions;
export type ParamsOf<Name extends QuestionName> = AllQuestions[Name]['params'];
export type AnswerOf<Name extends QuestionName> = AllQuestions[Name]['answer'];

/** The declarations of all questions. A question without a limit has an answer that is always small. */
export const QUESTIONS = {
  ...SET_QUESTIONS,
  ...TREE_QUESTIONS,
  ...PATH_QUESTIONS,
  ...OBJECT_QUESTIONS,
  ...HEAP_QUESTIONS,
  ...SERIES_QUESTIONS,
};

/** Names of the questions whose answer is a window of rows. */
export type WindowQuestion = {
  [Name in QuestionName]: AnswerOf<Name> extends Window<unknown> ? Name : never;
}[QuestionName];

/** What every question has besides its parameters. */
interface Asked {
  snapshot: SnapshotId;
  /**
   * A newer question of the same lane cancels an older one that is still running, which is rejected with an error named
   * `SUPERSEDED`. Use one lane for each view or part of one. A question without a lane is never superseded.
   */
  lane?: string;
}

/** A question as it is sent: its parameters, the snapshot, and for a question about a set also the set. */
export type QueryOf<Name extends QuestionName> = ParamsOf<Name> &
  Asked &
  ((typeof QUESTIONS)[Name]['about'] extends 'set' ? { set: ObjectSetSpec } : unknown);

/** The query with its parameters cut to the limits of the question. */
export function withinLimits<Name extends QuestionName>(name: Name, query: QueryOf<Name>): QueryOf<Name> {
  const bounded: Record<string, unknown> = { ...query };
  for (const [param, limit] of Object.entries<number>(QUESTIONS[name].limits)) {
    const value = bounded[param];
    if (typeof value === 'number') bounded[param] = Math.min(value, limit);
    else if (Array.isArray(value)) bounded[param] = value.slice(0, limit);
  }
  return bounded as QueryOf<Name>;
}
