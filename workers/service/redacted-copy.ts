import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import { redactedText } from '../loading/redact.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { Fraction } from '../protocol/units.ts';

/** A copy of a dump without its strings. The browser compresses it, and may keep it on disk. O(file). */
export async function redactedCopy(
  source: ByteSource,
  importer: Importer,
  rules: RedactionRules,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<{ copy: Blob; report: RedactionReport }> {
  const packing = new CompressionStream('gzip');
  const packed = new Response(packing.readable).blob();
  const writer = packing.writable.getWriter();
  const onProgress = (readBytes: number) => advance(readBytes / source.fileBytes);
  const text = redactedText(importer, source, rules, onProgress);
  try {
    let next = await text.next();
    for (; !next.done; next = await text.next()) await writer.write(next.value);
    await writer.close();
    const copy = new Blob([await packed], { type: 'application/gzip' });
    return { copy, report: next.value };
  } catch (error) {
    packed.catch(() => undefined); // It fails with the same error, which is thrown below.
    await writer.abort(error);
    throw error;
  }
}
