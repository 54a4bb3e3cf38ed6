import type { PageCommand } from './use-commands.ts';

interface CommandGroup {
  heading: string;
  commands: PageCommand[];
}

/** The commands whose names contain every word that was typed, ignoring case; groups without one are left out. */
export function matchingCommands(groups: readonly CommandGroup[], typed: string): CommandGroup[] {
  const words = typed.toLowerCase().split(/\s+/);
  return groups
    .map(({ heading, commands }) => ({
      heading,
      commands: commands.filter(({ name }) => words.every(word => name.toLowerCase().includes(word))),
    }))
    .filter(({ commands }) => commands.length > 0);
}
