import type { SetContext } from '../../analysis/set-context.ts';
import type { Steps } from '../../model/steps.ts';

/** What the answers about one heap are computed from: what sets need, except for what is itself computed from sets. */
export interface AnswerSources extends Omit<SetContext, 'objectGroups'> {
  /** The application's directory, to which paths are shown relative; '' = none. */
  applicationRoot: string;
  /** Runs work in slices whose result several questions wait for. */
  run<Result>(steps: Steps<Result>): Promise<Result>;
}
