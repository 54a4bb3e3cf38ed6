import type { MatchedObject } from '../../../workers/protocol/comparison.ts';

/** How an object is matched with the dump on one side, in a word or two; '' if there is no dump on that side. */
export function matchText(match: MatchedObject, side: 'before' | 'after'): string {
  switch (match[side]) {
    case null:
      return '';
    case 'none':
      return side === 'before' ? 'new' : 'freed';
    case 'traced':
      return 'same object';
    case 'address only':
      return 'by address only';
  }
}
