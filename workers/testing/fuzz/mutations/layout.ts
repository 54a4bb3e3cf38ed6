import { type Draft, nonRecordPiece, type Piece } from '../draft.ts';
import { type Mutation, Stage } from '../mutation.ts';
import type { Random } from '../random.ts';
import { anyLayout, type Layout, RUBY, recordText, type Values } from '../texts.ts';

/** Rewrites all or some records; those that are not valid JSON stay unchanged. */
function rewritten(draft: Draft, random: Random, write: (values: Values) => string): Draft {
  const share = random.pick([1, 1, 0.5, 0.1]);
  const pieces = draft.pieces.map((piece): Piece => {
    const values = piece.record?.values ?? null;
    return values !== null && random.chance(share) ? { ...piece, text: write(values) } : piece;
  });
  return { ...draft, pieces };
}

/** Rewrites records with other spacing, or over several lines. */
function laidOut(name: string, pretty: boolean): Mutation {
  return {
    name,
    stage: Stage.layout,
    apply(draft, random) {
      const layout = anyLayout(random, pretty);
      return rewritten(draft, random, values => recordText(values, layout));
    },
  };
}

const reordered: Mutation = {
  name: 'keys in another order',
  stage: Stage.layout,
  apply(draft, random) {
    const layout: Layout = random.chance(0.5) ? RUBY : anyLayout(random, false);
    const sorted = random.chance(0.5);
    const order = (values: Values) =>
      sorted ? values.toSorted(([a], [b]) => (a < b ? -1 : 1)) : random.shuffled(values);
    return rewritten(draft, random, values => recordText(order(values), layout));
  },
};

/** All records as one array, without those that are not valid JSON. */
const oneArray: Mutation = {
  name: 'one array',
  stage: Stage.layout,
  apply(draft, random) {
    const records = draft.pieces.filter(piece => piece.record !== null && piece.record.values !== null);
    const comma = random.pick([',\n', ', ', ',', '\n,']);
    const pieces = records.map((piece, at) => ({ ...piece, end: at === records.length - 1 ? '\n' : comma }));
    return {
      ...draft,
      pieces: [nonRecordPiece('gap', '[', random.pick(['', '\n'])), ...pieces, nonRecordPiece('gap', ']')],
    };
  },
};

export const LAYOUT_MUTATIONS: readonly Mutation[] = [
  laidOut('other spaces', false),
  laidOut('pretty-printed', true),
  reordered,
  oneArray,
];
