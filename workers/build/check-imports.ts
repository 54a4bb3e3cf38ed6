/** Reports imports that the architecture does not allow, and cycles: part of `npm run check`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forbiddenImport, importCycles, relativeImports } from './import-rules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = ['src', 'workers', 'e2e'].flatMap(folder =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter(file => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
        .map(file => posix.join(folder, file.split(sep).join('/')))
    : [],
);

const problems: string[] = [];
const imports = new Map<string, string[]>();
for (const file of files) {
  const targets = relativeImports(readFileSync(join(ROOT, file), 'utf8'))
    .map(target => posix.join(dirname(file), target.replace(/\?.*$/, '')))
    .filter(target => /\.tsx?$/.test(target));
  imports.set(file, targets);
  for (const target of targets) {
    const problem = forbiddenImport(file, target);
    if (problem !== null) problems.push(problem);
  }
}
for (const cycle of importCycles(imports)) problems.push(`a cycle: ${cycle.join(' → ')}`);

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${files.length} files, ${problems.length} forbidden imports or cycles\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
