import { CANCELLED } from '../../workers/protocol/errors.ts';
import type { AnswerOf, ParamsOf, QueryOf, WindowQuestion } from '../../workers/protocol/questions.ts';
import { useApp } from '../state/use-app.ts';
import { useSession } from './session.ts';
import { type AskOptions, useQuestion } from './use-answer.ts';

/** Rows for a table of any length, which fetches them as they scroll into view. A new key means other rows. */
export interface FetchedRows<Name extends WindowQuestion> {
  key: string;
  fetch: (offset: number, limit: number) => Promise<AnswerOf<Name>>;
}

/** The rows that answer a question about the active snapshot and the current set. Null while nothing is open. */
export function useRows<Name extends WindowQuestion>(
  name: Name,
  params: Omit<ParamsOf<Name>, 'offset' | 'limit'>,
  options: Omit<AskOptions, 'tag'> = {},
): FetchedRows<Name> | null {
  const { service } = useSession();
  const setHasCancelledQueries = useApp(state => state.setHasCancelledQueries);
  const question = useQuestion(name, { ...params, offset: 0, limit: 0 } as ParamsOf<Name>, options);
  if (question === null) return null;
  return {
    key: question.key,
    fetch: async (offset, limit) => {
      try {
        return await service.ask(name, { ...question.query, offset, limit } as QueryOf<Name>);
      } catch (error) {
        if (error instanceof Error && error.name === CANCELLED) setHasCancelledQueries(true);
        throw error;
      }
    },
  };
}
