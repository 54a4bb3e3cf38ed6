import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { openFile } from '../files/node-byte-source.ts';
import { closeText } from '../files/opened-text.ts';
import { chooseImporter } from '../importers/registry.ts';
import { isIndexFile } from '../index-file/read-index.ts';
import { redactedText } from '../loading/redact.ts';
import { ProblemError } from '../protocol/errors.ts';
import { formatCountOf } from '../protocol/format/counts.ts';
import { type RedactionReport, type RedactionRules, randomHashKey } from '../protocol/redaction.ts';
import { refuse, STATUS, UsageError } from './outcome.ts';
import { parallelGzip } from './parallel-gzip.ts';

export const REDACT_USAGE = 'heapscape redact IN OUT [--hash-paths] [--hash-names] [--key HEX]';

/**
 * Writes a copy of a dump without its strings: `OUT` is compressed if it ends with `.gz`, and `-` is the standard
 * output. A copy that could not be finished is removed.
 */
export async function redact(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'hash-paths': { type: 'boolean', default: false },
      'hash-names': { type: 'boolean', default: false },
      key: { type: 'string', default: randomHashKey() },
    },
  });
  const [input, output, other] = positionals;
  if (input === undefined || output === undefined || other !== undefined) {
    throw new UsageError('Give the dump, and the file that the copy is written to.');
  }
  if (!/^[0-9a-f]{32}$/i.test(values.key)) throw new UsageError('A key has 32 hexadecimal digits.');
  if (output !== '-' && (await isSameFile(input, output))) {
    return refuse(`${output}: is the dump itself. Give another file for the copy.`);
  }
  const rules = { key: values.key, hashPaths: values['hash-paths'], hashNames: values['hash-names'] };
  try {
    const { records, values: replaced, leftOut } = await writeCopy(input, output, rules);
    const lines = leftOut === 0 ? '' : ` ${formatCountOf(leftOut, 'piece')} of other text left out.`;
    process.stderr.write(
      `${output}: ${formatCountOf(replaced, 'value')} replaced in ${formatCountOf(records, 'record')}.${lines}\n`,
    );
    return STATUS.done;
  } catch (error) {
    if (error instanceof ProblemError) {
      return refuse(`${input}: ${error.problem.message} ${error.problem.advice}`);
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(`${input}: could not be copied (${message})`);
  }
}

async function writeCopy(input: string, output: string, rules: RedactionRules): Promise<RedactionReport> {
  const file = await openFile(input);
  const unfinished = `${output}.unfinished`;
  try {
    if (await isIndexFile(file.source)) {
      throw new ProblemError({
        code: 'not-a-dump',
        file: input,
        message: 'An index file has no texts of strings.',
        advice: 'Give the dump that it was made from, or share the index as it is.',
      });
    }
    const chosen = await chooseImporter(file.source, () => undefined);
    await closeText(chosen.text);
    let report: RedactionReport = { records: 0, values: 0, leftOut: 0 };
    const pieces = async function* () {
      report = yield* redactedText(chosen.importer, chosen.source, rules, () => undefined);
    };
    const copy = Readable.from(output.endsWith('.gz') ? parallelGzip(pieces()) : pieces());
    if (output === '-') {
      await pipeline([copy, process.stdout], { end: false });
    } else {
      await pipeline([copy, createWriteStream(unfinished)]);
      await rename(unfinished, output);
    }
    return report;
  } catch (error) {
    if (output !== '-') await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const pathOf = (path: string) => realpath(path).catch(() => null);
  const [first, second] = [await pathOf(one), await pathOf(other)];
  return first !== null && first === second;
}
