import { refuse } from './command/outcome.ts';
import type { DocumentOptions } from './protocol/document.ts';
import { FILTER_ERROR } from './protocol/filter/filter.ts';
import type { SnapshotInfo } from './protocol/snapshot-info.ts';
import type { HeapSession } from './service/heap-session.ts';

/** Which report for people is wanted, and whether it may have the beginnings of strings. */
export interface DocumentRequest {
  format: DocumentOptions['format'];
  strings: boolean;
}

/** What the options ask for: null where they ask for none, an error where for two at once. */
export function readDocumentOptions({
  html,
  markdown,
  strings,
}: {
  html: boolean;
  markdown: boolean;
  strings: boolean;
}): DocumentRequest | null | 'both' {
  if (html && markdown) return 'both';
  if (!html && !markdown) return null;
  return { format: html ? 'html' : 'markdown', strings };
}

/** Prints the report of an open dump as it is given to people. `label`: what a line on standard error begins with. */
export async function printDocument(
  session: HeapSession,
  info: SnapshotInfo,
  label: string,
  { format, strings }: DocumentRequest,
  filter = '',
): Promise<number> {
  const set = { kind: 'filter', text: filter } as const;
  try {
    const options = { format, set, filter, link: null, strings, pictures: [], madeAt: Date.now() };
    process.stdout.write(await session.document(info.id, options));
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === FILTER_ERROR) return refuse(`${label}: ${error.message}`);
    throw error;
  }
}
