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

/** What each view shows of this heap; the compiler asks for views that are new. */
const SHOWN: Record<HeapView, RegExp> = {
  overview: /Toy 7[\s\S]*Line 0x4010 keeps 216 B alive[\s\S]*rope/,
  findings: /1 object \(24 B, 9\.4 %\)/,
  treemap: /Ropes[\s\S]*5 objects, 240 B, in 9 tiles/,
  tree: /globals/,
  flame: /Ropes[\s\S]*5 objects, 240 B, in 9 frames/,
  generations: /2 traced objects \(48 B\) in 2 generations/,
  retainers: /3 of 6 objects are held by one Line that the root globals lists\./,
  classes: /rope[\s\S]*shape[\s\S]*Point/,
  owners: /globals[\s\S]*rope/,
  sites: /untraced/,
  strings: /No two of these strings/,
  threads: /No thread is in this dump/,
  shapes: /No shape is in this dump/,
  pages: /This format says nothing of heap pages/,
  objects: /rope[\s\S]*main\.toy:4/,
  compare: /Add dumps to compare with/,
};
type HeapView = Exclude<(typeof VIEWS)[number]['kind'], 'functions' | 'calls' | 'areas' | 'series'>;

/** A heap of a format that the build does not know, as an index file: that holds the words of its format. */
async function toyIndex(): Promise<DroppedFile> {
  const session = new HeapSession(null, Number.POSITIVE_INFINITY, 1, [...IMPORTERS, toyImporter]);
  const outcome = await session.open(new Blob([HEAP]), { loadId: 1, name: 'a.toy' }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  const index = await session.index(outcome.value.id, 'small');
  return { name: 'a.heapscape', bytes: new Uint8Array(await index.arrayBuffer()) };
}

test('a heap of another format is shown in every view, in the words of that format', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  const app = new App(page);
  await app.openWith(await toyIndex());
  for (const { kind, name, takes } of VIEWS) {
    if (!takes.includes('heap')) continue;
    await app.goTo(name);
    await expect(page.getByRole('main'), name).toContainText(SHOWN[kind as HeapView]);
  }
  await app.goTo('Treemap');
  await expect(page.getByLabel('Group by').getByRole('option', { name: 'gem' })).toHaveCount(0);
  await app.goTo('Objects');
  await page.getByRole('grid').getByText('[17]').click();
  await app.idle();
  const { inspector } = app;
  await expect(inspector).toContainText('what the program named.');
  await expect(inspector.getByText('label', { exact: true }).first()).toBeVisible();
  expect(errors).toEqual([]);
});
