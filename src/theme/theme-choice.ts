/** What the user chose; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const DARK_QUERY = '(prefers-color-scheme: dark)';

/** Sets `data-theme` on the root to what the choice means now. */
function applyTheme(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && matchMedia(DARK_QUERY).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Keeps the page's theme at the choice, following the system where asked to, until the returned function is called. */
export function followTheme(choice: ThemeChoice): () => void {
  applyTheme(choice);
  const query = matchMedia(DARK_QUERY);
  const update = () => applyTheme(choice);
  query.addEventListener('change', update);
  return () => query.removeEventListener('change', update);
}
