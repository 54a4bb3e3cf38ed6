/** The user's choice; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const DARK_QUERY = '(prefers-color-scheme: dark)';

/** Sets `data-theme` on the root element to the theme of a choice. */
function applyTheme(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && matchMedia(DARK_QUERY).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Applies the chosen theme, following the system if so chosen, until the returned function is called. */
export function followTheme(choice: ThemeChoice): () => void {
  applyTheme(choice);
  const query = matchMedia(DARK_QUERY);
  const update = () => applyTheme(choice);
  query.addEventListener('change', update);
  return () => query.removeEventListener('change', update);
}
