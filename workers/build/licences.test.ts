import { expect, it } from 'vitest';
import { licencesText, packageFolder } from './licences.ts';

it.each([
  ['/srv/app/node_modules/react/cjs/react.js', '/srv/app/node_modules/react'],
  ['/srv/node_modules/@radix-ui/react-slot/dist/index.mjs', '/srv/node_modules/@radix-ui/react-slot'],
  ['/srv/node_modules/a/node_modules/b/c.js', '/srv/node_modules/a/node_modules/b'],
  ['/srv/app/src/main.tsx', null],
])('finds the package of %s', (module, folder) => {
  expect(packageFolder(module)).toBe(folder);
});

it('lists the licence of the project first, then each package with its text', () => {
  const packages = [{ name: 'a', version: '1.0.0', licence: 'MIT', text: 'Copyright A' }];
  const text = licencesText('MIT of ours\n', packages);
  expect(text).toMatch(
    /^Heapscape\n\nMIT of ours\n\n[\s\S]*a \(MIT\)[\s\S]*a 1\.0\.0 \(MIT\)\n\nCopyright A\n$/,
  );
});
