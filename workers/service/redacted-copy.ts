import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import { redactedText } from '../loading/redact.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { Fraction } from '../protocol/units.ts';

/**
 * A copy of a dump without its strings. The browser may keep it on disk. O(file): compression, which the browser does,
 * takes several times as long as the rest.
 */
export async function redactedCopy(
  source: ByteSource,
  importer: Importer,
  rules: RedactionRules,
  isCompressed: boolean,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<{ copy: Blob; report: RedactionReport }> {
  const { readable, writable } = isCompressed
    ? new CompressionStream('gzip')
    : new TransformStream<Uint8Array<ArrayBuffer>>();
  const written = new Response(readable).blob();
  const writer = writable.getWriter();
  const onProgress = (readBytes: number) => advance(readBytes / source.fileBytes);
  const text = redactedText(importer, source, rules, onProgress);
  try {
    let next = await text.next();
    for (; !next.done; next = await text.next()) await writer.write(next.value);
    await writer.close();
    const copy = new Blob([await written], { type: isCompressed ? 'application/gzip' : 'application/json' });
    return { copy, report: next.value };
  } catch (error) {
    written.catch(() => undefined); // It fails with the same error, which is thrown below.
    await writer.abort(error);
    throw error;
  }
}
