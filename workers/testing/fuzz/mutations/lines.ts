import { type Draft, nonRecordPiece, type Piece } from '../draft.ts';
import { type Mutation, Stage } from '../mutation.ts';
import type { Random } from '../random.ts';
import { encoded } from '../texts.ts';

/** Lines that other parts of a program print between records. */
const NOISE = [
  'GC took 3 ms',
  '[1, 2]',
  '{"level":"info","message":"started"}',
  'caf\xe9',
  '-- } --',
  'null',
  '#<Order:0x00007f2a40000198 @lines=[]>',
  '"a text"',
];
/** Lines that stay foreign if something follows: `{"` without a closing brace would be a cut record. */
const LOG = NOISE.filter(line => !line.startsWith('{'));
/** Lines that may be mistaken for the beginning or the end of a record of several lines. */
const BRACKETS = ['{', '}', '[', ']', '{"', '\t'];
const PREFIXES = ['app[web.1]: ', '2026-11-27T14:50:03Z app: ', '[1234] ', 'D, ', 'é | ', '> '];

/** Whether something can be inserted before a piece on its line, while the piece stays the only record on it. */
function isLine(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1];
  return (before === undefined || before.end.endsWith('\n')) && !pieces[at]!.text.includes('\n');
}

/** Inserts pieces before some of the others. */
function inserted(draft: Draft, random: Random, count: number, make: () => Piece): Draft {
  const places = new Set(random.sample([...draft.pieces.keys()], count));
  const pieces = draft.pieces.flatMap((piece, at) =>
    places.has(at) && isLine(draft.pieces, at) ? [make(), piece] : [piece],
  );
  return { ...draft, pieces };
}

/** Changes the text between some pieces. */
function joinedBy(draft: Draft, random: Random, ends: readonly string[]): Draft {
  const all = random.chance(0.2);
  const places = new Set(random.sample([...draft.pieces.keys()], random.between(1, 6)));
  const pieces = draft.pieces.map((piece, at) =>
    (all || places.has(at)) && piece.kind !== 'noise' && draft.pieces[at + 1]?.kind !== 'noise'
      ? { ...piece, end: random.pick(ends) }
      : piece,
  );
  return { ...draft, pieces };
}

const glued: Mutation = {
  name: 'glued lines',
  stage: Stage.lines,
  apply: (draft, random) => joinedBy(draft, random, ['', '', ' ', '\r', '\0', ',', '\x1e', '\0\0\0']),
};

const otherNewlines: Mutation = {
  name: 'CR LF, blank lines and NULs between lines',
  stage: Stage.lines,
  apply(draft, random) {
    const end = random.pick(['\r\n', '\n\n', '\n\0\n', '\r\n\r\n', ' \n', '\n ']);
    return random.chance(0.5)
      ? joinedBy(draft, random, [end])
      : {
          ...draft,
          pieces: draft.pieces.map(piece => ({ ...piece, end: piece.end === '\n' ? end : piece.end })),
        };
  },
};

const noNewlineAtEnd: Mutation = {
  name: 'no newline at the end',
  stage: Stage.lines,
  apply: draft => ({
    ...draft,
    pieces: draft.pieces.map((piece, at) => (at === draft.pieces.length - 1 ? { ...piece, end: '' } : piece)),
  }),
};

const duplicated: Mutation = {
  name: 'duplicated lines',
  stage: Stage.lines,
  apply(draft, random) {
    // A second list of roots would begin a second dump.
    const lines = draft.pieces.filter(({ record }) => record?.fields.type !== 'ROOT');
    const chosen = new Set(random.sample(lines, random.between(1, 5)));
    const copies = [...chosen];
    const near = random.chance(0.5);
    const pieces = draft.pieces.flatMap(piece => (near && chosen.has(piece) ? [piece, piece] : [piece]));
    if (near) return { ...draft, pieces };
    const last = draft.pieces.at(-1);
    if (last === undefined || !last.end.endsWith('\n')) return draft;
    return { ...draft, pieces: [...draft.pieces, ...copies.map(piece => ({ ...piece, end: '\n' }))] };
  },
};

/** Two dumps of one process in sequence, as appending to a file produces them: the first one counts. */
const twoDumps: Mutation = {
  name: 'two dumps in one file',
  stage: Stage.dumps,
  apply(draft, random) {
    const roots = draft.pieces.filter(({ record }) => record?.fields.type === 'ROOT');
    const isWhole = draft.pieces.every(({ kind, end }) => kind === 'record' && end.endsWith('\n'));
    if (!isWhole || roots.length === 0 || draft.pieces[0] !== roots[0]) return draft;
    const later = draft.pieces
      .filter(piece => piece === roots[0] || random.chance(0.9))
      .map(piece => (piece.record === null ? piece : nonRecordPiece('second', piece.text, piece.end)));
    return { ...draft, pieces: [...draft.pieces, ...later] };
  },
};

const lostLines: Mutation = {
  name: 'lost lines',
  stage: Stage.lines,
  apply(draft, random) {
    const lost = new Set(random.sample(draft.pieces, random.between(1, 5)));
    return { ...draft, pieces: draft.pieces.filter(piece => !lost.has(piece)) };
  },
};

const shuffled: Mutation = {
  name: 'lines in another order',
  stage: Stage.lines,
  apply: (draft, random) =>
    draft.pieces.every(({ end }) => end.endsWith('\n'))
      ? { ...draft, pieces: random.shuffled(draft.pieces) }
      : draft,
};

const logLines: Mutation = {
  name: 'log lines between',
  stage: Stage.lines,
  apply: (draft, random) =>
    inserted(draft, random, random.between(1, 8), () => nonRecordPiece('noise', random.pick(NOISE))),
};

const strayBrackets: Mutation = {
  name: 'stray brackets',
  stage: Stage.lines,
  apply: (draft, random) =>
    inserted(draft, random, random.between(1, 4), () => nonRecordPiece('damaged', random.pick(BRACKETS))),
};

const manyLogLines: Mutation = {
  name: 'a long log before',
  stage: Stage.lines,
  apply(draft, random) {
    // Below and above 64 KiB and 1 MiB, which are limits of some searches.
    const length = random.chance(0.03) ? 1100 : random.pick([3, 30, 70]);
    const line = random.pick(['x', ' - ', '}', '[', 'é']).repeat(1000).slice(0, 1000);
    const lines = Array.from({ length }, () =>
      nonRecordPiece('noise', `${random.pick(LOG)} ${encoded(line)}`),
    );
    return { ...draft, pieces: [...lines, ...draft.pieces] };
  },
};

const prefixes: Mutation = {
  name: 'prefixes',
  stage: Stage.lines,
  apply(draft, random) {
    const prefix = encoded(random.pick(PREFIXES));
    const count = random.chance(0.5) ? draft.pieces.length : random.between(1, 6);
    return inserted(draft, random, count, () => nonRecordPiece('gap', prefix, ''));
  },
};

const byteOrderMark: Mutation = {
  name: 'a byte order mark',
  stage: Stage.lines,
  apply: draft => ({ ...draft, pieces: [nonRecordPiece('gap', '\xef\xbb\xbf', ''), ...draft.pieces] }),
};

export const LINE_MUTATIONS: readonly Mutation[] = [
  glued,
  otherNewlines,
  noNewlineAtEnd,
  duplicated,
  twoDumps,
  lostLines,
  shuffled,
  logLines,
  strayBrackets,
  manyLogLines,
  prefixes,
  byteOrderMark,
];
