import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { zstdFrame } from '../workers/testing/zstd-frames.ts';
import { App, type DroppedFile, fixture, textFile } from './app-driver.ts';
import { expectNoViolations } from './axe.ts';

/** A small real file of another tool. */
function profile(name: string): DroppedFile {
  const bytes = readFileSync(fileURLToPath(new URL(`./fixtures/formats/${name}`, import.meta.url)));
  return { name, bytes };
}

const topRow = (page: Page) =>
  page.getByRole('grid', { name: 'Functions of the profile' }).getByRole('row').nth(1);

for (const [name, format, top, weight, last] of [
  [
    'massif.out',
    'Valgrind massif',
    'copy_name',
    '6.64 KiB',
    /^time 239,440\sinstructions, heap: 8,052 bytes/,
  ],
  ['memory-profiler.txt', 'memory_profiler', '/usr/lib/ruby/3.1.0/json/common.rb:216', '304 KiB', null],
  ['derailed-bundle-mem.txt', 'derailed', 'mail/parsers/address_lists_parser', '4.82 MiB', null],
  [
    'malloc-events.txt',
    'macOS malloc_history -allEvents',
    'timer_thread',
    '1.55 KiB',
    /^event 160\sevents, liveBytes: 3,704 bytes/,
  ],
] as const) {
  test(`${name} opens as ${format}; its top line is in the table, the flame graph and the treemap`, async ({
    page,
  }) => {
    const app = new App(page);
    await app.openWith(profile(name));
    await expect(page.getByRole('main').getByText(new RegExp(`^${format}`))).toBeVisible();
    await expect(topRow(page)).toContainText(top);
    await expect(topRow(page)).toContainText(weight);
    await app.goTo('Flame');
    await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
    await page.getByRole('combobox', { name: 'below a frame' }).selectOption('who calls them');
    await app.idle();
    const first = page.getByRole('grid', { name: 'Rows of the flame graph' }).getByRole('row').nth(1);
    await expect(first).toContainText(top);
    await expect(first).toContainText(weight);
    await app.goTo('Treemap');
    await expect(page.getByRole('application', { name: /^Treemap/ })).toBeVisible();
    if (last === null) return;
    await app.goTo('Chart');
    const chart = page.getByRole('application', { name: / over / });
    await chart.focus();
    await chart.press('End');
    await expect(page.getByText(last)).toBeAttached();
  });
}

