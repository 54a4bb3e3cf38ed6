/**
 * The gem to which memory_profiler assigns a file, by the same rules: the folder below `gems/`, RubyGems itself, a part
 * of Ruby's own library, or the folder above `app`, `lib` or `bin`. Works for shortened paths as well.
 */
export function gemOfPath(path: string): string {
  const gem = /^(?:.*\/gems|.*\/bundler\/gems)\/([^/]+)\//.exec(path);
  if (gem !== null) return gem[1]!;
  if (/\/rubygems[./]/.test(path)) return 'rubygems';
  const library = /ruby\/\d\.[^/]+\/([^/.]+)/.exec(path) ?? /^ruby\/lib\/([^/.]+)/.exec(path);
  if (library !== null) return library[1]!;
  const shortened = /^([^/]+-\d[^/]*)\//.exec(path);
  if (shortened !== null) return shortened[1]!;
  const application = /([^/]+\/(?:bin|app|lib))/.exec(path);
  return application === null ? 'other' : application[1]!;
}

/** Splits `path:12` at its last colon; the line is 0 if there is none. */
export function splitLocation(label: string): { file: string; line: number } {
  const match = /^(.*):(\d+)$/.exec(label);
  return match === null ? { file: label, line: 0 } : { file: match[1]!, line: Number(match[2]) };
}
