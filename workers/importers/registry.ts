import type { ByteSource } from '../files/byte-source.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { Importer, OpenedText } from './importer.ts';
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

/**
 * Begins to read a file, and chooses the importer for it. Throws a `ProblemError` that says what the file is where it
 * is none that can be imported.
 */
export async function chooseImporter(source: ByteSource): Promise<{ importer: Importer; text: OpenedText }> {
  const slices = source.slices();
  try {
    const text = await openText(slices);
    return { importer: importerFor(text.head, source), text };
  } catch (error) {
    // Nobody will read on: whoever reads ahead is told to stop.
    await slices.return?.(undefined);
    throw error;
  }
}

function importerFor(head: Uint8Array, source: ByteSource): Importer {
  if (head.length === 0 && source.findings.damage !== null) {
    throw new ProblemError({
      code: 'damaged-gzip',
      file: source.name,
      message: source.findings.damage,
      advice: 'There is no text before that. Copy or take the dump again; gzip -t tests a file.',
    });
  }
  if (head.length === 0) {
    throw new ProblemError({
      code: 'empty-file',
      file: source.name,
      message: source.compressed ? 'There is nothing in the gzip file.' : 'The file is empty.',
      advice:
        'A dump is empty when its process ended before it was written, or the disk was full. Take it again, closing the file: File.open("heap.json", "wb") { |f| ObjectSpace.dump_all(output: f) }',
    });
  }
  const importer = IMPORTERS.find(each => each.sniff(head));
  if (importer !== undefined) return importer;
  const { what, advice } = looksLike(head, source.name);
  throw new ProblemError({
    code: 'not-a-dump',
    file: source.name,
    message: `This is no Ruby heap dump; it looks like ${what}.`,
    advice,
    looksLike: what,
  });
}

/** The first slices are read to have the head, and come again. */
async function openText(rest: AsyncIterableIterator<Uint8Array>): Promise<OpenedText> {
  let { value: first = new Uint8Array(0), done } = await rest.next();
  // A slice is gone with the next: small ones are gathered.
  while (first.length < HEAD_BYTES && !done) {
    const gathered = first.slice();
    const next = await rest.next();
    done = next.done;
    first = concatenated(gathered, next.value ?? new Uint8Array(0));
  }
  async function* slices(): AsyncGenerator<Uint8Array> {
    try {
      yield first;
      yield* rest;
    } finally {
      await rest.return?.(undefined);
    }
  }
  return { head: first.slice(0, HEAD_BYTES), slices: slices() };
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
