import type { SetContext } from '../../analysis/set-context.ts';
import type { Steps } from '../../model/steps.ts';

/** What the answers about one heap are made from: what sets need, but for what is made from sets itself. */
export interface AnswerSources extends Omit<SetContext, 'objectGroups'> {
  /** The application's directory, within which paths are shown; '' = none. */
  applicationRoot: string;
  /** Runs work whose result several questions wait for, in slices. */
  run<Result>(steps: Steps<Result>): Promise<Result>;
}
