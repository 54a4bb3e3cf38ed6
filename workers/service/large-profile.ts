import type { ByteSource } from '../files/byte-source.ts';
import { asText, findRecordMark } from '../files/layers/record-marks.ts';
import { closeText, openText } from '../files/opened-text.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { Bytes } from '../protocol/units.ts';

/** Searching smaller files for records takes no noticeable time. */
const LARGE_BYTES: Bytes = 8 << 20;
/** The first bytes, which contain a record if the file is a dump and nothing precedes it. */
const START_BYTES: Bytes = 1 << 14;

/**
 * Refuses to search a large file for records of a heap dump if its beginning shows that it is a profile in a format
 * without other contents: the search would take longer than reading the profile. Throws a `ProblemError`
 * with the code `not-a-dump`. Reads the first 1 MiB.
 */
export async function refuseLargeProfile(source: ByteSource): Promise<void> {
  if (source.fileBytes < LARGE_BYTES) return;
  // For most dumps the first bytes are enough. They were read before; opening the text takes longer.
  const [start] = await source.read([{ offset: 0, length: START_BYTES }]);
  if (findRecordMark(asText(start!)) !== null) return;
  const text = await openText(source);
  await closeText(text);
  if (findRecordMark(asText(text.head)) !== null) return;
  const { sniffProfile } = await import('../profiles/open-profile.ts');
  const format = sniffProfile(text.head, source.name);
  if (format?.hasNoOtherContents !== true) return;
  throw new ProblemError({
    code: 'not-a-dump',
    file: source.name,
    message: `This is a file of ${format.label}.`,
    advice: 'Open it as a profile.',
    looksLike: format.label,
  });
}
