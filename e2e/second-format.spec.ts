import { expect, test } from '@playwright/test';
import { VIEWS } from '../src/state/navigation.ts';
import { IMPORTERS } from '../workers/importers/registry.ts';
import { HeapSession } from '../workers/service/heap-session.ts';
import { toyImporter } from '../workers/testing/toy-format.ts';
import { App, type DroppedFile } from './app-driver.ts';

const HEAP = `TOY HEAP
["root:globals", {}, 2, 5]
["shape", {"name": "Point"}]
["shape", {"name": "Line"}, 0]
["cell", {"class": 1, "age": 3, "edges": [["weak", "label"]]}, 3]
["rope", {"text": "start of the line"}]
["cell", {"class": 0, "age": 4}, 2]
["probe", {}]
`;

/** A heap of a format that the build does not know, as an index file: that holds the words of its format. */
async function toyIndex(): Promise<DroppedFile> {
  const session = new HeapSession(null, Number.POSITIVE_INFINITY, 1, [...IMPORTERS, toyImporter]);
  const outcome = await session.open(new Blob([HEAP]), { loadId: 1, name: 'a.toy' }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  const index = await session.index(outcome.value.id);
  return { name: 'a.heapscape', bytes: new Uint8Array(await index.arrayBuffer()) };
}

test('a heap of another format is drawn in every view, in the words of that format', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  const app = new App(page);
  await app.openWith(await toyIndex());
  for (const { name, takes } of VIEWS) {
    if (!takes.includes('heap')) continue;
    await app.goTo(name);
    console.log('=====', name, '\n', (await page.getByRole('main').innerText()).slice(0, 1500));
  }
  expect(errors).toEqual([]);
});
