import { expect, test } from '@playwright/test';
import { App, fixture, railsSample, textFile } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('a finding says what leaks, how much, since when, and how that was determined', async ({ page }) => {
      const app = new App(page);
      await app.openWith(fixture('ruby-3.1'));
      await app.goTo('Findings');
      const leak = page
        .getByRole('region', { name: 'Leaks' })
        .getByRole('listitem', { name: 'Visits keeps growing' });
      await expect(leak).toContainText(
        /Array\[80\] of Visits is still growing and keeps [\d.]+\s[KM]iB alive: its 80 objects, 100\s% of them Visits::Visit/,
      );
      await expect(
        leak.getByRole('img', { name: /by generation of allocation, from 2 to 11/ }),
      ).toBeVisible();
      await leak.getByText('Evidence, and how it was computed').click();
      await expect(leak.getByRole('table', { name: 'Evidence' }).getByRole('row')).toHaveCount(3);
      await expect(leak).toContainText('After: The metric "surviving generations" of the NetBeans Profiler');
      await expectNoViolations(page);
    });
  });
}

test('a finding opens its object, its treemap and its objects', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await app.goTo('Findings');
  const leak = page.getByRole('listitem', { name: 'Visits keeps growing' });
  await leak.getByRole('button', { name: 'Why is it alive?' }).click();
  await app.idle();
  await expect(app.inspector.getByRole('button', { name: /^CLASS Visits/ }).first()).toBeVisible();
  await leak.getByRole('button', { name: 'Treemap' }).click();
  await app.idle();
  await expect(page).toHaveURL(/#\/treemap\?by=dominators:object:/);
  await page.goBack();
  await app.idle();
  await leak.getByRole('button', { name: 'Show the objects' }).click();
  await app.idle();
  const rows = page.getByRole('grid', { name: 'Objects of the current set' });
  await expect(rows.getByRole('row').nth(1)).toContainText('Array');
});

test('findings are pinned, dismissed and restored, also on the overview', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  const overview = page.getByRole('list', { name: 'What stands out' });
  await expect(overview).toContainText('Array[80] of Visits is still growing');
  await app.goTo('Findings');
  const leak = page.getByRole('listitem', { name: 'Visits keeps growing' });
  await leak.getByRole('button', { name: 'Pin' }).click();
  await expect(page.getByRole('region', { name: 'Pinned' }).getByRole('listitem')).toHaveCount(1);
  await leak.getByRole('button', { name: 'Unpin' }).click();
  await leak.getByRole('button', { name: 'Dismiss' }).click();
  await expect(leak).toBeHidden();
  await app.goTo('Overview');
  await expect(overview).not.toContainText('is still growing');
  await app.goTo('Findings');
  await page.getByRole('checkbox', { name: 'Show dismissed (1)' }).check();
  await leak.getByRole('button', { name: 'Restore' }).click();
  await app.goTo('Overview');
  await expect(overview).toContainText('is still growing');
});

type HeapscapeConsole = import('../src/session/console.ts').HeapscapeConsole;

test('the console and the page have the same findings', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  const [first] = await page.evaluate(() =>
    (window as unknown as { heapscape: HeapscapeConsole }).heapscape.findings(),
  );
  await expect(page.getByRole('list', { name: 'What stands out' })).toContainText(first!.sentence);
  expect(first!.sentence).toContain('ActivityFeed');

  // A row of evidence opens what it counts.
  await app.goTo('Findings');
  const copies = page.getByRole('listitem', { name: 'Strings with the same text' });
  await copies.getByText('Evidence, and how it was computed').click();
  const row = copies.getByRole('row', { name: /^String at 0x/ }).first();
  await row.getByRole('button').click();
  await app.idle();
  const objects = page.getByRole('grid', { name: 'Objects of the current set' });
  await expect(objects.getByRole('row').nth(1)).toContainText('String');
});

test('a changed threshold changes the findings, and is part of the link', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await app.goTo('Findings');
  const leak = page.getByRole('listitem', { name: 'Visits keeps growing' });
  await page.getByText('Thresholds', { exact: true }).click();
  const group = page.getByRole('group', { name: 'growing container' });
  await group.getByRole('slider', { name: /effective generations/ }).press('End');
  await app.idle();
  await expect(leak).toBeHidden();
  await expect(page).toHaveURL(/at=growing\.generations:50/);
  await page.getByRole('button', { name: 'Use the usual thresholds' }).click();
  await app.idle();
  await expect(leak).toBeVisible();
});

test('owners are drawn as a few boxes that can be expanded and collapsed', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Owners');
  const graph = page.getByRole('group', { name: /Owners and what they own/ });
  await expect(graph.locator('text', { hasText: 'ActivityFeed' }).first()).toBeVisible();
  await expect(page.getByText(/^\d+ boxes/)).toBeVisible();
});

test('threads and fibers are listed with what they retain', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await app.goTo('Threads');
  const table = page.getByRole('table', { name: 'Threads and fibers' });
  await expect(table.getByRole('row', { name: /running/ }).first()).toBeVisible();
  await expect(table.getByRole('row', { name: /fiber/ }).first()).toBeVisible();
});

test('threads are listed with their ractors if there are several', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1-ractors'));
  await app.goTo('Threads');
  await expect(page.getByText(/^3 ractors, 5 threads and \d+ fibers?, /)).toBeVisible();
  const table = page.getByRole('table', { name: 'Threads and fibers' });
  // The row of a running thread has the address of its ractor.
  const thread = table.getByRole('row').filter({ hasText: 'VM/thread' }).first();
  await thread.getByRole('button', { name: /^0x[0-9a-f]+$/ }).click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('Ractor');
});

test('the tree of shapes opens row by row, also from a dump of shapes alone', async ({ page }) => {
  const app = new App(page);
  const shape = (id: number, more: string) =>
    `{"address":"0x90000${id}", "type":"SHAPE", "id":${id}, ${more}, "edges":1, "memsize":40}\n`;
  const text =
    shape(0, '"depth":1, "shape_type":"ROOT"') +
    shape(1, '"parent_id":0, "depth":2, "shape_type":"IVAR","edge_name":"@size"');
  await app.openWith(textFile('shapes.json', text));
  await app.goTo('Shapes');
  const tree = page.getByRole('treegrid', { name: 'Tree of shapes' });
  // A single top-level row is open initially.
  await expect(tree.getByText('@size')).toBeVisible();
});

test('pages are mapped slot by slot, and the view says why memory does not shrink', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm-full'));
  await app.goTo('Pages');
  await expect(page.getByText(/exact, as the dump lists empty slots/)).toBeVisible();
  await expect(page.getByText(/^Memory goes back to the system a page at a time/)).toBeVisible();
  const map = page.getByRole('application', { name: 'Heap pages, slot by slot' });
  await map.press('ArrowRight');
  await expect(map).toContainText(/^0x[0-9a-f]+: (free|young|old|pinned), slot 1 of \d+$/);
  await page.getByLabel('Colour by').selectOption('class');
  await app.idle();
  await expect(page.getByRole('list', { name: 'Colours' })).toContainText('String');
  await page.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('table', { name: 'Pages by slot size' });
  await expect(table.getByRole('row', { name: /^all/ })).toBeVisible();
});

test('the overview says what the bytes are used for', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  const parts = page.getByRole('list', { name: 'What the bytes are for' });
  await expect(parts.getByRole('listitem')).toHaveCount(5);
});
