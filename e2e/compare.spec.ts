import { expect, test } from '@playwright/test';
import { App, railsSample, textFile } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';
import { leakDumps } from './leak-dumps.ts';

test('three dropped dumps lead to the leaking class, its objects and what holds them in two clicks', async ({
  page,
}) => {
  const app = new App(page);
  const [before, after, later] = leakDumps();
  // In any order: the generations show which was taken first.
  await app.openWith(after, later, before);
  const main = page.getByRole('main');
  await expect(main).toContainText(
    'One process: 6 of 6 named classes and modules have the same address and name',
  );
  await expect(main.getByRole('list', { name: /Dumps in the order/ }).getByRole('listitem')).toContainText([
    'before.json',
    'after.json',
    'later.json',
  ]);
  await expect(app.chips).toContainText('is:retained');
  await expect(app.figure('Retained')).toHaveText('21 objects');

  const retained = main.getByRole('table', { name: 'Retained objects by class' });
  await retained.getByRole('button', { name: 'Session' }).click();
  await app.idle();
  await expect(page.getByText('21 objects', { exact: false }).first()).toBeVisible();
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await app.idle();
  await expect(app.inspector).toContainText('SessionStore');
  await expect(app.inspector.getByText('Previous dump')).toBeVisible();

  // The classes were not traced, so only their addresses identify them.
  await page.getByRole('combobox', { name: 'Filter' }).fill('is:matched-by-address');
  await page.keyboard.press('Enter');
  await app.chips.getByRole('button', { name: /^Remove .*is:retained/ }).click();
  await app.chips.getByRole('button', { name: /^Remove .*Session/ }).click();
  await app.idle();
  const marked = page.getByRole('grid').getByRole('row', { name: /by address only/ });
  await expect(marked).toHaveCount(6);
});

test('files that are dropped together share a progress bar, and each can be cancelled', async ({ page }) => {
  const app = new App(page);
  await app.open();
  const [before, after, later] = leakDumps();
  const large = { ...railsSample(), name: 'a-large-one.json.gz' };
  await app.startDrop(large, before, after, later, textFile('notes.txt', 'no dump'));
  await expect(page.getByRole('progressbar', { name: 'Opening 5 files' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel opening after.json' }).click();
  await app.idle();
  const list = page.getByRole('list', { name: /Dumps in the order/ }).getByRole('listitem');
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: 'after.json' })).toHaveCount(0);
  await expect(page.getByRole('alert').filter({ hasText: 'notes.txt' })).toBeVisible();
});

test('growth is ranked and shown with its holder, and a bounded cache is not called a leak', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(...leakDumps());
  const growth = page.getByRole('grid', { name: 'Growth by class' });
  const first = growth.getByRole('row').nth(1);
  await expect(first).toContainText('Session');
  await expect(first).toContainText('+63');
  await expect(first).toContainText('keeps growing');

  const holders = page.getByRole('table', { name: 'Objects that hold what grows' });
  await expect(holders.getByRole('row').nth(1)).toContainText('Class SessionStore');
  await expect(holders.getByRole('row').nth(1)).toContainText('keeps growing');
  await expect(holders.getByRole('row', { name: /Lru/ })).toContainText('bounded');

  await page.getByLabel('Repetitions of an action between two dumps').fill('7');
  await expect(first).toContainText('6 each time');
  await page.getByLabel('group by').selectOption('site');
  await app.idle();
  const sites = page.getByRole('grid', { name: 'Growth by allocation site' });
  await expect(sites.getByRole('row', { name: /app\/lru\.rb:7/ })).toContainText('bounded');
});

test('a switch shows what a comparison by address alone would report, and why', async ({ page }) => {
  const app = new App(page);
  const [before, after, later] = leakDumps();
  await app.openWith(before, after, later);
  await page.getByLabel('Show what heapy would have said').check();
  await expect(page.getByRole('main')).toContainText('It would have said 21 objects');

  await page.getByRole('button', { name: 'Reduce before.json to what comparison needs' }).click();
  await app.idle();
  const list = page.getByRole('list', { name: /Dumps in the order/ }).getByRole('listitem');
  await expect(list.nth(0)).toContainText('reduced to save memory');
  await expect(app.figure('Retained')).toHaveText('21 objects');
  await expect(page.getByRole('main')).toContainText('objects that hold what grows are not listed');
  await page.getByRole('button', { name: 'Reload all of before.json' }).click();
  await app.idle();
  await expect(list).toContainText(['before.json', 'after.json', 'later.json']);
  await expect(page.getByRole('table', { name: 'Objects that hold what grows' })).toBeVisible();

  await page.getByRole('button', { name: 'Remove before.json from the comparison' }).click();
  await app.idle();
  await expect(app.figure('New')).toHaveText('82 objects');
  await expect(app.figure('Freed')).toHaveText('40 objects');
});

