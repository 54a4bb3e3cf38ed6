import type { DocumentOptions } from '../protocol/document.ts';
import type { HeapService } from '../protocol/heap-service.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import { gatherDocument } from './document-data.ts';
import { htmlDocument } from './html.ts';
import { markdownDocument } from './markdown.ts';

/** A report about an open heap. O(n), as its tables are. Ends with a `FilterError` where the set cannot be answered. */
export async function makeDocument(
  ask: HeapService['ask'],
  info: SnapshotInfo,
  options: DocumentOptions,
): Promise<string> {
  const data = await gatherDocument(ask, info, options);
  return options.format === 'html' ? htmlDocument(data) : markdownDocument(data);
}
