/**
 * Where code comes from, judged by the path of its file (numbers.md#origin). Groupings, filters and the page's
 * shortened paths all use {@link placeOf}.
 */

/** The kinds of origin, in the order in which they are listed. */
export const ORIGINS = ['application', 'gem', 'ruby', 'eval', 'internal', 'other'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The position of an origin in lists: as in {@link ORIGINS}, and no origin last. */
export function originRank(origin: string | null): number {
  const at = (ORIGINS as readonly (string | null)[]).indexOf(origin);
  return at < 0 ? ORIGINS.length : at;
}

/** The origin of a file, and its path there. */
export interface Place {
  origin: Origin;
  /** `rack-3.0.8`, `sqlite3`, `ruby 3.3.0`; null for the application and what belongs to nothing. */
  library: string | null;
  /** The path within the application, the gem or the library; otherwise the whole path. */
  path: string;
}

/**
 * The place of a file. `root`: the directory of the application with a slash at its end, '' if there is none: relative
 * paths always belong to the application. Code from `eval` counts for the file that it names. O(length).
 */
export function placeOf(file: string, root: string): Place {
  const path = withSlashes(evaluatedIn(file));
  const outside = placeOutside(path);
  if (outside !== null) return outside;
  if (root !== '' && path.startsWith(root)) {
    return { origin: 'application', library: null, path: path.slice(root.length) };
  }
  if (!isAbsolute(path)) return { origin: 'application', library: null, path };
  const local = LOCAL_GEM.exec(path);
  if (local !== null && !OF_THE_SYSTEM.has(local[1]!)) {
    return { origin: 'gem', library: local[1]!, path: local[2]! };
  }
  return { origin: 'other', library: null, path };
}

/** A shortened path for display: `activerecord 6.1.7 › active_record/base.rb`, `app/models/user.rb`. */
export function shortPath(file: string, root: string): string {
  const { origin, library, path } = placeOf(file, root);
  if (library === null) return path;
  const isNamed = origin === 'gem' && library.length <= MAX_NAME;
  return `${isNamed ? library.replace(VERSION, ' ') : library} \u203a ${path}`;
}

/** A file or `file:line`, with its path shortened by {@link shortPath}. */
export function shortSite(text: string, root: string): string {
  const line = /:\d+$/.exec(text)?.[0] ?? '';
  return `${shortPath(text.slice(0, text.length - line.length), root)}${line}`;
}

/** The same for a directory, which has no trailing slash. */
export function shortDirectory(directory: string, root: string): string {
  const short = shortPath(`${directory}/`, root);
  return short === '' ? '.' : short.replace(/(?: \u203a )?\/?$/, '') || '/';
}

/** The dash before a gem's version. */
const VERSION = /-(?=\d[^-]*(?:-[a-z\d_-]+)?$)/;
const MAX_NAME = 200;

/** The gem of a file, as a label (numbers.md#origin). */
export function gemOfFile(file: string, root: string): string {
  const { origin, library, path } = placeOf(file, root);
  if (library !== null) return library;
  switch (origin) {
    case 'internal':
      return 'ruby core';
    case 'other':
      return directoryOf(path);
    default:
      return origin;
  }
}

/** The directory of a path; `.` if it has none. */
export function directoryOf(path: string): string {
  const at = path.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 ? '/' : path.slice(0, at);
}

/**
 * The directory of the application, with a slash at its end: the common directory of all files that belong to nothing
 * else. For a Rails application, the parent of `app` and `config`. '' if paths are relative or have nothing in
 * common. `weights`: how much each file counts, such as its objects. O(length of the paths).
 */
export function guessRoot(files: readonly string[], weights: ArrayLike<number>): string {
  const marked = new Map<string, number>();
  const directories = new Map<string, number>();
  let all = 0;
  for (const [at, file] of files.entries()) {
    const path = withSlashes(evaluatedIn(file));
    if (!isAbsolute(path) || placeOutside(path) !== null) continue;
    const weight = weights[at]!;
    all += weight;
    const marker = MARKED_ROOT.exec(path);
    if (marker !== null) marked.set(marker[1]!, (marked.get(marker[1]!) ?? 0) + weight);
    let slash = path.indexOf('/', 1);
    for (let depth = 0; slash >= 0 && depth < MAX_DEPTH; depth++, slash = path.indexOf('/', slash + 1)) {
      const directory = path.slice(0, slash + 1);
      directories.set(directory, (directories.get(directory) ?? 0) + weight);
    }
  }
  const [mostMarked] = [...marked].sort((a, b) => b[1] - a[1]);
  if (mostMarked !== undefined) return mostMarked[0];
  // The deepest directory that contains nearly all files, but not one within a project.
  const [deepest = ''] = [...directories]
    .filter(([directory, weight]) => weight >= all * NEARLY_ALL && !PART.test(directory))
    .map(([directory]) => directory)
    .sort((a, b) => b.length - a.length);
  return deepest;
}

const MAX_DEPTH = 12;
const NEARLY_ALL = 0.8;
/** The part of a path before the folders that every Rails application has. */
const MARKED_ROOT =
  /^(.*?\/)(?:app\/(?:models|controllers|views|helpers|jobs|mailers|services|channels)\/|config\/(?:environment|application|boot|routes|puma|initializers\/|environments\/))/;
/** Directories that are part of a project, not its root. A top-level /app can be a root. */
const PART = /[^/:]\/(?:app|lib|bin|config|spec|test|exe|script|tmp)\//;

/** The place of a gem, of Ruby, or of code without a file; null for any file that may be the application's. */
function placeOutside(path: string): Place | null {
  if (path.startsWith('<internal:')) {
    const inner = /^<internal:(.*?)>?$/.exec(path)![1]!;
    const within = libraryOf(inner);
    return within?.origin === 'ruby' ? within : { origin: 'internal', library: null, path };
  }
  if (path.startsWith('(') || GRAMMAR.test(path)) return { origin: 'eval', library: null, path };
  const gem = gemOf(path) ?? cachedGemOf(path) ?? extensionOf(path);
  return gem !== null ? { origin: 'gem', ...gem } : libraryOf(path);
}

/** The place of a file in Ruby's own directories: the standard library, and packages of a distribution. */
function libraryOf(path: string): Place | null {
  const vendored = VENDORED.exec(path);
  if (vendored !== null) {
    const [whole, name = '', end = ''] = vendored;
    const rest = path.slice(vendored.index + whole.length - name.length - end.length);
    // Distributions also install parts of Ruby there.
    if (OF_RUBY.has(name)) return { origin: 'ruby', library: 'ruby', path: rest };
    return { origin: 'gem', library: name, path: rest };
  }
  const library = LIBRARY.exec(path);
  return library === null
    ? null
    : {
        origin: 'ruby',
        library: `ruby ${library[1]}`,
        path: path.slice(library.index + library[0].length),
      };
}

const GEMS = '/gems/';
/** A gem from a repository, as `bundle cache` stores it: its name and the commit. */
const CACHED_GEM = /(?:^|\/)vendor\/cache\/([^/]+-[0-9a-f]{7,40})\//;
/**
 * The standard library and default gems; also Debian's directories by architecture,
 * `/usr/lib/x86_64-linux-gnu/ruby/3.1.0/`.
 */
const LIBRARY = /\/lib\/(?:\w{1,20}-linux-\w{1,20}\/)?ruby\/(?:site_ruby\/|vendor_ruby\/)?(\d[^/]*)\//;
/**
 * A package of a distribution: a folder or a file in Debian's directories. Those by architecture have a version in
 * between.
 */
const VENDORED =
  /\/lib\/(?:ruby\/(?:vendor_ruby|site_ruby)|\w{1,20}-linux-\w{1,20}\/ruby\/vendor_ruby\/\d[^/]{0,20})\/((?!\d)[^/]+?)(\.rb$|\.so$|\/)/;
/** The names under which racc and Ragel evaluate the code of a parser; the grammar is not a file of the program. */
const GRAMMAR = /^[^/]{1,100}\.(?:y|ry|rl)$/;
/** The compiled part of a gem: the platform, the version of Ruby, the gem. */
const EXTENSION = /\/extensions\/[^/]{1,50}\/[^/]{1,50}\/([^/]{1,200})\//;
const OF_RUBY = new Set(['rubygems', 'bundler', 'rubygems_integration']);
/**
 * The folder below `gems`, if it is a gem: its name contains a dash, as before a version, or it has a `lib`, `app` or
 * `ext` folder. A gem's own path can contain another gem's; the innermost one counts.
 */
const LOCAL_GEM = /\/([^/]+)\/(?:lib|ext)\/(.+)$/;
/** Folders above a `lib` that are not gems. */
const OF_THE_SYSTEM = new Set(['usr', 'local', 'opt']);
const EVAL_AT = '(eval at ';

/**
 * The folder below `gems`, if it has a name and a version or is a gem without one, with its `lib`. A gem's own path
 * can hold another gem's: the innermost one counts.
 */
function gemOf(file: string): { library: string; path: string } | null {
  const at = file.lastIndexOf(GEMS);
  const end = at < 0 ? -1 : file.indexOf('/', at + GEMS.length);
  if (end < 0) return null;
  const library = file.slice(at + GEMS.length, end);
  const path = file.slice(end + 1);
  const isGem = library.slice(1, -1).includes('-') || /^(?:lib|app|ext)\//.test(path);
  return isGem ? { library, path: withoutLib(path) } : null;
}

function cachedGemOf(file: string): { library: string; path: string } | null {
  const match = CACHED_GEM.exec(file);
  return match && { library: match[1]!, path: withoutLib(file.slice(match.index + match[0].length)) };
}

function extensionOf(file: string): { library: string; path: string } | null {
  const match = EXTENSION.exec(file);
  if (match === null || !/-\d/.test(match[1]!)) return null;
  return { library: match[1]!, path: file.slice(match.index + match[0].length) };
}

/** The path by which a file of a gem is required. */
function withoutLib(path: string): string {
  return path.startsWith('lib/') ? path.slice('lib/'.length) : path;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//i.test(path);
}

/**
 * The file that called `eval`, as Ruby 3.3 and later write it: `(eval at /srv/app/order.rb:12)`, also for nested
 * calls.
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

/** A Windows path with forward slashes. */
function withSlashes(path: string): string {
  return /^(?:[a-z]:\\|\\\\)/i.test(path) ? path.replaceAll('\\', '/') : path;
}