test('a dump that is opened later joins the comparison, can be moved, and removed again', async ({
  page,
}) => {
  const app = new App(page);
  const [before, after] = leakDumps();
  await app.openWith(before);
  await app.goTo('Compare');
  await expect(page.getByRole('main')).toContainText('One dump shows what is in the heap.');
  await expectNoViolations(page);
  await app.drop(after);
  const list = page.getByRole('list', { name: /Dumps in the order/ }).getByRole('listitem');
  await expect(list).toContainText(['before.json', 'after.json']);
  await expect(app.figure('New')).toHaveText('61 objects');
  const growth = page.getByRole('grid', { name: 'Growth by class' });
  await expect(growth.getByRole('row', { name: /Session/ })).toContainText('+21');

  await page.getByRole('button', { name: 'Move after.json one place earlier' }).click();
  await app.idle();
  await expect(list).toContainText(['after.json', 'before.json']);
  await expect(growth.getByRole('row', { name: /Session/ })).toContainText('\u221221');

  await list.nth(1).dragTo(list.nth(0));
  await app.idle();
  await expect(list).toContainText(['before.json', 'after.json']);

  await page.getByLabel('sizes in').selectOption('objects');
  await expect(growth.getByRole('row', { name: /STRING/ })).toContainText('40');
  await page.getByRole('button', { name: 'Stop comparing' }).click();
  await app.idle();
  await page.getByRole('button', { name: 'Compare with 1 other open dump' }).click();
  await app.idle();
  await expect(list).toContainText(['before.json', 'after.json']);
});

test('dumps of two processes are compared by group, and the page says so', async ({ page }) => {
  const app = new App(page);
  const [, after] = leakDumps();
  const [other] = leakDumps({ process: 0.5 });
  await app.openWith(other, after);
  await expect(page.getByRole('main')).toContainText('Compared by group only: objects cannot be identified.');
  await expect(page.getByRole('main')).toContainText('Only 0 of 6 named classes');
  await expect(page.getByRole('list', { name: /Dumps in the order/ })).toContainText('process 2');
  const growth = page.getByRole('grid', { name: 'Growth by class' });
  await expect(growth.getByRole('row', { name: /Session/ })).toContainText('+21');
});

test('a growing class leads back to what holds it, by references between classes', async ({ page }) => {
  const app = new App(page);
  await app.openWith(...leakDumps());
  const graph = page.getByRole('group', { name: /^Classes that lead to Session/ });
  await graph.getByRole('button', { name: /^\(internal\) ARRAY/ }).click();
  await expect(page.getByRole('main')).toContainText('(internal) ARRAY: 1 → 1 → 1 objects');
  const slice = page.getByRole('table', { name: 'What refers to Session, and how that grows' });
  await expect(slice.getByRole('row').nth(1)).toContainText('(internal) ARRAY');
  await expect(slice.getByRole('row').nth(1)).toContainText('+63');
  await expect(slice.getByRole('row').nth(2)).toContainText('Class');
});

test('two series show whether a fix worked, with a text to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new App(page);
  // With the fix, in another process, the store no longer grows.
  const [first] = leakDumps({ process: 0.5 });
  const fixed = ['with-fix-1.json', 'with-fix-2.json', 'with-fix-3.json'].map(name => ({ ...first, name }));
  await app.openWith(...fixed, ...leakDumps());
  await expect(page.getByRole('list', { name: /Dumps in the order/ }).getByRole('listitem')).toContainText([
    'before.json',
    'after.json',
    'later.json',
    'with-fix-1.json',
    'with-fix-2.json',
    'with-fix-3.json',
  ]);
  // The sides are suggested because there are two processes.
  await expect(page.getByRole('main')).toContainText(
    'Fixed. 1 of 1 group that grew before the fix has stopped.',
  );
  const table = page.getByRole('table', { name: 'Growth before and after the fix' });
  await expect(table.getByRole('row', { name: /^Session/ })).toContainText('stopped');
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^\*\*Fixed\.\*\* .*\| Session \|/s,
  );
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(page.getByRole('main')).toContainText('Worse.');
  const sides = page.getByRole('list', { name: /^Which dumps are from before and after the fix/ });
  await sides.getByLabel('later.json').selectOption('left out');
  await sides.getByLabel('after.json').selectOption('left out');
  await expect(page.getByText('Worse.')).toHaveCount(0);
});

test('the treemap steps through the dumps by keyboard, and plays them', async ({ page }) => {
  const app = new App(page);
  await app.openWith(...leakDumps());
  const map = page.getByRole('application', { name: /^Shallow size by class in later\.json/ });
  await map.focus();
  await map.press('ArrowLeft');
  await expect(
    page.getByRole('application', { name: /^Shallow size by class in after\.json/ }),
  ).toBeVisible();
  await page.getByRole('slider', { name: 'Dump that is shown' }).fill('0');
  const first = page.getByRole('application', { name: /^Shallow size by class in before\.json/ });
  await first.press('Space');
  await expect(map).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the console gives the comparison that the report prints', async ({ page }) => {
  const app = new App(page);
  await app.openWith(...leakDumps());
  const comparison = await page.evaluate(() => {
    const { heapscape } = window as unknown as {
      heapscape: import('../src/session/console.ts').HeapscapeConsole;
    };
    return heapscape.compare();
  });
  expect(comparison).toMatchObject({
    identity: 'same process',
    retained: { objects: 21, shallowBytes: 21 * 160 },
    retainedByClass: [{ label: 'Session', objects: 21 }],
  });
  expect(comparison.growth[0]).toMatchObject({
    label: 'Session',
    counts: [10, 31, 73],
    monotone: true,
    verdict: 'leak',
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('axe finds no violations on the comparison', async ({ page }) => {
      const app = new App(page);
      await app.openWith(...leakDumps());
      await page.getByLabel('Show what heapy would have said').check();
      await expectNoViolations(page);
    });
  });
}
