import { textOfDraft, type Wrapping } from '../draft.ts';
import { type Mutation, Stage } from '../mutation.ts';
import { canBeWrapped } from '../wrapping.ts';

/** Wraps the whole text in another form, if that can represent it. */
function wrappedIn(name: string, wrappings: readonly Wrapping[]): Mutation {
  return {
    name,
    stage: Stage.wrapping,
    apply(draft, random) {
      const wrapping = random.pick(wrappings);
      const isFree = draft.wrapping === 'none' && canBeWrapped(textOfDraft(draft), wrapping);
      return isFree ? { ...draft, wrapping } : draft;
    },
  };
}

export const WRAPPING_MUTATIONS: readonly Mutation[] = [
  wrappedIn('UTF-16', ['utf16le', 'utf16be']),
  wrappedIn('a container log', ['docker', 'cri']),
  wrappedIn('a Ruby string literal', ['literal']),
];
