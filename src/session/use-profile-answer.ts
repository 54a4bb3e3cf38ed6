import type {
  ProfileAnswerOf,
  ProfileParamsOf,
  ProfileQuestionName,
} from '../../workers/protocol/profile-questions.ts';
import { useActiveProfile } from '../state/use-app.ts';
import { useSession } from './session.ts';
import { type LatestAnswer, useLatestAnswer } from './use-latest-answer.ts';

/**
 * Asks about the active profile or series whenever `params` change; null asks nothing. `about`: the parameters of the
 * answer.
 */
export function useProfileAnswer<Name extends ProfileQuestionName>(
  name: Name,
  params: ProfileParamsOf<Name> | null,
): LatestAnswer<ProfileAnswerOf<Name>, ProfileParamsOf<Name>> {
  const { service } = useSession();
  const id = useActiveProfile()?.id ?? null;
  return useLatestAnswer(
    id === null || params === null
      ? null
      : {
          key: `${name} ${id} ${JSON.stringify(params)}`,
          file: id,
          about: params,
          ask: () => service.askProfile(id, name, params),
        },
  );
}

/** Questions that return a window of rows. */
type WindowName = 'functions' | 'seriesRows';

/**
 * The rows of a table about the active profile or series, fetched as they scroll into view. Null while none is open.
 */
export function useProfileRows<Name extends WindowName>(
  name: Name,
  params: Omit<ProfileParamsOf<Name>, 'offset' | 'limit'>,
): { key: string; fetch: (offset: number, limit: number) => Promise<ProfileAnswerOf<Name>> } | null {
  const { service } = useSession();
  const id = useActiveProfile()?.id ?? null;
  if (id === null) return null;
  return {
    key: `${name} ${id} ${JSON.stringify(params)}`,
    fetch: (offset, limit) =>
      service.askProfile(id, name, { ...params, offset, limit } as ProfileParamsOf<Name>),
  };
}
