import { ProblemError } from '../protocol/errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { Importer } from './importer.ts';
import { looksLike } from './looks-like.ts';
import { rubyImporter } from './ruby/ruby-importer.ts';

/** All formats, in the order in which they are tried. */
const IMPORTERS: readonly Importer[] = [rubyImporter];

/** The importer of an id. */
export function importerOf(id: string): Importer {
  const importer = IMPORTERS.find(each => each.id === id);
  if (importer === undefined) throw new Error(`no importer ${id}`);
  return importer;
}

/** Bytes by which a format is told. */
const HEAD_BYTES = 1 << 20;

/** The importer for a file and the beginning of its text. Throws a `ProblemError` that says what it is instead. */
export async function chooseImporter(source: ByteSource): Promise<{ importer: Importer; head: Uint8Array }> {
  const [head] = await source.read([{ offset: 0, length: HEAD_BYTES }]);
  if (head === undefined || head.length === 0) {
    throw new ProblemError({
      code: 'empty-file',
      file: source.name,
      message: source.compressed ? 'There is nothing in the gzip file.' : 'The file is empty.',
      advice:
        'A dump is empty when its process ended before it was written, or the disk was full. Take it again, closing the file: File.open("heap.json", "wb") { |f| ObjectSpace.dump_all(output: f) }',
    });
  }
  const importer = IMPORTERS.find(each => each.sniff(head));
  if (importer !== undefined) return { importer, head };
  const { what, advice } = looksLike(head, source.name);
  throw new ProblemError({
    code: 'not-a-dump',
    file: source.name,
    message: `This is no Ruby heap dump; it looks like ${what}.`,
    advice,
    looksLike: what,
  });
}
