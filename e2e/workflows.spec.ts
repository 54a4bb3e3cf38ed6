import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { oracleDuplicates } from '../workers/testing/oracle-report.ts';
import { readOracleDump } from '../workers/testing/oracle-ruby-dump.ts';
import { App, fixture, railsSample } from './app-driver.ts';

type Console = import('../src/session/console.ts').HeapscapeConsole;

/** The report of the page's console on the whole heap, with all groups by some keys. */
function reportOf(page: Page, group: string[] = []) {
  return page.evaluate(keys => {
    const { heapscape } = window as unknown as { heapscape: Console };
    return heapscape.report({ top: 1000, ...(keys.length === 0 ? {} : { group: keys as 'gem'[] }) });
  }, group);
}

// Questions that an engineer asks about a dump, each answered with as few clicks as possible.

test('what is in here? no click', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  const main = page.getByRole('main');
  await expect(main.getByRole('table', { name: 'Classes by retained size' })).toContainText(
    'BooksController',
  );
  await expect(main.getByRole('table', { name: 'Gems by retained size' })).toContainText('application');
  await expect(page.getByRole('region', { name: 'Generations of the whole heap' })).toBeVisible();
});

test('which generation is large? one drag', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  const { generations } = await reportOf(page);
  const fat = generations
    .filter(row => row.generation !== null)
    .reduce((most, row) => (row.shallowBytes > most.shallowBytes ? row : most));
  // The handles are at both ends of the axis, which has a bar for each generation.
  const strip = page.getByRole('region', { name: 'Generations of the whole heap' });
  const first = strip.getByRole('slider', { name: 'First generation selected' });
  const from = (await first.boundingBox())!;
  const to = (await strip.getByRole('slider', { name: 'Last generation selected' }).boundingBox())!;
  const least = Number(await first.getAttribute('aria-valuemin'));
  const bars = Number(await first.getAttribute('aria-valuemax')) - least + 1;
  const barPx = (to.x - from.x) / bars;
  const left = from.x + from.width / 2 + (fat.generation! - least) * barPx;
  const y = from.y + from.height / 2;
  await page.mouse.move(left + 0.3 * barPx, y);
  await page.mouse.down();
  await page.mouse.move(left + 0.7 * barPx, y, { steps: 5 });
  await page.mouse.up();
  await app.idle();
  await expect(app.chips).toContainText(`gen:${fat.generation}`);
  await expect(app.figure('Objects')).toContainText(fat.objects.toLocaleString('en-US'));
  await expect(page.getByRole('table', { name: 'Classes by retained size' })).toBeVisible();
});

test('which gem costs memory, and by which classes? one click', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  const { groups } = await reportOf(page, ['gem']);
  const gem = groups!
    .filter(({ path: [name] }) => name !== null && /-\d/.test(name!))
    .reduce((most, row) => (row.retainedBytes > most.retainedBytes ? row : most));
  const gems = page.getByRole('table', { name: 'Gems by retained size' });
  await expect(gems.getByRole('row').nth(1)).toContainText('application');
  const row = gems.getByRole('row', { name: new RegExp(`^${gem.path[0]!.replaceAll('.', '\\.')}`) });
  await expect(row).toContainText(`${(gem.retainedBytes / 2 ** 20).toPrecision(3)}\u00a0MiB`);
  await row.getByRole('button').click();
  await app.idle();
  await expect(app.chips).toContainText(`gem:${gem.path[0]}`);
  const classes = page.getByRole('grid', { name: 'Objects by class' });
  await expect(classes.getByRole('columnheader', { name: 'Retained' })).toBeVisible();
  await expect(classes.getByRole('row').nth(1)).toBeVisible();

  // All gems are listed by origin, and directories of the application come before them.
  await app.chips.getByRole('button', { name: /^Remove/ }).click();
  await page.getByLabel('group by').selectOption('directory');
  await app.idle();
  const { groups: directories } = await reportOf(page, ['origin', 'directory']);
  const largest = directories!
    .filter(({ path: [origin] }) => origin === 'application')
    .reduce((most, each) => (each.retainedBytes > most.retainedBytes ? each : most));
  const listed = page.getByRole('grid', { name: 'Objects by directory' });
  await expect(listed.getByRole('row').nth(1)).toContainText('application');
  await expect(listed.getByRole('row', { name: /^app\/services/ })).toContainText(
    `${(largest.retainedBytes / 2 ** 20).toPrecision(3)}\u00a0MiB`,
  );
});

