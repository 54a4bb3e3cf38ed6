import { type Draft, nonRecordPiece, type Piece } from '../draft.ts';
import { type Mutation, Stage } from '../mutation.ts';
import type { Random } from '../random.ts';

/** A piece whose text was changed: nothing is known about what it means now. */
function damaged(piece: Piece, text: string, end = piece.end): Piece {
  if (text === piece.text && end === piece.end) return piece;
  return nonRecordPiece('damaged', text, end);
}

/** Damages some pieces. */
function hit(
  draft: Draft,
  random: Random,
  count: number,
  change: (piece: Piece, at: number) => Piece,
): Draft {
  const places = new Set(random.sample([...draft.pieces.keys()], count));
  return { ...draft, pieces: draft.pieces.map((piece, at) => (places.has(at) ? change(piece, at) : piece)) };
}

const replaced = (text: string, at: number, length: number, by: string) =>
  text.slice(0, at) + by + text.slice(at + length);

const flippedBits: Mutation = {
  name: 'flipped bits',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 8), piece => {
      const { text, end } = piece;
      const at = random.below(text.length + end.length);
      const code = (text + end).charCodeAt(at) ^ (1 << random.below(8));
      // Another byte instead of a newline joins two whole records: only the text between them changed.
      if (at >= text.length)
        return { ...piece, end: replaced(end, at - text.length, 1, String.fromCharCode(code)) };
      return damaged(piece, replaced(text, at, 1, String.fromCharCode(code)));
    }),
};

const changedBytes: Mutation = {
  name: 'changed bytes',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 4), piece => {
      let { text } = piece;
      for (let times = random.between(1, 5); times > 0; times--) {
        const byte = random.chance(0.5)
          ? random.below(256)
          : random.pick([...'"\\{}[],:\0\n\r 0x'].map(c => c.charCodeAt(0)));
        text = replaced(text, random.below(text.length), 1, String.fromCharCode(byte));
      }
      return damaged(piece, text);
    }),
};

const cutLines: Mutation = {
  name: 'cut lines',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 4), piece => {
      const text = piece.text.slice(0, random.below(piece.text.length));
      return damaged(piece, text, random.chance(0.5) ? '' : piece.end);
    }),
};

const removedBytes: Mutation = {
  name: 'removed bytes',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 4), piece => {
      const at = random.below(piece.text.length);
      return damaged(piece, replaced(piece.text, at, random.between(1, 60), ''));
    }),
};

const insertedBytes: Mutation = {
  name: 'inserted bytes',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 4), piece => {
      const junk = random.pick([
        '\0',
        '\0'.repeat(40),
        '\xff\xfe',
        '"',
        '\\',
        '}',
        '{',
        '\n',
        '\r\n',
        'GC took 3 ms\n',
        '", "',
        '[[[',
        '{"address":"0x10"',
      ]);
      return damaged(piece, replaced(piece.text, random.below(piece.text.length), 0, junk));
    }),
};

/** The head of one piece and the tail of another on one line, as two concurrent writers leave them. */
const spliced: Mutation = {
  name: 'splices',
  stage: Stage.damage,
  apply: (draft, random) =>
    hit(draft, random, random.between(1, 3), piece => {
      const { text } = random.pick(draft.pieces);
      return damaged(
        piece,
        piece.text.slice(0, random.below(piece.text.length)) + text.slice(random.below(text.length)),
      );
    }),
};

const cutFile: Mutation = {
  name: 'a cut file',
  stage: Stage.damage,
  apply(draft, random) {
    const at = random.below(draft.pieces.length);
    const piece = draft.pieces[at];
    if (piece === undefined) return draft;
    const rest = damaged(piece, piece.text.slice(0, random.below(piece.text.length)), '');
    const crash = random.chance(0.3)
      ? [
          nonRecordPiece('gap', '\n[BUG] Segmentation fault at 0x0000000000000018'),
          nonRecordPiece('noise', 'ruby 3.1.2p20'),
        ]
      : [];
    return { ...draft, pieces: [...draft.pieces.slice(0, at), rest, ...crash] };
  },
};

export const DAMAGE_MUTATIONS: readonly Mutation[] = [
  flippedBits,
  changedBytes,
  cutLines,
  removedBytes,
  insertedBytes,
  spliced,
  cutFile,
];
