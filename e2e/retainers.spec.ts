import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { App, railsSample, textFile } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

/** Counts the user's clicks on the page. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  const clicks = await page.evaluateHandle(() => {
    const counter = { clicks: 0 };
    window.addEventListener('click', () => counter.clicks++, { capture: true });
    return counter;
  });
  return () => clicks.evaluate(({ clicks: counted }) => counted);
}

const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });
const graph = (page: Page) => page.getByRole('group', { name: /^Paths, merged by class/ });
const box = (page: Page, name: RegExp) => graph(page).getByRole('button', { name });

test('what holds all objects of a class: two clicks from the overview', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  const clicks = await countClicks(page);
  await app.goTo('Classes');
  await page.getByRole('searchbox', { name: 'Filter the classes' }).fill('Loan');
  await app.idle();
  await page.getByRole('button', { name: 'Why alive: Loan', exact: true }).click();
  await app.idle();
  await expect(answer(page)).toContainText(
    'All 500 Loan are held by one Array of 160 elements that ActivityFeed refers to.',
  );
  expect(await clicks()).toBe(2);
  // The same as a graph: the array is where all paths come together.
  await expect(box(page, /^Array \[160\]: 500 objects behind it, .* come together here$/)).toBeVisible();
  await expect(box(page, /^ActivityFeed \(Class\): 500 objects behind it/)).toBeVisible();
});

test('what a cut would free: two clicks from the graph, and several cuts together', async ({ page }) => {
  const app = new App(page);
  await app.open('#/retainers?only=class:Loan');
  await app.drop(railsSample());
  const clicks = await countClicks(page);
  await box(page, /^Array \[160\]/).click();
  await page.getByRole('button', { name: 'What if cut?' }).click();
  await app.idle();
  expect(await clicks()).toBe(2);
  const freed = page.getByRole('region', { name: 'What the cut would free' });
  await expect(freed).toContainText(/The cut would free [\d,]+ objects, [\d.]+\sMiB\./);
  await expect(freed.getByText('Loan', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/cut=%5B|cut=\[/);
  await page.getByRole('list', { name: 'Cut' }).getByRole('button').click();
  await expect(freed).toBeHidden();
  await page.goBack();
  await app.idle();
  await expect(freed).toBeVisible();
});

test('ignoring a holder shows the next reason, or that there is none', async ({ page }) => {
  const app = new App(page);
  await app.openWith(textFile('two-holders.json', TWO_HOLDERS));
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Session type:OBJECT');
  await page.keyboard.press('Enter');
  await app.goTo('Why alive');
  await expect(answer(page)).toContainText('There are two independent holders');
  await box(page, /^\(internal\) HASH \{20\}/).click();
  await page.getByRole('button', { name: 'Ignore' }).click();
  await app.idle();
  await expect(answer(page)).toContainText('All 20 Session are held by one (internal) ARRAY');
  await box(page, /^\(internal\) ARRAY \[20\]/).click();
  await page.getByRole('button', { name: 'Ignore' }).click();
  await app.idle();
  await expect(answer(page)).toContainText('without what is left out, all would be freed');
  await page.getByRole('list', { name: 'Ignored' }).getByRole('button').first().click();
  await app.idle();
  await expect(answer(page)).toContainText('All 20 Session are held by one (internal) HASH');
});

test('the keyboard walks the graph, and existing boxes do not move', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Loan');
  await page.keyboard.press('Enter');
  await app.goTo('Why alive');
  await box(page, /^root vm/).focus();
  for (const next of [/^Object \(Class\)/, /^ActivityFeed \(Class\)/, /^Array \[160\]/]) {
    await page.keyboard.press('ArrowRight');
    await expect(box(page, next)).toBeFocused();
  }
  const before = await box(page, /^ActivityFeed \(Class\)/).boundingBox();
  await page.keyboard.press('Enter');
  await expect(box(page, /^Array \[160\]/)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(box(page, /^Array \[160\]/)).toHaveAttribute('aria-expanded', 'true');
  // Existing boxes do not move.
  expect(await box(page, /^ActivityFeed \(Class\)/).boundingBox()).toEqual(before);
  await page.keyboard.press('ArrowLeft');
  await expect(box(page, /^ActivityFeed \(Class\)/)).toBeFocused();
});

test('the graph can be read as a table, and both pass axe', async ({ page }) => {
  const app = new App(page);
  await app.openWith(textFile('two-holders.json', TWO_HOLDERS));
  await app.goTo('Why alive');
  await expect(box(page, /HASH \{20\}/)).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const row = page
    .getByRole('grid', { name: 'Paths, merged by class' })
    .getByRole('row', { name: /HASH \{20\}/ });
  await expect(row).toBeVisible();
  const rows = page.getByRole('grid', { name: 'Paths, merged by class' }).getByRole('row');
  await page.getByRole('button', { name: /^Path/ }).click();
  await app.idle();
  await expect(rows.nth(1)).toContainText('root vm');
  await expect(page.getByRole('columnheader', { name: /^Path/ })).toHaveAttribute('aria-sort', 'ascending');
  await expectNoViolations(page);
});

test('a list of 250,000 elements, and a string with as many referrers, can be drawn', async ({ page }) => {
  const app = new App(page);
  await app.open('#/retainers?of=0x10028');
  await app.drop({ name: 'long.json.gz', bytes: gzipSync(longHeap(250_000)) });
  await expect(answer(page)).toContainText('This (internal) STRING is held by one Node that Head refers to.');
  await page.getByRole('button', { name: 'Show the current set instead' }).click();
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Node type:OBJECT');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(answer(page)).toContainText('of 250,000 Node are held by one Node that Head refers to');
  await expect(box(page, /^Node × 249,999 in runs/)).toBeVisible();
});

test('the inspector shows the contents of an object, how to find it again, and what would be freed with it', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Loan');
  await page.keyboard.press('Enter');
  await app.goTo('Why alive');
  await page.getByRole('button', { name: 'Inspect Array [160]' }).click();
  await app.idle();
  const elements = app.inspector.getByRole('grid', { name: 'Elements' });
  await expect(elements.getByRole('row').nth(1)).toContainText('[0]');
  await expect(elements).toHaveAttribute('aria-rowcount', '161');
  await expect(app.inspector.getByText('LeakShare')).toBeVisible();
  await app.inspector.getByText(/^Class chain/).click();
  await expect(app.inspector.getByRole('button', { name: /Enumerable/ }).first()).toBeVisible();
  await app.inspector.getByText('Ruby to find it again').click();
  await expect(app.inspector.getByRole('group', { name: 'Ruby to find it again' })).toContainText(
    'ObjectSpace.each_object(Array).find',
  );
  await app.inspector.getByText(/^Freed with it, by class/).click();
  await app.idle();
  const freed = app.inspector.getByRole('grid', { name: 'Freed with it, by class' });
  await expect(freed.getByRole('row', { name: /Hash/ }).first()).toBeVisible();
  // Many references are grouped by class; a class opens to its objects, and shows them as a set.
  const references = app.inspector.getByRole('treegrid', { name: 'References' });
  await expect(references.getByRole('row', { name: /Proc × 160/ })).toBeVisible();
  await references.getByRole('row', { name: /Class × 1/ }).click();
  await expect(references.getByRole('row', { name: /Array \(Class\) class/ })).toBeVisible();
  await references.getByRole('button', { name: 'Show the Proc in Objects' }).click();
  await app.idle();
  await expect(page.getByRole('grid', { name: 'Objects of the current set' })).toHaveAttribute(
    'aria-rowcount',
    '161',
  );
});

test('the neighbourhood of an object opens step by step, and its paths are listed one by one', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(textFile('two-holders.json', TWO_HOLDERS));
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Session type:OBJECT');
  await page.keyboard.press('Enter');
  await app.goTo('Objects');
  await page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row').nth(1).click();
  await app.idle();
  await app.inspector.getByRole('button', { name: 'Open in Why alive' }).click();
  await app.idle();
  await expectNoViolations(page);
  await page.getByRole('combobox', { name: 'Draw' }).selectOption('neighbours');
  await app.idle();
  const around = page.getByRole('group', { name: /^What refers to the object/ });
  await expect(around.getByRole('button', { name: /^\(internal\) HASH \{20\}/ })).toBeVisible();
  await expect(around.getByRole('button', { name: /^\(internal\) ARRAY \[20\]/ })).toBeVisible();
  // References can be cut here, too, and the wheel zooms around the pointer.
  await around.locator('[data-line]').first().dispatchEvent('click');
  await expect(page.getByRole('button', { name: 'What if cut?' })).toBeVisible();
  const hash = around.getByRole('button', { name: /^\(internal\) HASH \{20\}/ });
  const before = (await hash.boundingBox())!;
  await around.hover();
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await hash.boundingBox())!.width).toBeGreaterThan(before.width * 1.3);
  await page.getByRole('combobox', { name: 'Draw' }).selectOption('paths, one by one');
  const paths = page.getByRole('region', { name: 'Paths, one by one' });
  await expect(paths.getByRole('heading', { name: 'Path 2: 3 steps' })).toBeVisible();
  await expect(paths).toContainText('There are no other paths');
  await paths
    .getByRole('button', { name: /^What if cut: the reference to Session/ })
    .first()
    .click();
  await app.idle();
  await expect(page.getByRole('region', { name: 'What the cut would free' })).toContainText(
    'The cut would free nothing: all of it is held in other ways, too.',
  );
  // The same component draws the classes around a class.
  await page.getByRole('button', { name: 'Show the current set instead' }).click();
  await page.getByRole('combobox', { name: 'Draw' }).selectOption('neighbours');
  await app.idle();
  const classes = page.getByRole('group', { name: /^What refers to the class/ });
  await expect(
    classes.getByRole('button', { name: /^\(internal\) HASH × 1, 192.B retained$/ }),
  ).toBeVisible();
});

test('the graph is saved as SVG and as PNG', async ({ page }) => {
  const app = new App(page);
  await app.openWith(textFile('two-holders.json', TWO_HOLDERS));
  await app.goTo('Why alive');
  for (const format of ['SVG', 'PNG']) {
    await page.getByRole('button', { name: 'Save' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: `Save as ${format}` }).click();
    expect((await download).suggestedFilename()).toBe(`two-holders.json-why-alive.${format.toLowerCase()}`);
  }
});

const address = (index: number) => `"0x${(0x10000 + index * 40).toString(16)}"`;
const sessions = Array.from({ length: 20 }, (_, i) => address(10 + i));

/** Twenty sessions held by a hash and an array. */
const TWO_HOLDERS = [
  `{"type":"ROOT", "root":"vm", "references":[${address(0)}, ${address(1)}, ${address(4)}]}`,
  `{"address":${address(0)}, "type":"CLASS", "name":"Cache", "references":[${address(2)}], "memsize":500}`,
  `{"address":${address(1)}, "type":"CLASS", "name":"Registry", "references":[${address(3)}], "memsize":500}`,
  `{"address":${address(2)}, "type":"HASH", "size":20, "references":[${sessions.join(', ')}], "memsize":192}`,
  `{"address":${address(3)}, "type":"ARRAY", "length":20, "references":[${sessions.join(', ')}], "memsize":40}`,
  `{"address":${address(4)}, "type":"CLASS", "name":"Session", "memsize":500}`,
  ...sessions.map(
    session => `{"address":${session}, "type":"OBJECT", "class":${address(4)}, "ivars":0, "memsize":40}`,
  ),
]
  .map(line => `${line}\n`)
  .join('');

/** A linked list whose nodes all refer to one string. */
function longHeap(length: number): string {
  const lines = [
    `{"type":"ROOT", "root":"vm", "references":[${address(0)}, ${address(2)}]}`,
    `{"address":${address(0)}, "type":"CLASS", "name":"Head", "references":[${address(3)}], "memsize":500}`,
    `{"address":${address(1)}, "type":"STRING", "bytesize":1, "value":"x", "memsize":40}`,
    `{"address":${address(2)}, "type":"CLASS", "name":"Node", "memsize":500}`,
  ];
  for (let i = 0; i < length; i++) {
    const next = i + 1 < length ? `, ${address(4 + i)}` : '';
    lines.push(
      `{"address":${address(3 + i)}, "type":"OBJECT", "class":${address(2)}, "ivars":2, "references":[${address(1)}${next}], "memsize":40}`,
    );
  }
  return lines.map(line => `${line}\n`).join('');
}
