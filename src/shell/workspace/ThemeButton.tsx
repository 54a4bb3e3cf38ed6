import { Monitor, Moon, Sun } from 'lucide-react';
import { useApp } from '../../state/use-app.ts';
import type { ThemeChoice } from '../../theme/theme-choice.ts';
import { IconButton } from '../../widgets/IconButton.tsx';

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const NAMES: Readonly<Record<ThemeChoice, string>> = {
  system: 'system',
  light: 'light',
  dark: 'dark',
};

/** Cycles through the themes: system, light, dark. */
export function ThemeButton() {
  const theme = useApp(state => state.theme);
  const setTheme = useApp(state => state.setTheme);
  return (
    <IconButton
      icon={ICONS[theme]}
      label={`Theme: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`}
      onClick={() => setTheme(NEXT[theme])}
    />
  );
}
