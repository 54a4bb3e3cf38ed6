import type { Problem } from '../../workers/protocol/errors.ts';
import { BEGINNING_BYTES, beginningOf, groupParts } from '../../workers/protocol/split-names.ts';

/** A file to open, or why its parts cannot be joined. */
export type FileToOpen = { file: File } | { problem: Problem };

/** Joins the parts of split files, and sorts all files by the numbers in their names. Reads the first bytes of each. */
export async function joinParts(files: readonly File[]): Promise<FileToOpen[]> {
  const named = await Promise.all(
    files.map(async file => ({ name: file.name, beginning: beginningOf(await firstBytes(file)) })),
  );
  return groupParts(named)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map(({ files: members, name, missing }) => {
      const parts = members.map(at => files[at]!);
      if (missing !== null) return { problem: partMissing(name, missing) };
      return { file: parts.length === 1 ? parts[0]! : new File(parts, name) };
    });
}

/** Empty if the file cannot be read; opening it reports that. */
async function firstBytes(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, BEGINNING_BYTES).arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return new Uint8Array(0);
    throw error;
  }
}

function partMissing(file: string, part: string): Problem {
  return {
    code: 'not-a-dump',
    file,
    message: `Part ${part} of the split dump is missing.`,
    advice: 'Drop all parts together: they are joined in the order of their names.',
  };
}
