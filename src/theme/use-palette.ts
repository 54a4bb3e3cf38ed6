import { useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** Calls back after each change of the page's theme or contrast setting, until the returned function is called. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const contrast = matchMedia('(prefers-contrast: more)');
  contrast.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    contrast.removeEventListener('change', callback);
  };
}

/** The palette of the current theme; the component renders again when the theme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.documentElement));
  useEffect(() => onThemeChange(() => setPalette(readPalette(document.documentElement))), []);
  return palette;
}
