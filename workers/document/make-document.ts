import type { DocumentOptions } from '../protocol/document.ts';
import type { HeapService } from '../protocol/heap-service.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import { gatherDocument } from './document-data.ts';
import { htmlDocument } from './html.ts';
import { markdownDocument } from './markdown.ts';

/** Makes a report about an open heap. O(n), like its tables. Throws a `FilterError` if the set cannot be computed. */
export async function makeDocument(
  ask: HeapService['ask'],
  info: SnapshotInfo,
  options: DocumentOptions,
): Promise<string> {
  const data = await gatherDocument(ask, info, options);
  return options.format === 'html' ? htmlDocument(data) : markdownDocument(data);
}
