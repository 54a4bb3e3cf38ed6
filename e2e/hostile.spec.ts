import { expect, test } from '@playwright/test';
import { App, fixture, textFile } from './app-driver.ts';

/** A heap of records with the given fields, all held by one root. */
function dumpOf(...records: Record<string, unknown>[]) {
  const lines = records.map((fields, at) =>
    JSON.stringify({ address: `0x7f00000${(0x1000 + at * 40).toString(16)}`, memsize: 40, ...fields }),
  );
  const addresses = records.map((_, at) => `0x7f00000${(0x1000 + at * 40).toString(16)}`);
  lines.push(JSON.stringify({ type: 'ROOT', root: 'vm', references: addresses }));
  return textFile('hostile.json', `${lines.join('\n')}\n`);
}

test('types named like members of every JavaScript object are internal types in every view', async ({
  page,
}) => {
  const app = new App(page);
  const names = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];
  const failures: string[] = [];
  page.on('pageerror', error => failures.push(error.message));
  await app.openWith(dumpOf(...names.map(type => ({ type, generation: 3, file: 'a.rb', line: 1 }))));
  for (const view of ['Treemap', 'Generations', 'Classes', 'Objects', 'Overview']) {
    await app.goTo(view);
    await expect(page.getByText('This part of the page failed')).toHaveCount(0);
  }
  expect(failures).toEqual([]);
});

test('characters that change the direction of text are shown escaped, in lists and in the inspector', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(dumpOf({ type: 'STRING', encoding: 'UTF-8', value: 'user \u202egnp.exe\u200b' }));
  await app.goTo('Objects');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await app.idle();
  await expect(app.inspector.getByRole('group', { name: 'Value' })).toHaveText('user \\u202egnp.exe\\u200b');
  expect(await page.locator('body').textContent()).not.toMatch(/[\u202a-\u202e\u200b]/);
});

test('leaving the page asks for confirmation only while a dump is open', async ({ page }) => {
  const app = new App(page);
  const asked: string[] = [];
  page.on('dialog', dialog => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await app.open();
  // Browsers ask only after the user has interacted with the page.
  await page.getByRole('heading', { name: 'Heapscape', level: 1 }).click();
  await page.reload();
  await app.idle();
  expect(asked).toEqual([]);
  await app.drop(fixture('ruby-3.1'));
  await page.getByRole('heading', { name: 'Overview' }).click();
  await page.reload();
  await app.idle();
  expect(asked).toEqual(['beforeunload']);
});

test('a link with thousands of filters opens with fifty, and says so', async ({ page }) => {
  const app = new App(page);
  const set = (text: string) => encodeURIComponent(JSON.stringify([{ kind: 'text', text }, text]));
  const sets = Array.from({ length: 2000 }, (_, at) => `set=${set(`${at}`)}`);
  await app.open(`#/classes?${sets.join('&')}`);
  await expect(page.getByText('1950 of the filters in this link could not be used')).toBeVisible();
  await app.drop(fixture('ruby-3.1'));
  await expect(app.chips.getByRole('listitem')).toHaveCount(50);
});

test('the console rejects wrong arguments with a message', async ({ page }) => {
  const app = new App(page);
  await app.open();
  const said = await page.evaluate(async () => {
    const wrong = window.heapscape as unknown as Record<string, (argument?: unknown) => Promise<unknown>>;
    const calls = [['report'], ['object', 5], ['open', null], ['open', 'samples/%E0%A4%A.json']] as const;
    return Promise.all(
      calls.map(([name, argument]) => wrong[name]!(argument).catch((error: Error) => error.message)),
    );
  });
  expect(said).toEqual([
    expect.stringContaining('No dump is open'),
    expect.stringContaining('heapscape.object needs an address as text'),
    expect.stringContaining('heapscape.open needs a File'),
    expect.stringContaining('The server answered'),
  ]);
});
