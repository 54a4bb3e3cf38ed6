/**
 * Regenerates the sample dump in public/samples: `npm run sample`. Needs Ruby, Rails and SQLite; on Debian and Ubuntu:
 * `apt-get install --no-install-recommends ruby-rails ruby-sqlite3`.
 *
 * The dump is of rails-sample/, a library application with a deliberate leak. Before it is compressed, the names of
 * this machine's folders and of the gems' authors are replaced by others of the same length, so that all sizes stay
 * true.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const APP = fileURLToPath(new URL('./rails-sample/', import.meta.url));
const OUT = fileURLToPath(new URL('../../public/samples/', import.meta.url));
const FILE = 'rails-library.json.gz';
const LARGEST_FILE_BYTES = 5 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'a'));
try {
  cpSync(APP, folder, { recursive: true });
  const dump = join(folder, 'heap.json');
  const people = join(folder, 'people.json');
  const { status, error } = spawnSync('ruby', ['dump.rb', dump, people], {
    cwd: folder,
    stdio: 'inherit',
    // Only the variables that Ruby needs, since the environment is in the dump.
    env: { PATH: process.env.PATH, HOME: '/srv', LANG: 'C.UTF-8', RAILS_ENV: 'production' },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`dump.rb ended with ${status}`);
  const text = anonymized(
    readFileSync(dump, 'latin1').replaceAll(folder, sameLength('/srv/library', folder, '-')),
    JSON.parse(readFileSync(people, 'utf8')),
  );
  const packed = gzipSync(Buffer.from(text, 'latin1'), { level: 9 });
  if (packed.length > LARGEST_FILE_BYTES) throw new Error(`${packed.length} bytes are too many for a sample`);
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, FILE), packed);
  const samples = [
    {
      file: FILE,
      title: 'A Rails application that leaks',
      description:
        'Rails 6.1 on Ruby 3.1, 160 requests after boot, allocations traced. Something keeps every request.',
      bytes: packed.length,
    },
  ];
  writeFileSync(join(OUT, 'index.json'), `${JSON.stringify(samples, null, 2)}\n`);
  process.stdout.write(`${FILE}: ${text.split('\n').length - 1} records, ${packed.length} bytes\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Replaces the names of the gems' authors in strings, and strings that are email addresses. */
function anonymized(text: string, people: (string | null)[]): string {
  const names = people
    .filter(name => name !== null && name.length > 5)
    .map(name => name?.replace(/[^\w ]/g, '\\$&'));
  const named = new RegExp(names.join('|'), 'g');
  return text.replace(/"value":"([^"\\]+)"/g, (_field, value: string) => {
    if (/^[\w.+-]+@[\w.-]+$/.test(value)) return `"value":"${sameLength('author@example.org', value, 'x')}"`;
    return `"value":"${value.replace(named, name => sameLength('A gem author', name, '.'))}"`;
  });
}

function sameLength(neutral: string, replaced: string, filler: string): string {
  return neutral.padEnd(replaced.length, filler).slice(0, replaced.length);
}
