import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openFile } from './files/node-byte-source.ts';
import { HeapSession } from './service/heap-session.ts';

/** `npm run report -- DUMP [--references-only] [--top N]`: the numbers of a dump as one JSON object. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'references-only': { type: 'boolean', default: false }, top: { type: 'string' } },
  });
  const [path] = positionals;
  const top = values.top === undefined ? undefined : Number(values.top);
  if (path === undefined || positionals.length > 1 || (top !== undefined && !(top >= 0))) {
    process.stderr.write('usage: npm run report -- DUMP [--references-only] [--top N]\n');
    return 2;
  }
  const session = new HeapSession();
  const options = { loadId: 1, name: basename(path), referencesOnly: values['references-only'] };
  let file: Awaited<ReturnType<typeof openFile>>;
  try {
    file = await openFile(path);
  } catch (error) {
    process.stderr.write(`${path}: cannot be opened (${(error as Error).message})\n`);
    return 2;
  }
  const outcome = await session.openSource(file.source, options, () => undefined);
  if (!outcome.ok) {
    process.stderr.write(`${path}: ${outcome.problem.message} ${outcome.problem.advice}\n`);
    return 2;
  }
  const report = await session.ask('report', {
    snapshot: outcome.value.id,
    ...(top === undefined ? {} : { top }),
  });
  await file.close();
  if (report.damage !== null) process.stderr.write(`${path}: ${report.damage}\n`);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

process.exitCode = await main();
