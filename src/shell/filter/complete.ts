import {
  declarationOf,
  OPERATORS,
  TERM_NAMES,
  type TermDeclaration,
  type TermName,
} from '../../../workers/protocol/filter/terms.ts';

/** What can be completed at a position of a filter's text, and which characters a completion replaces. */
export type Completable = { from: number; to: number } & (
  | /** A word: the name of a term that begins with it, or a class whose name contains it. */
  { kind: 'word'; word: string }
  /** The value of a term; `typed` is the part typed so far, without quotes. */
  | { kind: 'value'; name: TermName; typed: string }
);

/** A completion that is offered. */
export interface Completion {
  /** Replaces the typed text. */
  inserted: string;
  /** Shown instead of it: a path within the application, the gem or Ruby. */
  shown?: string;
  /** What it is, or how much it matches, in words. */
  detail: string;
}

/** What can be completed at the caret; null if nothing can be. O(caret). */
export function completableAt(text: string, caret: number): Completable | null {
  let from = wordStart(text, caret);
  if (text[from] === '-' && from < caret) from += 1;
  for (;;) {
    const written = text.slice(from, caret);
    const name = TERM_NAMES.find(each => written.startsWith(`${each}:`) && written[each.length + 1] !== ':');
    if (name === undefined) {
      return /^[\w:]*$/.test(written) ? { kind: 'word', word: written, from, to: caret } : null;
    }
    const valueFrom = from + name.length + 1;
    if (declarationOf(name).takes !== 'filter') {
      const typed = text.slice(valueFrom, caret).replace(/^"/, '');
      return { kind: 'value', name, typed, from: valueFrom, to: caret };
    }
    // The term takes a filter itself: in:class:User.
    from = valueFrom;
  }
}

/** Where the word that ends at the caret begins; spaces within quotes are part of it. */
function wordStart(text: string, caret: number): number {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < caret; at++) {
    const character = text.charAt(at);
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /[\s()]/.test(character)) from = at + 1;
  }
  return from;
}

/** The names of terms that begin with a word; once a name is complete, the operators that can follow it. */
export function nameCompletions(word: string): Completion[] {
  return TERM_NAMES.filter(name => name.startsWith(word)).flatMap(name => {
    const declaration = declarationOf(name);
    const endings = endingsOf(declaration);
    const offered = name === word ? endings : endings.slice(0, 1);
    return offered.map(ending => ({ inserted: `${name}${ending}`, detail: declaration.help }));
  });
}

/** What follows the name of a term, the most common first. */
function endingsOf({ takes }: TermDeclaration): readonly string[] {
  if (takes === 'bytes' || takes === 'count') return ['>', ':', ...OPERATORS.filter(each => each !== '>')];
  return takes === 'generation' ? [':', ...OPERATORS] : [':'];
}

/** The text with a completion inserted, and the new position of the caret. A finished term is followed by a space. */
export function withCompletion(
  text: string,
  { from, to }: { from: number; to: number },
  { inserted }: Completion,
): { text: string; caret: number } {
  const before = `${text.slice(0, from)}${inserted}`;
  const isUnfinished = /[:<>=]$/.test(inserted);
  const after = text.slice(to);
  const space = isUnfinished || /^[\s)]/.test(after) ? '' : ' ';
  return { text: `${before}${space}${after}`, caret: before.length + space.length };
}

/**
 * The items whose names contain a text, ignoring case: first the name itself, then names that begin with it, then names
 * whose last part does, then the others. Otherwise the order stays. O(names).
 */
export function bestMatches<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  typed: string,
): Item[] {
  const wanted = typed.toLowerCase();
  const rankOf = (item: Item): number => {
    const name = nameOf(item).toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/')) + 1).startsWith(wanted) ? 2 : 3;
  };
  return items
    .filter(item => nameOf(item).toLowerCase().includes(wanted))
    .sort((a, b) => rankOf(a) - rankOf(b));
}
