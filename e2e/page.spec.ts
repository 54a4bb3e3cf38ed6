import { expect, test } from '@playwright/test';
import { App, fixture } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

const VIEWS = [
  'Overview',
  'Findings',
  'Treemap',
  'Dominators',
  'Flame',
  'Generations',
  'Classes',
  'Owners',
  'Sites',
  'Strings',
  'Threads',
  'Shapes',
  'Pages',
  'Objects',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds no violations on the empty page', async ({ page }) => {
      const app = new App(page);
      await app.open();
      await expectNoViolations(page);
    });

    for (const views of [VIEWS.slice(0, 5), VIEWS.slice(5, 10), VIEWS.slice(10)]) {
      test(`axe finds no violations on ${views.join(', ')}, with an object in the inspector`, async ({
        page,
      }) => {
        const app = new App(page);
        await app.openWith(fixture('ruby-3.1'));
        const findings = page.getByRole('list', { name: 'What stands out' });
        await findings
          .getByRole('button', { name: /alive\?$/ })
          .first()
          .click();
        await app.idle();
        for (const view of views) {
          await app.goTo(view);
          await expectNoViolations(page, view);
        }
      });
    }
  });
}

test('the page sends no request to another origin, and the policy forbids it', async ({ page, baseURL }) => {
  const requests: string[] = [];
  page.on('request', request => requests.push(request.url()));
  const refused: string[] = [];
  page.on('console', message => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  for (const view of VIEWS) await app.goTo(view);
  expect(requests.filter(url => !url.startsWith(baseURL!) && !url.startsWith('blob:'))).toEqual([]);
  expect(refused).toEqual([]);
  const policies = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policies).toHaveCount(2);
  for (const policy of await policies.all())
    await expect(policy).toHaveAttribute('content', /default-src 'none'.*connect-src 'self'/);
  const sent = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'sent',
      () => 'refused',
    ),
  );
  expect(sent).toBe('refused');
});

test('the page works at 1024 px, without scrolling as a whole', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  for (const view of VIEWS) {
    await app.goTo(view);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, view).toBeLessThanOrEqual(0);
  }
});

test('views are reached by keyboard alone', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1-since'));
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await app.idle();
  await expect(page.getByRole('main').getByRole('heading', { name: 'Classes' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Filter' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
});
