/**
 * Reports citations of `workers/numbers.md` without a section, and sections that nothing cites: part of `npm run
 * check`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorsOf, checkCitations } from './definitions.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NUMBERS = 'workers/numbers.md';

const texts = new Map(
  ['src', 'workers'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.tsx?$/.test(file) && !/\.generated\.ts$/.test(file) && !file.startsWith('build'))
      .map(file => [join(folder, file), readFileSync(join(ROOT, folder, file), 'utf8')]),
  ),
);
const anchors = anchorsOf(readFileSync(join(ROOT, NUMBERS), 'utf8'));
const problems = checkCitations(anchors, texts);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${anchors.size} definitions, ${problems.length} unlinked\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
