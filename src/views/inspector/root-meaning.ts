import type { RootMeaning, Vocabulary } from '../../../workers/protocol/vocabulary.ts';

/** The artificial root that Heapscape adds to a file without roots. */
const OUTSIDE_THIS_DUMP: RootMeaning = {
  text: 'This dump has no roots, because it was taken with since: or is a part of a dump. Objects without referrers are used as roots instead. What really keeps the object alive may not be in this file.',
  doubtful: true,
};

const UNKNOWN: RootMeaning = {
  text: 'a kind of root that Heapscape does not know. The objects it lists are alive, as for every root.',
  doubtful: false,
};

/** The meaning of a kind of root, in the format's own terms. */
export function rootMeaning({ roots }: Vocabulary, root: string): RootMeaning {
  if (root === 'outside this dump') return OUTSIDE_THIS_DUMP;
  return roots.find(({ name }) => name === root) ?? UNKNOWN;
}
