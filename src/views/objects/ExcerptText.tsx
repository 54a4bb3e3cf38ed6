import type { Excerpt } from '../../../workers/protocol/strings.ts';
import { oneLine } from '../../format/names.ts';

/** What stands for a text that the dump does not have. */
export const NO_TEXT = 'text not in the dump';

/** The beginning of a string's text; of a shared string that of the text it shares. */
export function ExcerptText({ excerpt, className }: { excerpt: Excerpt; className?: string }) {
  if (excerpt.text === null) return <em className={className}>{NO_TEXT}</em>;
  // In this order: an escape of an escape would be another text.
  const text = oneLine(JSON.stringify(excerpt.text));
  if (!excerpt.shared) return <span className={className}>{text}</span>;
  return (
    <span className={className} title="Shared: it is this text, or a part of it">
      shared {text}
    </span>
  );
}
