import type { OpenedText } from '../files/opened-text.ts';

/** The whole text that was passed to an importer; for small files. */
export async function wholeText({ slices }: OpenedText): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const slice of slices) text += decoder.decode(slice, { stream: true });
  return text + decoder.decode();
}
