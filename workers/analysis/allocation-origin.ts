/**
 * Where code comes from, judged by its path (numbers.md#gem): a gem by name and version, the standard
 * library, or the application, by its directory. Code of `eval` counts for the file that it names. O(length).
 */
export function allocationOrigin(path: string): string {
  const file = withSlashes(evaluatedIn(path));
  if (file === '(eval)') return 'eval';
  const gem = gemOf(file) ?? CACHED_GEM.exec(file)?.[1];
  if (gem !== undefined) return gem;
  const library = LIBRARY.exec(file);
  if (library !== null) return `ruby ${library[1]}`;
  if (file.startsWith('<internal:')) return 'ruby core';
  const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return directory === '' ? '(no directory)' : directory;
}

const GEMS = '/gems/';
/** A gem of a repository, as `bundle cache` keeps it: its name and the commit. */
const CACHED_GEM = /(?:^|\/)vendor\/cache\/([^/]+-[0-9a-f]{7,40})\//;
const LIBRARY = /\/lib\/ruby\/(?:site_ruby\/|vendor_ruby\/)?(\d[^/]*)\//;
const EVAL_AT = '(eval at ';

/**
 * The folder below `gems`, if it has a name and a version. A gem's own path can hold another gem's: the innermost one
 * counts.
 */
function gemOf(file: string): string | undefined {
  const at = file.lastIndexOf(GEMS);
  const end = at < 0 ? -1 : file.indexOf('/', at + GEMS.length);
  const folder = end < 0 ? '' : file.slice(at + GEMS.length, end);
  return folder.slice(1, -1).includes('-') ? folder : undefined;
}

/**
 * The file in which code was evaluated, as Ruby 3.3 and later name it: `(eval at /srv/app/order.rb:12)`, also where
 * that was evaluated itself.
 */
function evaluatedIn(path: string): string {
  let start = 0;
  let end = path.length;
  while (path.startsWith(EVAL_AT, start)) {
    if (path[end - 1] !== ')') return path;
    let colon = end - 2;
    while (isDigit(path[colon])) colon--;
    if (path[colon] !== ':') return path;
    start += EVAL_AT.length;
    end = colon;
  }
  return path.slice(start, end);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** A Windows path as the others are. */
function withSlashes(path: string): string {
  return /^(?:[a-z]:\\|\\\\)/i.test(path) ? path.replaceAll('\\', '/') : path;
}
