import type { RootMeaning, Vocabulary } from '../../../workers/protocol/vocabulary.ts';

/** The root that Heapscape itself adds to a file without roots. */
const OUTSIDE_THIS_DUMP: RootMeaning = {
  text: 'This dump has no roots, as one taken with since: or a part of a dump: objects that nothing in it refers to stand in for them. What really keeps the object alive may not be in this file.',
  doubtful: true,
};

const UNKNOWN: RootMeaning = {
  text: 'a kind of root that Heapscape does not know. What it lists is alive, as with every root.',
  doubtful: false,
};

/** The meaning of a kind of root, in the words of the format. */
export function rootMeaning({ roots }: Vocabulary, root: string): RootMeaning {
  if (root === 'outside this dump') return OUTSIDE_THIS_DUMP;
  return roots.find(({ name }) => name === root) ?? UNKNOWN;
}
