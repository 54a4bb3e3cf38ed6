import { expect, type Page, test } from '@playwright/test';
import { App, fixture } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

const input = (page: Page) => page.getByRole('combobox', { name: 'Filter' });
const options = (page: Page) => page.getByRole('listbox', { name: 'Completions' }).getByRole('option');

test('names and values are completed by keyboard, with how much they find', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await input(page).click();
  await page.keyboard.type('cla');
  await expect(options(page).first()).toContainText('class:');
  await page.keyboard.press('Tab');
  await expect(input(page)).toHaveValue('class:');
  await page.keyboard.type('visits::v');
  await expect(options(page)).toHaveText([/^Visits::Visit80 objects · /]);
  await expectNoViolations(page);
  await page.keyboard.press('ArrowDown');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(input(page)).toHaveValue('class:Visits::Visit ');
  await page.keyboard.type('is:unre');
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(options(page)).toHaveCount(0);
  await input(page).fill('class:Visits::Visit');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('80');

  await input(page).fill('encoding:');
  await expect(options(page).filter({ hasText: 'none' })).toContainText(/^none\d+ objects? · /);
});

test('a mistake is marked in place, without covering a chip', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await input(page).fill('class:Page');
  await page.keyboard.press('Enter');
  await app.idle();
  await input(page).fill('gen:2 clas:User');
  await page.keyboard.press('Enter');
  const message = page.getByRole('alert').filter({ hasText: 'There is no term' });
  await expect(message).toContainText('At character 7');
  await expect(message).toContainText('Did you mean class?');
  await expect(message.locator('mark')).toHaveText('clas:');
  const below = (await message.boundingBox())!;
  expect((await app.chips.boundingBox())!.y).toBeGreaterThanOrEqual(below.y + below.height);
  await input(page).fill('class:Page class:User');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Both must hold')).toBeVisible();
});

test('or, not and parentheses; a chip is edited, named and inverted', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await input(page).fill('(class:Page or class:Visits::Visit) -is:frozen');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('160');
  await app.chips.getByRole('button', { name: /^Edit / }).click();
  await expect(input(page)).toBeFocused();
  await input(page).fill('class:Page');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.chips.getByRole('listitem')).toHaveCount(1);
  await expect(app.figure('Objects')).toHaveText('80');
  await app.chips.getByRole('button', { name: 'Name class:Page' }).click();
  await page.getByRole('textbox', { name: 'Name of the set' }).fill('ours');
  await page.keyboard.press('Enter');
  await app.idle();
  expect(decodeURIComponent(new URL(page.url()).hash)).toContain('only=class:Page&name=ours');
  await app.chips.getByRole('button', { name: 'Remove ours' }).click();
  await app.idle();
  await app.chips.getByRole('combobox', { name: 'Add a named set' }).selectOption('ours');
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('80');
  await app.chips.getByRole('button', { name: 'Remove ours' }).click();
  await app.chips.getByRole('combobox', { name: 'Add a named set' }).selectOption('Forget ours');
  await expect(app.chips).toBeHidden();
});

test('examples of the help can be put into the filter', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await page.getByRole('button', { name: 'How to filter' }).click();
  const help = page.getByRole('dialog', { name: 'How to filter' });
  await expect(help.getByText('heldby', { exact: true })).toBeVisible();
  await expectNoViolations(page);
  await help.getByRole('button', { name: 'type:STRING -is:frozen' }).click();
  await expect(input(page)).toBeFocused();
  await expect(input(page)).toHaveValue('type:STRING -is:frozen');
});

test('a link is readable, and says which dump it needs', async ({ page }) => {
  const app = new App(page);
  await app.open('#/classes?only=class:Page gen:2..13&dump=ruby-3.4-wasm.json');
  await expect(page.getByText('This link needs the file ruby-3.4-wasm.json')).toBeVisible();
  await app.drop(fixture('ruby-3.4-wasm'));
  await expect(app.chips.getByText('class:Page gen:2..13')).toBeVisible();
  await app.goTo('Objects');
  expect(new URL(page.url()).hash).toMatch(
    /^#\/objects\?only=class:Page\+gen:2\.\.13&dump=ruby-3\.4-wasm\.json&totals=\d+-\d+$/,
  );
  await page.goto('about:blank');
  await app.open('#/classes?dump=other.json');
  await app.drop(fixture('ruby-3.4-wasm'));
  await expect(page.getByRole('alert')).toContainText('This link was made for other.json');
});

test('a link of an older version still opens', async ({ page }) => {
  const app = new App(page);
  const set = JSON.stringify([{ kind: 'group', key: 'class', label: 'Page' }, 'class Page']);
  await app.open(`#/overview?set=${encodeURIComponent(set)}`);
  await app.drop(fixture('ruby-3.4-wasm'));
  await expect(app.chips.getByText('class:Page')).toBeVisible();
  await expect(app.figure('Objects')).toHaveText('80');
});

test('the palette activates the first match, and offers a filter', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('sits::Vis');
  await expect(page.getByRole('option', { name: /^Visits::Visit/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('No match.')).toBeHidden();
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.chips.getByText('class:Visits::Visit')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('gen:2..13 or gen:untraced');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.chips.getByText('gen:2..13 or gen:untraced')).toBeVisible();
});
