import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { App, fixture, railsSample, textFile } from './app-driver.ts';

/** Opens the dialog and clicks a button that saves a file. */
async function saved(page: Page, button: string): Promise<{ name: string; path: string; bytes: Buffer }> {
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: button }).click(),
  ]);
  const name = download.suggestedFilename();
  const path = test.info().outputPath(name);
  await download.saveAs(path);
  return { name, path, bytes: readFileSync(path) };
}

test('a report is one HTML file that opens from disk, without a network', async ({ page, browser }) => {
  const app = new App(page);
  await app.open('#/treemap?only=class:Visits::Visit');
  await app.drop(fixture('ruby-3.1'));
  await page.getByRole('button', { name: 'Share' }).click();
  const report = await saved(page, 'Save as HTML');
  expect(report.name).toBe('ruby-3.1.json.html');
  expect(report.bytes.length).toBeLessThan(300 * 1024);

  const offline = await browser.newContext({ offline: true });
  const reader = await offline.newPage();
  const asked: string[] = [];
  reader.on('request', request => asked.push(request.url()));
  const errors: string[] = [];
  reader.on('console', message => errors.push(message.text()));
  const address = pathToFileURL(report.path).href;
  await reader.goto(address);
  await expect(reader.getByRole('heading', { level: 1, name: 'ruby-3.1.json' })).toBeVisible();
  await expect(reader.getByText('class:Visits::Visit').first()).toBeVisible();
  await expect(
    reader.locator('dt', { hasText: 'Objects' }).first().locator('xpath=following-sibling::dd'),
  ).toHaveText('80');
  await expect(reader.getByRole('img', { name: 'Treemap of what keeps what alive' })).toBeVisible();
  // The picture of the view that was on screen.
  const onScreen = reader.getByRole('img', { name: 'Treemap, shallow size' });
  await expect(onScreen).toBeVisible();
  expect(await onScreen.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(300);
  await expect(reader.getByText(/heapscape report ruby-3\.1\.json --html --filter/)).toBeVisible();
  expect(asked).toEqual([address]);
  expect(errors).toEqual([]);
  await offline.close();
});

test('a report is copied as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The report was copied.' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('## `ruby-3.1.json`');
  expect(text).toMatch(/\| `Class` \| \d+ \|/);
});

test('a redacted copy of a Rails dump has none of its strings, and opens with its totals', async ({
  page,
}) => {
  const app = new App(page);
  const dump = railsSample();
  await app.openWith(dump);
  const objects = await app.figure('Objects').textContent();
  await page.getByRole('button', { name: 'Share' }).click();
  const copy = await saved(page, 'Save a redacted copy');
  expect(copy.name).toBe('rails-library.redacted.json.gz');

  const original = gunzipSync(dump.bytes).toString('latin1');
  const redacted = gunzipSync(copy.bytes).toString('latin1');
  const values = new Set(
    [...original.matchAll(/"value":"((?:[^"\\]|\\.)*)"/g)]
      .map(match => match[1]!)
      .filter(text => text.length > 3),
  );
  expect(values.size).toBeGreaterThan(10_000);
  const left = [...redacted.matchAll(/"value":"((?:[^"\\]|\\.)*)"/g)].filter(match => values.has(match[1]!));
  expect(left).toEqual([]);

  await page.getByLabel('Compress with gzip').uncheck();
  const plain = await saved(page, 'Save a redacted copy');
  expect(plain.name).toBe('rails-library.redacted.json');
  expect(plain.bytes.toString('latin1').split('\n')).toHaveLength(redacted.split('\n').length);

  await page.keyboard.press('Escape');
  await app.drop({ name: copy.name, bytes: copy.bytes });
  await expect(app.figure('Objects')).toHaveText(objects!);
});