test('which strings are duplicated, where were they allocated and what holds them? one click', async ({
  page,
}) => {
  const app = new App(page);
  const dump = fixture('ruby-3.1');
  const { bytes } = oracleDuplicates(readOracleDump(dump.bytes).objects);
  await app.openWith(dump);
  await app.goTo('Strings');
  await expect(app.figure('Wasted')).toHaveText(`${(bytes / 1024).toPrecision(3)}\u00a0KiB`);
  const table = page.getByRole('grid', { name: 'Duplicate strings' });
  for (const header of ['Copies', 'Wasted', 'Allocated at', 'Held by']) {
    await expect(table.getByRole('columnheader', { name: header })).toBeVisible();
  }
});

test('objects show the chosen columns, and several can be picked and shown alone', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await app.goTo('Objects');
  const objects = page.getByRole('grid', { name: 'Objects of the current set' });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Referrers' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Address' }).click();
  await page.keyboard.press('Escape');
  await app.idle();
  await expect(objects.getByRole('columnheader', { name: 'Address' })).toHaveCount(0);
  await objects.getByRole('columnheader', { name: 'Referrers' }).getByRole('button').click();
  await app.idle();
  await expect(page).toHaveURL(/sort=referrers.*columns=generation,site,referrers/);
  // The file has all rows, not only the visible ones.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Copy rows' }).click();
  await page.getByRole('menuitem', { name: 'Download JSON' }).click();
  const saved: { Referrers: number }[] = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(saved).toHaveLength(Number(await objects.getAttribute('aria-rowcount')) - 1);
  expect(saved.map(row => row.Referrers)).toEqual(saved.map(row => row.Referrers).toSorted((a, b) => b - a));

  // The allocation tracer is hidden until it is requested.
  const rows = Number(await objects.getAttribute('aria-rowcount'));
  const tracer = page.getByRole('checkbox', { name: /^Allocation tracer/ });
  await tracer.check();
  await app.idle();
  await expect(objects).toHaveAttribute('aria-rowcount', String(rows + 1));
  await tracer.uncheck();
  await app.idle();

  const boxes = page.getByRole('checkbox', { name: /^Pick 0x/ });
  await boxes.nth(0).check();
  await boxes.nth(2).check();
  await page
    .getByRole('toolbar', { name: 'Picked objects' })
    .getByRole('button', { name: 'Show only these' })
    .click();
  await app.idle();
  await expect(objects).toHaveAttribute('aria-rowcount', '3');

  // In a narrow and low window, such as at 200 % zoom, the inspector overlays the view and can be closed.
  await page.setViewportSize({ width: 720, height: 450 });
  await objects.getByRole('row').nth(1).click();
  await app.idle();
  await expect(app.inspector.getByRole('region', { name: 'Why is it alive?' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(app.inspector).toBeHidden();
  await app.goTo('Treemap');
  const treemap = await page.getByRole('application', { name: /^Treemap/ }).boundingBox();
  expect(treemap!.height).toBeGreaterThan(150);
});

test('generations can be cumulative and logarithmic, and a sentence says what survived', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Generations');
  await page.getByLabel('cumulative').check();
  await page.getByLabel('logarithmic').check();
  await app.idle();
  await expect(page).toHaveURL(/cumulative=true&log=true/);
  await expect(page.getByText(/The largest generation is/)).toBeVisible();
});

test('an untraced dump shows young and old objects', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1-untraced'));
  await app.goTo('Generations');
  await expect(page.getByText('Old: survived several collections')).toBeVisible();
  await expect(page.getByText('trace_object_allocations_start').first()).toBeVisible();
});
