import { refuse } from './command/outcome.ts';
import type { DocumentOptions } from './protocol/document.ts';
import { FILTER_ERROR } from './protocol/filter/filter.ts';
import type { SnapshotInfo } from './protocol/snapshot-info.ts';
import type { HeapSession } from './service/heap-session.ts';

/** The requested format of the report, and whether it may contain the beginnings of strings. */
export interface DocumentRequest {
  format: DocumentOptions['format'];
  strings: boolean;
}

/** The document that the options request; null if none, 'both' if two formats are requested at once. */
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

/** Prints a document about an open dump. `label`: the beginning of lines on standard error. */
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
