import { expect, test } from '@playwright/test';
import { App, fixture } from './app-driver.ts';

/** A Visits::Visit of a real dump, and how a console prints it. */
function visitOf(name: string): { address: string; padded: string; inspected: string } {
  const text = new TextDecoder('latin1').decode(fixture(name).bytes);
  const visits = /"address":"(0x[0-9a-f]+)", "type":"CLASS",[^\n]*"name":"Visits::Visit"/.exec(text)![1];
  const record = new RegExp(
    `"address":"(0x[0-9a-f]+)", "type":"(?:OBJECT|STRUCT)", "class":"${visits}"`,
  ).exec(text)!;
  const address = record[1]!;
  const padded = `0x${address.slice(2).padStart(16, '0')}`;
  return { address, padded, inspected: `#<Visits::Visit:${padded} @path="/a b > c", @at=#<Time:0x1234>, @x` };
}

test('the filter finds an object by the text that a console prints for it', async ({ page }) => {
  const app = new App(page);
  const { address, padded, inspected } = visitOf('ruby-3.1');
  await app.openWith(fixture('ruby-3.1'));
  await app.goTo('Objects');
  const rows = page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row');
  for (const text of [padded, padded.toUpperCase(), padded.slice(2), inspected]) {
    await page.getByRole('combobox', { name: 'Filter' }).fill(text);
    await page.keyboard.press('Enter');
    await app.idle();
    await expect(rows, text).toHaveCount(2);
    await expect(rows.nth(1), text).toContainText(address);
    await expect(rows.nth(1), text).toContainText('Visits::Visit');
    await app.chips
      .getByRole('button', { name: /remove/i })
      .first()
      .click();
    await app.idle();
  }
});

test('the commands and the console find an object by the text that a console prints for it', async ({
  page,
}) => {
  const app = new App(page);
  const { address, padded, inspected } = visitOf('ruby-3.1');
  await app.openWith(fixture('ruby-3.1'));
  for (const text of [padded, inspected]) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Commands' }).fill(text);
    await page.getByRole('option', { name: `Inspect the object at ${address}` }).click();
    await app.idle();
    await expect(app.inspector).toContainText(address);
    const asked = `heapscape.object(${JSON.stringify(text)}).then(details => details.object.address)`;
    expect(await page.evaluate(asked)).toBe(address);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('#<Visits::Visit:0x0000000000000010>');
  await expect(page.getByText(/There is no object #<Visits::Visit/)).toBeVisible();
});

test('an object is found by its object id', async ({ page }) => {
  const app = new App(page);
  const text = new TextDecoder('latin1').decode(fixture('ruby-4.0').bytes);
  const [, address, id] = /\{"address":"(0x[0-9a-f]+)"[^\n]*"object_id":(\d+)/.exec(text)!;
  await app.openWith(fixture('ruby-4.0', { packed: true }));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill(id!);
  await page.getByRole('option', { name: `Inspect the object at ${address}` }).click();
  await app.idle();
  await expect(app.inspector).toContainText(address!);
  await app.goTo('Objects');
  await page.getByRole('combobox', { name: 'Filter' }).fill(`id:${id}`);
  await page.keyboard.press('Enter');
  await app.idle();
  const rows = page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(address!);
});
