import { expect, it } from 'vitest';
import { matchingCommands } from './matching-commands.ts';

const command = (name: string) => ({ name, run: () => undefined });
const groups = [
  { heading: 'Views', commands: [command('Go to Treemap'), command('Go to Classes')] },
  { heading: 'Settings', commands: [command('Dark theme')] },
];
const found = (typed: string) =>
  matchingCommands(groups, typed).flatMap(({ commands }) => commands.map(({ name }) => name));

it('finds commands by parts of their names, in any order', () => {
  expect(found('tree')).toEqual(['Go to Treemap']);
  expect(found('CLASSES go')).toEqual(['Go to Classes']);
  expect(found('e')).toHaveLength(3);
  expect(found('')).toHaveLength(3);
  expect(matchingCommands(groups, 'theme')).toEqual([groups[1]]);
  expect(matchingCommands(groups, 'nothing')).toEqual([]);
});
