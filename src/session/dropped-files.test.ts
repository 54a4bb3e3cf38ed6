import { expect, test } from 'vitest';
import { droppedFiles } from './dropped-files.ts';

interface Tree {
  [name: string]: string | Tree;
}

/** An entry as browsers provide it; a folder's reader returns two entries at a time. */
function entryOf(name: string, content: string | Tree): FileSystemEntry {
  const isFile = typeof content === 'string';
  const entries = isFile ? [] : Object.entries(content).map(([each, inside]) => entryOf(each, inside));
  const entry = {
    name,
    isFile,
    isDirectory: !isFile,
    file: (found: (file: File) => void) => found(new File([content as string], name)),
    createReader: () => {
      const rest = [...entries];
      return { readEntries: (found: (some: FileSystemEntry[]) => void) => found(rest.splice(0, 2)) };
    },
  };
  return entry as unknown as FileSystemEntry;
}

function transferOf(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, content]) => ({
    webkitGetAsEntry: () => entryOf(name, content),
  }));
  const files = Object.entries(tree).map(([name, content]) => new File([String(content)], name));
  return { items, files } as unknown as DataTransfer;
}

test('files are passed on unchanged', async () => {
  const { files, folder } = await droppedFiles(transferOf({ 'a.json': '{}', '.b.json': '{}' }));
  expect(files.map(({ name }) => name)).toEqual(['a.json', '.b.json']);
  expect(folder).toBe(null);
});

test('a folder yields all its files except hidden ones, named by their paths', async () => {
  const dumps = {
    'a.json': 'a',
    '.DS_Store': 'x',
    day: { 'b.json': 'b', deep: { 'c.json': 'c' } },
    '.git': { d: 'd' },
  };
  const { files, folder } = await droppedFiles(transferOf({ dumps, 'e.json': 'e' }));
  expect(files.map(({ name }) => name).sort()).toEqual(['a.json', 'day/b.json', 'day/deep/c.json', 'e.json']);
  expect(await Promise.all(files.map(each => each.text()))).toContain('c');
  expect(folder).toEqual({ name: 'dumps', isCut: false });
});

test('a folder with too many files is cut, and says so', async () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`${at}.json`, '{}']));
  const wide = await droppedFiles(transferOf({ many }));
  expect(wide.files).toHaveLength(200);
  expect(wide.folder).toEqual({ name: 'many', isCut: true });

  let deep: Tree = { 'a.json': '{}' };
  for (let depth = 0; depth < 12; depth++) deep = { [`${depth}`]: deep };
  expect(await droppedFiles(transferOf({ deep }))).toEqual({
    files: [],
    folder: { name: 'deep', isCut: true },
  });
});
