import { textTest } from '../analysis/filter/text-tests.ts';
import { type CallTree, frameName } from '../profiles/model/call-tree.ts';
import { FilterError, type Pattern } from '../protocol/filter/filter.ts';
import { type ProfileTerm, parseStackFilter, type StackFilter } from '../protocol/filter/profile-filter.ts';

/** The text of a frame that a term is matched against. */
type FrameText = (tree: CallTree, frame: number) => string;

const libraryText: FrameText = ({ frames, strings }, frame) => strings[frames.library[frame]!]!;
const fileText: FrameText = ({ frames, strings }, frame) => strings[frames.file[frame]!]!;
const placeText: FrameText = (tree, frame) => `${fileText(tree, frame)}:${tree.frames.line[frame]!}`;
const anyText: FrameText = (tree, frame) =>
  `${frameName(tree, frame)}\n${placeText(tree, frame)}\n${libraryText(tree, frame)}`;

const TEXTS: Readonly<Record<ProfileTerm, FrameText>> = {
  gem: libraryText,
  file: fileText,
  site: placeText,
  method: frameName,
  class: frameName,
};

/**
 * Which nodes of a tree a filter keeps, 1 for each: a text, an expression, or a term holds if any frame of the
 * stack matches it. Throws a `FilterError` for syntax errors, and for terms that only apply to objects. O(nodes ×
 * terms).
 */
export function matchingNodes(tree: CallTree, text: string): Uint8Array {
  const parsed = parseStackFilter(text);
  if (!parsed.ok) throw new FilterError(parsed.problem);
  return kept(tree, parsed.filter);
}

function kept(tree: CallTree, filter: StackFilter): Uint8Array {
  switch (filter.kind) {
    case 'everything':
      return new Uint8Array(tree.parent.length).fill(1);
    case 'not':
      return kept(tree, filter.part).map(one => 1 - one);
    case 'and':
      return filter.parts
        .map(part => kept(tree, part))
        .reduce((all, some) => all.map((one, node) => one & some[node]!));
    case 'or':
      return filter.parts
        .map(part => kept(tree, part))
        .reduce((all, some) => all.map((one, node) => one | some[node]!));
    case 'frame':
      return stacksWith(tree, filter.term === null ? anyText : TEXTS[filter.term], filter.pattern);
  }
}

function stacksWith(tree: CallTree, textOf: FrameText, pattern: Pattern): Uint8Array {
  const passes = textTest(pattern);
  const frames = Uint8Array.from(tree.frames.name, (_, frame) =>
    frame > 0 && passes(textOf(tree, frame)) ? 1 : 0,
  );
  const nodes = new Uint8Array(tree.parent.length);
  for (let node = 1; node < nodes.length; node++) {
    nodes[node] = nodes[tree.parent[node]!]! | frames[tree.frame[node]!]!;
  }
  return nodes;
}
