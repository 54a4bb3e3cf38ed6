import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from './protocol/report.ts';
import { fixtureDump } from './testing/fixture-dumps.ts';
import { dockerLog } from './testing/wrapped-texts.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

interface Ran {
  status: number | null;
  output: string;
  errors: string;
}

/** Runs a shell command line in which `report` is the program. */
function run(line: string, cwd: string, input: Uint8Array = new Uint8Array(0)): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const script = `report() { '${PROJECT}node_modules/.bin/tsx' '${PROJECT}workers/heapscape.ts' report "$@"; }; ${line}`;
    const child = spawn('bash', ['-c', script], { cwd });
    const output: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.stderr.on('data', data => (errors += data));
    child.on('error', reject);
    child.on('close', status => resolve({ status, output: Buffer.concat(output).toString(), errors }));
    child.stdin.on('error', () => undefined); // Not every command reads it.
    child.stdin.end(input);
  });
}

describe('the command line', () => {
  const dump = fixtureDump('ruby-3.1');
  let folder: string;
  let expected: Report;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heapscape-test-'));
    await writeFile(join(folder, 'heap.json'), dump);
    for (const [at, part] of ['aa', 'ab', 'ac'].entries()) {
      await writeFile(
        join(folder, `heap.json.${part}`),
        dump.subarray(at * 100_000, at === 2 ? undefined : (at + 1) * 100_000),
      );
    }
    expected = JSON.parse((await run('report heap.json', folder)).output) as Report;
    expect(expected.objects).toBeGreaterThan(1000);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads the standard input, pipes and redirects like a file', async () => {
    const lines: [string, Uint8Array?][] = [
      ['report -', dump],
      ['report /dev/stdin', gzipSync(dump)],
      ['report - < heap.json'],
      ['report <(cat heap.json)'],
      ['mkfifo pipe; cat heap.json > pipe & report pipe'],
    ];
    for (const [line, input] of lines) {
      const { status, output, errors } = await run(line, folder, input);
      expect([line, status, errors]).toEqual([line, 0, '']);
      expect(JSON.parse(output)).toEqual(expected);
    }
  });

  it('joins the parts of a split dump, and reports a part that is missing or alone', async () => {
    const joined = await run('report heap.json.ac heap.json.aa heap.json.ab', folder);
    expect(JSON.parse(joined.output)).toEqual(expected);
    const refused: [string, string][] = [
      ['report heap.json.aa heap.json.ac', 'Part ab is missing.'],
      ['report heap.json.ab', 'This is part ab of a split dump.'],
      ['report heap.json heap.json.aa', 'These are not the parts of one split file.'],
      ['report .', 'cannot be opened (it is a directory: name the files in it)'],
      ['report - < /dev/null', 'The file is empty.'],
    ];
    for (const [line, sentence] of refused) {
      const { status, output, errors } = await run(line, folder);
      expect([line, status, output]).toEqual([line, 2, '']);
      expect(errors).toContain(sentence);
    }
    const first = await run('report heap.json.aa', folder);
    expect(first.status).toBe(0);
    expect((JSON.parse(first.output) as Report).damage).toContain('the following parts are missing');
  });

  it('reports the layers around the text', async () => {
    const valid = new Uint8Array(Buffer.from(Buffer.from(dump).toString('utf8')));
    const { output } = await run('report -', folder, dockerLog(valid, 16_384));
    expect(JSON.parse(output)).toEqual({ ...expected, layers: ['docker json-file log'] });
  });
});
