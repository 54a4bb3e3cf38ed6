import type { Steps } from '../../model/steps.ts';
import type { Pattern } from '../../protocol/filter/filter.ts';
import { RegexpMatcher } from './regexp-matcher.ts';

/** Characters that are processed between two yields: about a millisecond's worth. */
const CHARACTERS = 1 << 16;

/** Whether a text contains the pattern's, ignoring case, or has a match of its expression. */
export function textTest(pattern: Pattern): (text: string) => boolean {
  if (pattern.kind === 'regexp') {
    const matcher = new RegexpMatcher(pattern.source, pattern.ignoreCase);
    return text => matcher.matches(text);
  }
  const wanted = pattern.text.toLowerCase();
  return text => text.toLowerCase().includes(wanted);
}

/** 1 for each text that passes; null passes nothing. O(characters). */
export function* passingTexts(
  texts: readonly (string | null)[],
  passes: (text: string) => boolean,
): Steps<Uint8Array> {
  const passing = new Uint8Array(texts.length);
  let characters = 0;
  for (const [id, text] of texts.entries()) {
    if (text === null) continue;
    if (passes(text)) passing[id] = 1;
    characters += text.length;
    if (characters < CHARACTERS) continue;
    yield id / texts.length;
    characters = 0;
  }
  return passing;
}

/**
 * 1 for each name that the pattern of a term matches: the one that equals its text, or if there is none, all that
 * match. `ignoreCase`: also when comparing whole names.
 */
export function* matchingNames(
  names: readonly (string | null)[],
  pattern: Pattern,
  ignoreCase = false,
): Steps<Uint8Array> {
  if (pattern.kind === 'text') {
    const folded = pattern.text.toLowerCase();
    const whole = ignoreCase
      ? names.findIndex(name => name?.toLowerCase() === folded)
      : names.indexOf(pattern.text);
    if (whole >= 0) return new Uint8Array(names.length).fill(1, whole, whole + 1);
  }
  return yield* passingTexts(names, textTest(pattern));
}
