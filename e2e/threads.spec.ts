import { expect, test } from '@playwright/test';
import { App, fixture, textFile } from './app-driver.ts';

/** The loss of a thread is noticed after ten seconds. */
const NOTICED = { timeout: 30_000 };

for (const name of ['scan', 'slice-reader'] as const) {
  test(`if the ${name} thread ends, the dump stays open and the next one is read`, async ({ page }) => {
    const app = new App(page);
    await app.openWith(fixture('ruby-3.1'));
    const lost = await app.thread(name);
    const replaced = page.waitForEvent('worker', NOTICED);
    await lost.evaluate(() => self.close());
    await replaced;
    await app.drop(fixture('ruby-3.1-full', { packed: true }));
    await expect(page.getByRole('button', { name: 'ruby-3.1-full.json.gz', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await page.getByRole('button', { name: 'ruby-3.1.json', exact: true }).click();
    await app.goTo('Classes');
    await expect(page.getByRole('grid').getByRole('row')).not.toHaveCount(1);
  });
}

/** Makes the scanning thread enter an endless loop as soon as it reads the next file. */
async function loopAtNextFile(app: App): Promise<void> {
  await (await app.thread('scan')).evaluate(() => {
    const read = Blob.prototype.slice;
    Blob.prototype.slice = function (...range) {
      for (;;) read.apply(this, range);
    };
  });
}

test('a load whose thread is stuck in a loop fails with advice, and can be opened again', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await loopAtNextFile(app);
  await app.startDrop(fixture('ruby-3.1-full'));
  await expect(page.getByText('ruby-3.1-full.json is not open any more')).toBeVisible(NOTICED);
  await expect(page.getByText('The thread that reads files stopped answering')).toBeVisible();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await app.idle();
  await expect(page.getByRole('button', { name: 'ruby-3.1-full.json', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'ruby-3.1.json', exact: true })).toBeVisible();
});

test('Cancel ends a load at once, even if its thread is stuck in a loop', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await loopAtNextFile(app);
  await app.startDrop(fixture('ruby-3.1-full'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.drop(fixture('ruby-3.1'));
  await expect(page.getByRole('button', { name: 'ruby-3.1.json', exact: true })).toBeVisible();
});

test('if the thread that holds the dumps ends, each dump is reported and can be opened again', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await app.drop(fixture('ruby-3.1-since'));
  await (await app.thread('heap')).evaluate(() => self.close());
  // This asks a thread that no longer exists.
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Objects' }).click();
  for (const name of ['ruby-3.1.json', 'ruby-3.1-since.json']) {
    await expect(page.getByText(`${name} is not open any more`)).toBeVisible(NOTICED);
  }
  await app.idle();
  const first = page.getByRole('button', { name: 'Open it again' }).first();
  await first.click();
  await app.idle();
  await expect(page.getByRole('button', { name: 'ruby-3.1.json', exact: true })).toBeVisible();
  await app.goTo('Classes');
  await expect(page.getByRole('grid').getByRole('row')).not.toHaveCount(1);
});

test('if the engine cannot be loaded, the page says so and gives advice', async ({ page }) => {
  await page.route(/heap\.worker/, route => route.abort());
  const app = new App(page);
  await app.open();
  await app.startDrop(textFile('heap.json', '{}'));
  await expect(page.getByText('could not be started').first()).toBeVisible();
  await expect(page.getByText('Reload the page').first()).toBeVisible();
});
