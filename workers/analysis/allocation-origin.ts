/**
 * Where code comes from, judged by its path (numbers.md#gem): a gem by name and version, the standard
 * library, or the application, by its directory.
 */
export function allocationOrigin(file: string): string {
  const gem = /\/(?:bundler\/)?gems\/([^/]+-[^/]+)\//.exec(lastGemsPart(file));
  if (gem !== null) return gem[1]!;
  const library = /\/lib\/ruby\/(?:site_ruby\/|vendor_ruby\/)?(\d[^/]*)\//.exec(file);
  if (library !== null) return `ruby ${library[1]}`;
  if (file.startsWith('<internal:')) return 'ruby core';
  const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return directory === '' ? '(no directory)' : directory;
}

/** A gem's own path can hold another gem's; the innermost `/gems/` counts. */
function lastGemsPart(file: string): string {
  const at = file.lastIndexOf('/gems/');
  if (at < 0) return '';
  return file.slice(at);
}
