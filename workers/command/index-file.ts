import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { openFile } from '../files/node-byte-source.ts';
import { INDEX_EXTENSION } from '../index-file/format.ts';
import { formatBytes } from '../protocol/format/bytes.ts';
import { HeapSession } from '../service/heap-session.ts';
import { refuse, STATUS, UsageError } from './outcome.ts';

export const INDEX_USAGE = `heapscape index IN [OUT${INDEX_EXTENSION}]`;

/** Writes the index of a dump to a file that opens in a part of the time, and has no texts of strings. */
export async function index(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [input, given, other] = positionals;
  if (input === undefined || other !== undefined)
    throw new UsageError('Give a dump, and at most one other file.');
  const output = given ?? `${input.replace(/\.gz$/i, '').replace(/\.json$/i, '')}${INDEX_EXTENSION}`;
  if (input === output) return refuse(`${output}: is the dump itself. Give another file for the index.`);

  const file = await openFile(input).catch((error: Error) => error);
  if (file instanceof Error) return refuse(`${input}: cannot be opened (${file.message})`);
  const unfinished = `${output}.unfinished`;
  try {
    const session = new HeapSession();
    const options = { loadId: 1, name: file.source.name };
    const outcome = await session.openSource(file.source, options, () => undefined);
    if (!outcome.ok) return refuse(`${input}: ${outcome.problem.message} ${outcome.problem.advice}`);
    const target = createWriteStream(unfinished);
    await pipeline(Readable.from(session.indexPieces(outcome.value.id)), target);
    await rename(unfinished, output);
    process.stderr.write(`${output}: ${formatBytes(target.bytesWritten).replace('\u00a0', ' ')}\n`);
    return STATUS.done;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(`${output}: could not be written (${message})`);
  } finally {
    await rm(unfinished, { force: true });
    await file.close();
  }
}
