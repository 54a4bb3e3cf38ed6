import { expect, test } from 'vitest';
import { forbiddenImport, importCycles, relativeImports } from './import-rules.ts';

test('imports go one way', () => {
  expect(forbiddenImport('workers/service/a.ts', 'workers/model/b.ts')).toBeNull();
  expect(forbiddenImport('workers/model/a.ts', 'workers/service/b.ts')).toContain('must not know service');
  expect(forbiddenImport('workers/analysis/a.ts', 'workers/importers/b.ts')).toContain('must not know');
  expect(forbiddenImport('src/views/a.tsx', 'workers/protocol/rows.ts')).toBeNull();
  expect(forbiddenImport('src/views/a.tsx', 'workers/model/b.ts')).toContain('must not know model');
  expect(forbiddenImport('src/charts/a.tsx', 'src/state/store.ts')).toContain('must not know state');
  expect(forbiddenImport('src/session/client.ts', 'workers/heap.worker.ts')).toBeNull();
  expect(forbiddenImport('src/views/a.tsx', 'workers/heap.worker.ts')).toContain('must not know');
  expect(forbiddenImport('workers/model/a.test.ts', 'workers/testing/heap-from-text.ts')).toBeNull();
  expect(forbiddenImport('workers/model/a.ts', 'workers/testing/heap-from-text.ts')).toContain('tests');
  expect(forbiddenImport('src/new-folder/a.ts', 'src/format/b.ts')).toContain('belongs to no part');
});

test('every kind of import is found', () => {
  const source = `
    import './a.css'; import type { B } from './b.ts';
    export { c,
      d } from '../c.ts';
    const lazy = () => import('./d.tsx');
    new Worker(new URL('../e.worker.ts', import.meta.url));
    // import './not.ts'
    import react from 'react';`;
  expect(relativeImports(source).sort()).toEqual([
    '../c.ts',
    '../e.worker.ts',
    './a.css',
    './b.ts',
    './d.tsx',
  ]);
});

test('a cycle is found, without the path that leads to it', () => {
  const graph = { d: ['a'], a: ['b'], b: ['c'], c: ['a'] };
  expect(importCycles(new Map(Object.entries(graph)))).toEqual([['a', 'b', 'c', 'a']]);
});
