import { expect, test } from '@playwright/test';
import { oracleDuplicates } from '../workers/testing/oracle-report.ts';
import { readOracleDump } from '../workers/testing/oracle-ruby-dump.ts';
import { App, fixture, railsSample } from './app-driver.ts';

test('duplicate strings are listed with what they waste, and lead to their copies', async ({ page }) => {
  const app = new App(page);
  const dump = fixture('ruby-3.4-wasm');
  const expected = oracleDuplicates(readOracleDump(dump.bytes).objects);
  await app.openWith(dump);
  await app.goTo('Strings');
  const texts = `${expected.groups.toLocaleString('en')} texts in ${expected.count.toLocaleString('en')} strings`;
  await expect(app.figure('Duplicates')).toHaveText(texts);
  const wasted = `${(expected.bytes / 1024).toPrecision(3)} KiB`;
  await expect(app.figure('Wasted')).toHaveText(wasted);

  const table = page.getByRole('grid', { name: 'Duplicate strings' });
  await table.getByRole('columnheader', { name: 'Copies' }).getByRole('button').click();
  await app.idle();
  const first = table.getByRole('row').nth(1);
  const copies = await first.getByRole('gridcell').nth(1).textContent();
  await first.click();
  await app.idle();
  await expect(app.chips).toContainText('copies:0x');
  const objects = page.getByRole('grid', { name: 'Objects of the current set' });
  await expect(objects).toHaveAttribute('aria-rowcount', String(Number(copies!.replace(',', '')) + 1));
});

test('the strings view follows the filter, and shows what frozen literals would save', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Strings');
  const show = page.getByRole('combobox', { name: /^Show/ });
  await show.selectOption('frozen literals by file');
  await app.idle();
  const files = page.getByRole('grid', { name: 'Files by what frozen literals would save' });
  await files.getByRole('row').nth(1).click();
  await app.idle();
  await expect(app.chips).toContainText('file:');
  await expect(page.getByRole('grid', { name: 'Duplicate strings' }).getByRole('row').nth(1)).toBeVisible();
  await show.selectOption('by encoding');
  await app.idle();
  await expect(
    page.getByRole('grid', { name: 'Strings by encoding' }).getByRole('row', { name: /UTF-8/ }),
  ).toBeVisible();
  await show.selectOption('longest');
  await app.idle();
  await expect(page).toHaveURL(/#\/strings\?show=longest/);
  await expect(page.getByRole('grid', { name: 'Longest strings' }).getByRole('row').nth(1)).toContainText(
    'String',
  );
});
