import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { Bytes } from '../protocol/units.ts';

/**
 * The redacted text of a dump, in pieces; returns the report at the end. `onProgress` receives the bytes read of the
 * stored file; it may throw to cancel.
 */
export async function* redactedText(
  importer: Importer,
  source: ByteSource,
  rules: RedactionRules,
  onProgress: (readBytes: Bytes) => undefined | Promise<void>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, RedactionReport, undefined> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  if (importer.redactor === undefined) {
    throw new ProblemError({
      code: 'not-a-dump',
      file: source.name,
      message: `A ${importer.vocabulary.format} cannot be redacted.`,
      advice: 'Save a report instead.',
    });
  }
  const redactor = importer.redactor(rules, piece => pieces.push(piece));
  for await (const slice of source.slices()) {
    redactor.push(slice);
    yield* pieces.splice(0);
    await onProgress(source.position);
  }
  redactor.finish();
  yield* pieces.splice(0);
  return redactor.report;
}