test('likely secrets are masked on screen by one switch', async ({ page }) => {
  const app = new App(page);
  const record = (address: string, value: string) =>
    `{"address":"${address}", "type":"STRING", "class":"0x10", "bytesize":${value.length}, "value":"${value}", "encoding":"UTF-8", "memsize":40}\n`;
  await app.openWith(
    textFile(
      'secrets.json',
      '{"type":"ROOT", "root":"vm", "references":["0x10", "0x38", "0x60"]}\n' +
        '{"address":"0x10", "type":"CLASS", "name":"String", "memsize":500}\n' +
        record('0x38', 'password=hunter22') +
        record('0x60', 'nothing of interest'),
    ),
  );
  await app.goTo('Objects');
  await expect(page.getByText('password=hunter22').first()).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('checkbox', { name: 'Mask likely secrets on screen' }).check();
  await page.keyboard.press('Escape');
  await app.idle();
  await expect(page.getByText('password=•••(secret)').first()).toBeVisible();
  await expect(page.getByText('nothing of interest').first()).toBeVisible();
  await page.getByText('password=•••(secret)').first().click();
  await app.idle();
  await expect(page.getByText('hunter22')).toHaveCount(0);
  // The setting is kept for the next visit.
  await page.reload();
  await app.idle();
  await app.drop(
    textFile(
      'again.json',
      `{"type":"ROOT", "root":"vm", "references":["0x38"]}\n${record('0x38', 'password=hunter22')}`,
    ),
  );
  await expect(page.getByText('hunter22')).toHaveCount(0);
});

test('an index file opens in a new browser profile, and the page says what it does not contain', async ({
  page,
  browser,
}) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  const objects = await app.figure('Objects').textContent();
  await page.getByRole('button', { name: 'Share' }).click();
  const index = await saved(page, 'Save an index file');
  expect(index.name).toBe('ruby-3.1.heapscape');

  const fresh = await browser.newContext();
  const other = new App(await fresh.newPage());
  await other.page.goto(page.url().replace(/#.*/, ''));
  await other.idle();
  await other.drop({ name: index.name, bytes: index.bytes });
  await expect(other.figure('Objects')).toHaveText(objects!);
  await expect(other.page.getByText(/Opened from an index file, which has no records/)).toBeVisible();
  for (const view of ['Treemap', 'Generations', 'Classes', 'Objects']) await other.goTo(view);
  await other.page.getByRole('main').getByRole('row').nth(1).click();
  await other.idle();
  await expect(other.inspector.getByText(/Retained/).first()).toBeVisible();
  await expect(other.page.getByRole('alert')).toHaveCount(0);

  await other.drop({ name: 'cut.heapscape', bytes: index.bytes.subarray(0, index.bytes.length - 100) });
  await expect(other.page.getByText('This index file is damaged, or cut short.')).toBeVisible();
  await fresh.close();
});

test('an index is stored on this device, opened at the next visit, and deleted', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  const objects = await app.figure('Objects').textContent();
  await page.getByRole('button', { name: 'Share' }).click();
  const keep = page.getByRole('button', { name: 'Keep on this device' });

  // The error that browsers report when the disk is full, or when the quota of the site is used up.
  const browser = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  await keep.click();
  const refusal = /^It could not be kept: the browser has no room for its \d+\sKiB\. Delete what is kept/;
  await expect(page.getByRole('status').filter({ hasText: refusal })).toBeVisible();
  await browser.send('Storage.overrideQuotaForOrigin', { origin });

  await keep.click();
  await expect(page.getByRole('status').filter({ hasText: /^Kept on this device/ })).toBeVisible();

  await page.goto('about:blank');
  await app.open();
  const kept = page.getByRole('region', { name: 'Kept on this device' });
  await expect(kept.getByText('ruby-3.1.json', { exact: true })).toBeVisible();
  await kept.getByRole('button', { name: 'Open ruby-3.1.json' }).click();
  await app.idle();
  await expect(app.figure('Objects')).toHaveText(objects!);

  await page.goto('about:blank');
  await app.open();
  await kept.getByRole('button', { name: 'Delete ruby-3.1.json' }).click();
  await expect(kept).toHaveCount(0);
});