test('a log of GC.stat shows its verdict, its chart and its rows', async ({ page }) => {
  const app = new App(page);
  await app.openWith(profile('gc-stat.log'));
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText(/old_objects/);
  const chart = page.getByRole('application', { name: / over time$/ });
  await expect(chart).toHaveAccessibleName(
    'old_objects, heap_live_slots, heap_free_slots, malloc_increase_bytes over time',
  );
  await page.getByRole('checkbox', { name: 'heap_live_slots' }).uncheck();
  await app.idle();
  await expect(chart).toHaveAccessibleName('old_objects, heap_free_slots, malloc_increase_bytes over time');
  await chart.focus();
  await chart.press('Home');
  await expect(page.getByText(/^time 0\ss, old_objects: 9,748, heap_free_slots: [\d,]+,/)).toBeAttached();
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const rows = page.getByRole('grid', { name: 'Rows of the series' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('9,748');
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button')).toHaveText(['Chart']);
});

test('heaps and profiles are open beside each other, each with its own views', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1-since'), profile('massif.out'));
  const files = page.getByRole('group', { name: 'Open files' });
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('button');
  await files.getByRole('button', { name: 'massif.out', exact: true }).click();
  await app.idle();
  await expect(views).toHaveText(['Table', 'Flame', 'Treemap', 'Chart']);
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveCount(0);
  await files.getByRole('button', { name: 'ruby-3.1-since.json', exact: true }).click();
  await app.idle();
  await expect(views.first()).toHaveText('Overview');
  await expect(views.filter({ hasText: 'Objects' })).toBeVisible();
  await expect(views.filter({ hasText: 'Chart' })).toHaveCount(0);
  await expect(app.figure('Objects')).toHaveText('581');
  await files.getByRole('button', { name: 'Close massif.out' }).click();
  await app.idle();
  await expect(files.getByRole('button', { name: 'massif.out', exact: true })).toHaveCount(0);
  await expect(app.figure('Objects')).toHaveText('581');
});

test('every view shows the chosen point of the timeline, and a drag compares two', async ({ page }) => {
  const app = new App(page);
  await app.openWith(profile('massif.out'));
  const main = page.getByRole('main');
  const timeline = page.getByRole('application', { name: /^Moments of the profile: heap over time/ });
  await app.goTo('Flame');
  await timeline.focus();
  await timeline.press('End');
  await timeline.press('Enter');
  await app.idle();
  await expect(main.getByText('heap bytes at 223,244 instructions')).toBeVisible();
  await app.goTo('Treemap');
  await expect(main.getByText('heap bytes at 223,244 instructions')).toBeVisible();
  await timeline.focus();
  await timeline.press('Home');
  await timeline.press('Shift+Enter');
  await app.idle();
  await app.goTo('Table');
  await expect(main.getByText(/change of heap bytes from [\d,]+\sinstructions to 223,244/)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Change of total' })).toBeVisible();
  await expect(page).toHaveURL(/rows=\d+\.\.12/);
  await page.getByRole('button', { name: 'Show the whole file' }).click();
  await app.idle();
  await expect(page.getByRole('columnheader', { name: 'Change of total' })).toHaveCount(0);
});

test('two profiles of a format are compared, and a link shows the same', async ({ page, context }) => {
  const app = new App(page);
  const before = textFile('1-before.txt', 'main;kept 10\nmain;gone 500\n');
  const after = textFile('2-after.txt', 'main;kept 30\nmain;new 7\n');
  await app.openWith(before, after);
  await page.getByRole('button', { name: '2-after.txt', exact: true }).click();
  await app.idle();
  await page.getByRole('combobox', { name: 'compare with' }).selectOption('1-before.txt');
  await app.idle();
  const row = (name: string) =>
    page.getByRole('grid', { name: 'Functions of the profile' }).getByRole('row').filter({ hasText: name });
  await expect(row('gone')).toHaveText('gone0-5000-500');
  await expect(row('kept')).toHaveText('kept30203020');
  await app.goTo('Flame');
  await expect(page.getByRole('list', { name: 'Colours' })).toContainText('gone');
  await expect(page.getByText('510 → 37 in')).toBeVisible();
  await expect(page).toHaveURL(/against=1-before\.txt&dump=2-after\.txt/);
  const linked = new App(await context.newPage());
  await linked.open(new URL(page.url()).hash);
  await expect(linked.page.getByText('2-after.txt, compared with 1-before.txt')).toBeVisible();
  await linked.drop(before, after);
  await expect(linked.page.getByText('510 → 37 in')).toBeVisible();
  await expect(linked.page.getByRole('alert')).toHaveCount(0);
});

test('files compressed with zstd open directly', async ({ page }) => {
  const app = new App(page);
  const packed = readFileSync(fileURLToPath(new URL('./fixtures/heaptrack.zst', import.meta.url)));
  const { name, bytes } = fixture('ruby-3.1-since');
  await app.openWith(
    { name: 'leaky.zst', bytes: packed },
    { name: `${name}.zst`, bytes: Buffer.from(zstdFrame(new Uint8Array(bytes))) },
  );
  await expect(page.getByRole('main').getByText(/^heaptrack/)).toBeVisible();
  await expect(topRow(page)).toContainText('copy_name');
  await page.getByRole('button', { name: `${name}.zst`, exact: true }).click();
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('581');
});

test('a function is shown between its callers and its callees', async ({ page }) => {
  const app = new App(page);
  await app.openWith(profile('massif.out'));
  const rows = page.getByRole('grid', { name: 'Functions of the profile' });
  await rows.getByText('make_node').dblclick();
  await app.idle();
  await expect(page.getByRole('application', { name: /^Callers of make_node/ })).toBeVisible();
  await expect(page.getByRole('application', { name: /^Callees of make_node/ })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  await expect(page.getByRole('grid', { name: 'Callers' }).getByRole('row').nth(1)).toContainText('keep');
  await expect(page.getByRole('grid', { name: 'Callees' }).getByRole('row').nth(1)).toContainText(
    'copy_name',
  );
  await page.goBack();
  await app.idle();
  await expect(rows).toBeVisible();
});

test('stacks are filtered in the filter language of heaps, grouped, and exported as shown', async ({
  page,
}) => {
  const app = new App(page);
  await app.openWith(profile('memory-profiler.txt'));
  const filter = page.getByRole('searchbox', { name: 'Filter stacks' });
  await filter.fill('gem:json');
  await app.idle();
  await app.goTo('Treemap');
  await expect(page.getByText('398 KiB in')).toBeVisible();
  await expect(page).toHaveURL(/stacks=gem:json/);
  await filter.fill('gen:4');
  await app.idle();
  await expect(page.getByText(/A profile has no objects to tell by gen/)).toBeVisible();
  await filter.fill('(');
  await expect(page.getByText(/^At character \d+ of the filter/)).toBeVisible();
  await filter.fill('gem:json');
  await app.goTo('Table');
  await page.getByRole('combobox', { name: 'group' }).selectOption('library');
  await app.idle();
  await expect(topRow(page)).toHaveText('json398 KiB398 KiB');
  await page.getByRole('combobox', { name: 'group' }).selectOption('as in the file');
  await app.idle();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^Collapsed stacks/ }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text).toContain(
    'json;/usr/lib/ruby/3.1.0/json/common.rb;/usr/lib/ruby/3.1.0/json/common.rb:216 311380',
  );
  expect(text).not.toContain('app_work');
});

test('dumps of heap-profiler open with what was allocated while it ran', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  await app.openWith(
    { name: 'allocated.heap', bytes },
    { ...fixture('ruby-3.1-since'), name: 'retained.heap' },
    textFile('generation.info', '20'),
  );
  await expect(page.getByRole('button', { name: 'allocated.heap', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('button', { name: 'retained.heap', exact: true })).toBeVisible();
  await expect(page.getByText('gen:20..').first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('names are searched, and lines that cannot be read are counted', async ({ page }) => {
  const app = new App(page);
  await app.openWith(
    textFile(
      'stacks.txt',
      `${'main;work;alpha 1\nmain;beta 1\n'.repeat(30)}main;work;alpha 5\nmain;gamma many\n`,
    ),
  );
  await expect(page.getByText('1 line could not be read and is not counted.')).toBeVisible();
  await expect(topRow(page)).toContainText('alpha');
  await page.getByRole('searchbox', { name: 'Search names' }).fill('BET');
  await app.idle();
  await expect(topRow(page)).toContainText('beta');
  await expect(page.getByRole('grid', { name: 'Functions of the profile' }).getByRole('row')).toHaveCount(2);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds no violations on the views of a profile and of a series', async ({ page }) => {
      const app = new App(page);
      await app.openWith(profile('massif.out'));
      for (const view of ['Table', 'Flame', 'Treemap', 'Chart']) {
        await app.goTo(view);
        await expectNoViolations(page, view);
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${colorScheme}-${view}.png` });
      }
      for (const link of [
        '#/calls?rows=5..12',
        '#/calls?function=make_node',
        '#/areas?rows=5..12&group=file,line',
      ]) {
        await page.evaluate(hash => {
          location.hash = hash;
        }, link);
        await app.idle();
        await expectNoViolations(page, link);
        if (process.env.SHOTS)
          await page.screenshot({
            path: `${process.env.SHOTS}/${colorScheme}-${link.replace(/\W+/g, '-')}.png`,
          });
      }
      await app.goTo('Table');
      await page.getByText('About this file').click();
      await expectNoViolations(page, 'about');
      await app.drop(profile('gc-stat.log'));
      await expectNoViolations(page, 'series');
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${colorScheme}-series.png` });
    });
  });
}
