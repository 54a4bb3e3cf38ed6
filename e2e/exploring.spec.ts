import { expect, type Locator, type Page, test } from '@playwright/test';
import { App, fixture, railsSample, textFile } from './app-driver.ts';

test('allocation sites open from the origin down to the method, the application first', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Sites');
  const sites = page.getByRole('treegrid', { name: 'Allocation sites' });
  const first = sites.getByRole('row').nth(1);
  await expect(first).toContainText('application');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await first.click();
  await app.idle();
  await sites.getByRole('row', { name: /app\/services/ }).click();
  await app.idle();
  await sites.getByRole('row', { name: /activity_feed\.rb/ }).click();
  await app.idle();
  const line = sites.getByRole('row', { name: /line \d+/ }).first();
  await expect(line).toHaveAttribute('aria-level', '4');
  await line.click();
  await app.idle();
  await expect(
    sites
      .getByRole('row')
      .filter({ has: page.locator('[aria-level="5"]') })
      .or(sites.locator('[aria-level="5"]'))
      .first(),
  ).toBeVisible();

  await sites.getByRole('button', { name: 'Show the objects of activity_feed.rb' }).click();
  await app.idle();
  await expect(app.chips).toContainText('activity_feed.rb');
});

test('the directory of the application can be changed', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Sites');
  const sites = page.getByRole('treegrid', { name: 'Allocation sites' });
  await expect(sites.getByRole('row').nth(1)).toContainText('application');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Directory of the application' }).fill('/nowhere');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await app.idle();
  await expect(page.getByText('/nowhere/')).toBeVisible();
  await expect(sites.getByRole('row', { name: /^other/ })).toBeVisible();
});

test('the dominator tree opens row by row, also by keyboard', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await app.goTo('Dominators');
  const tree = page.getByRole('treegrid', { name: 'Dominator tree by class' });
  const first = tree.getByRole('row', { expanded: false }).first();
  const before = await tree.locator('[aria-level="1"]').count();
  await first.click();
  await app.idle();
  await expect(tree.locator('[aria-level="2"]').first()).toBeVisible();
  await tree.focus();
  await page.keyboard.press('ArrowLeft');
  await app.idle();
  await expect(tree.locator('[aria-level="2"]')).toHaveCount(0);
  expect(await tree.locator('[aria-level="1"]').count()).toBe(before);
});

test('texts are searched in the file, and encodings and slots can be asked for', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  const input = page.getByRole('combobox', { name: 'Filter' });
  const ask = async (filter: string) => {
    await input.fill(filter);
    await input.press('Enter');
    await app.idle();
  };
  await ask('value:"visit"');
  await app.goTo('Objects');
  const objects = page.getByRole('grid', { name: 'Objects of the current set' });
  await expect(objects.getByRole('row').nth(1)).toContainText(/visit/i);
  await page.getByRole('button', { name: /Remove value/ }).click();
  await app.goTo('Classes');
  await page.getByLabel('group by').selectOption('encoding');
  await app.idle();
  await expect(page.getByRole('grid', { name: 'Objects by encoding' })).toContainText('UTF-8');
});

/** Touches a chart in the middle of its height, at fractions of its width. */
async function fingersOn(page: Page, chart: Locator) {
  const box = (await chart.boundingBox())!;
  const y = box.y + box.height / 2;
  const session = await page.context().newCDPSession(page);
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...parts: number[]) => {
    const touchPoints = parts.map((part, id) => ({ x: box.x + box.width * part, y, id }));
    await session.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  const pinch = async () => {
    await touch('touchStart', 0.5);
    await touch('touchStart', 0.5, 0.6);
    for (const apart of [0.15, 0.2, 0.3]) await touch('touchMove', 0.5 - apart / 2, 0.6 + apart / 2);
    await touch('touchEnd');
  };
  return { touch, pinch };
}

test('on a touch screen two fingers zoom, and one selects generations or pans a zoomed chart', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await app.goTo('Treemap');
  const treemap = page.getByRole('application', { name: /^Treemap/ });
  const onTreemap = await fingersOn(page, treemap);
  await onTreemap.pinch();
  await expect(treemap.getByRole('button', { name: /4\.0 × · Show all/ })).toBeVisible();
  await onTreemap.touch('touchStart', 0.5);
  for (const part of [0.4, 0.3]) await onTreemap.touch('touchMove', part);
  await onTreemap.touch('touchEnd');
  // A drag is not a click: nothing is selected.
  await expect(treemap.getByRole('button', { name: /Show all/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show only this' })).toBeHidden();

  await app.goTo('Generations');
  const timeline = page.getByRole('main').getByRole('group', { name: /^Timeline of generations/ });
  const { touch, pinch } = await fingersOn(page, timeline);
  await pinch();
  await app.idle();
  // The pinch began as a drag with one finger, which must not select anything.
  await expect(app.chips).toBeHidden();
  await expect(timeline.getByRole('button', { name: /1\.8 × · Show all/ })).toBeVisible();
  await touch('touchStart', 0.5);
  for (const part of [0.55, 0.6, 0.7]) await touch('touchMove', part);
  await touch('touchEnd');
  await app.idle();
  await expect(app.chips.getByText(/^gen:\d+\.\.\d+/)).toBeVisible();
  await timeline.getByRole('button', { name: /Show all/ }).click();
  await expect(timeline.getByRole('button', { name: /Show all/ })).toBeHidden();
});

test('with eight open files the active tab is visible, and files of one name are distinguishable', async ({
  page,
}) => {
  const app = new App(page);
  const dump = '{"type":"ROOT", "root":"vm", "references":["0x10"]}\n{"address":"0x10", "type":"STRING"}\n';
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'same', 'same'].map(name => `${name}-of-a-process.json`);
  await page.setViewportSize({ width: 1024, height: 700 });
  await app.open();
  // One after the other, as unrelated files.
  for (const name of names) await app.drop(textFile(name, dump));
  const tabs = page.getByRole('group', { name: 'Open files' });
  const front = tabs.getByRole('button', { pressed: true });
  await expect(front).toHaveText('same-of-a-process.json (2)');
  await expect(front).toBeInViewport({ ratio: 1 });
  await tabs.getByRole('button', { name: 'a-of-a-process.json', exact: true }).first().click();
  await app.idle();
  await expect(front).toHaveText('a-of-a-process.json');
  await expect(front).toBeInViewport({ ratio: 1 });
});
