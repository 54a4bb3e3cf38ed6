import type { Excerpt } from '../../../workers/protocol/strings.ts';
import { oneLine } from '../../format/names.ts';

/** Shown instead of a text that is not in the dump. */
export const NO_TEXT = 'text not in the dump';

/** The beginning of a string's text; for a shared string, of the text that it shares. */
export function ExcerptText({ excerpt, className }: { excerpt: Excerpt; className?: string }) {
  if (excerpt.text === null) return <em className={className}>{NO_TEXT}</em>;
  // The order matters: the other way round, escapes would be escaped again.
  const text = oneLine(JSON.stringify(excerpt.text));
  if (!excerpt.shared) return <span className={className}>{text}</span>;
  return (
    <span className={className} title="Shared: it is this text, or a part of it">
      shared {text}
    </span>
  );
}
