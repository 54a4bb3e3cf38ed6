import { expect, test } from '@playwright/test';
import { App, fixture, textFile } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

/** A real dump without its last third: many of its objects look unreachable. */
function cutDump() {
  const { bytes } = fixture('ruby-3.1');
  return { name: 'cut.json', bytes: bytes.slice(0, Math.floor(bytes.length * 0.66)) };
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('an incomplete dump is announced first, and nothing in it is called garbage', async ({ page }) => {
      const app = new App(page);
      await app.openWith(cutDump());
      const main = page.getByRole('main');
      const notice = main.getByRole('region', { name: 'The dump is incomplete' });
      const findings = main.getByRole('list', { name: 'What stands out' });
      await expect(notice).toContainText('Some objects may be missing. So sizes may be too small');
      await expect(notice.getByRole('listitem').first()).toContainText('The file ends within a record');
      expect((await notice.boundingBox())!.y).toBeLessThan((await findings.boundingBox())!.y);
      await expect(findings).toContainText('look unreachable. That may be due to what is missing');
      await expect(main).not.toContainText(/garbage|GC\.start/);
      await findings.getByRole('button', { name: 'Show only these' }).click();
      await app.goTo('Objects');
      await page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row').nth(1).click();
      await app.idle();
      await expect(app.inspector).toContainText('the missing part may hold it');
      await expect(app.inspector).not.toContainText(/is garbage|GC\.start/);
      await app.goTo('Overview');
      await expectNoViolations(page);
    });
  });
}

test('a whole dump is not called incomplete, and neither is one taken with since:', async ({ page }) => {
  const app = new App(page);
  const notice = page.getByRole('region', { name: 'The dump is incomplete' });
  await app.openWith(fixture('ruby-3.1'));
  await expect(app.figure('Objects')).toBeVisible();
  await expect(notice).toBeHidden();
  await app.drop(fixture('ruby-3.1-since'));
  await expect(page.getByText('because dump_all(since:) omits them')).toBeVisible();
  await expect(notice).toBeHidden();
});

test('a part of a dump without roots is not said to be taken with since:', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  await app.openWith({ name: 'second-half.json', bytes: bytes.slice(Math.floor(bytes.length / 2)) });
  const notice = page.getByRole('region', { name: 'The dump is incomplete' });
  await expect(notice).toContainText('It has no GC roots');
  await expect(page.getByRole('main')).not.toContainText('dump_all(since:)');
});

test('groups without bytes have a place among the generations', async ({ page }) => {
  const app = new App(page);
  await app.openWith(
    textFile(
      'zombies.json',
      [
        '{"type":"ROOT", "root":"vm", "references":["0x7f0000000028"]}',
        '{"address":"0x7f0000000028", "type":"STRING", "generation":3, "memsize":40}',
        '{"address":"0x7f0000000050", "type":"ZOMBIE"}',
        '',
      ].join('\n'),
    ),
  );
  await app.goTo('Generations');
  await expect(page.getByRole('main')).toContainText('(internal) ZOMBIE');
});
