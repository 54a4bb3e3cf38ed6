import { shortPath } from '../../../workers/protocol/origin.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';

/** A file, or `file:line`, by its path within the application, the gem or Ruby; the whole path when hovered. */
export function FilePath({ text, maxLength = 64 }: { text: string; maxLength?: number }) {
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  return <span title={oneLine(text)}>{cutMiddle(shortSite(text, root), maxLength)}</span>;
}

/** `file:line` as {@link shortPath} has the file. */
export function shortSite(text: string, root: string): string {
  const line = /:\d+$/.exec(text)?.[0] ?? '';
  return oneLine(`${shortPath(text.slice(0, text.length - line.length), root)}${line}`);
}
