import { expect, type Locator, test } from '@playwright/test';
import { oracleReport } from '../workers/testing/oracle-report.ts';
import { readOracleDump } from '../workers/testing/oracle-ruby-dump.ts';
import { App, fixture, railsSample } from './app-driver.ts';

/** The texts of one column, without the header. */
async function column(table: Locator, index: number): Promise<string[]> {
  const rows = await table.getByRole('row').all();
  const cells = rows.slice(1).map(row => row.getByRole('gridcell').nth(index));
  return Promise.all(cells.map(async cell => (await cell.textContent()) ?? ''));
}

const asNumber = (text: string) => Number(text.replaceAll(',', ''));

test('classes can be sorted by any column and filtered', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await app.goTo('Classes');
  const table = page.getByRole('grid', { name: 'Objects by class' });
  const header = table.getByRole('columnheader', { name: 'Objects' });
  await header.getByRole('button').click();
  await app.idle();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const falling = (await column(table, 1)).map(asNumber);
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  await header.getByRole('button').click();
  await app.idle();
  const rising = (await column(table, 1)).map(asNumber);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  await page.getByRole('searchbox', { name: 'Filter the classes' }).fill('VISITS');
  await app.idle();
  expect((await column(table, 0)).map(text => text.trim())).toEqual([
    expect.stringContaining('Visits::Visit'),
  ]);
  expect(await column(table, 1)).toEqual(['80']);
});

test('a long query shows its progress, and can be cancelled and repeated', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  const fastAgain = await app.slowEngine();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Objects' }).click();
  await expect(page.getByRole('progressbar', { name: 'Computing' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await fastAgain();
  await app.idle();
  await expect(page.getByText('it was cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await app.idle();
  await expect(page.getByText('it was cancelled')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeHidden();
  await expect(
    page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row'),
  ).not.toHaveCount(1);
});

test('the treemap can be entered by table and by keyboard, and breadcrumbs lead out', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await app.goTo('Treemap');
  const way = page.getByRole('navigation', { name: 'Where the treemap is' });
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const tiles = page.getByRole('grid', { name: 'Rows of the treemap' });
  await tiles.getByRole('row', { name: /root vm / }).click();
  await app.idle();
  await expect(way.getByRole('listitem')).toHaveText(['heap', /vm/]);
  await way.getByRole('button', { name: 'heap' }).click();
  await app.idle();
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const map = page.getByRole('application', { name: 'Treemap, retained size' });
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(way.getByRole('listitem')).toHaveCount(2);
  await map.focus();
  await page.keyboard.press('Backspace');
  await app.idle();
  await expect(way.getByRole('listitem')).toHaveCount(1);
});

test('the treemap by class and site adds up to the heap', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1'));
  await app.goTo('Treemap');
  await page
    .getByRole('main')
    .getByRole('combobox', { name: 'Group by' })
    .selectOption('class › allocation site');
  await app.idle();
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const tiles = page.getByRole('grid', { name: 'Rows of the treemap' });
  await expect(tiles.getByRole('row', { name: /Thread/ }).first()).toBeVisible();
  await page
    .getByRole('main')
    .getByRole('checkbox', { name: /^Allocation tracer/ })
    .check();
  await app.idle();
  await expect(page.getByRole('main')).toContainText(/, 2\.32\sMiB, in /);
  await page.getByRole('main').getByRole('combobox', { name: '›' }).last().selectOption('namespace');
  await app.idle();
  await expect(page).toHaveURL(/by=class,site,namespace/);
});

test('siblings of a class are one tile, and the tile of undrawn children can be opened', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Treemap');
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const tiles = page.getByRole('grid', { name: 'Rows of the treemap' });
  await expect(tiles.getByRole('row', { name: /ActivityFeed \(Class\)/ })).toBeVisible();
  await expect(tiles.getByRole('row', { name: /Proc × 160/ })).toBeVisible();
  await tiles.getByRole('row', { name: /ActivityFeed \(Class\)/ }).click();
  await app.idle();
  const way = page.getByRole('navigation', { name: 'Where the treemap is' });
  await expect(way.getByRole('listitem').last()).toHaveText('ActivityFeed');
  await way.getByRole('button', { name: 'heap' }).click();
  await app.idle();
  // The last child of the root is the rest.
  await tiles.focus();
  await page.keyboard.press('End');
  await tiles
    .getByRole('row', { name: /not drawn/ })
    .last()
    .click();
  await app.idle();
  await expect(way.getByRole('listitem').last()).toHaveText('not drawn');
  await expect(tiles.getByRole('row', { name: /Class/ }).first()).toBeVisible();

  await way.getByRole('button', { name: 'heap' }).click();
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Table' }).click();
  await main.getByRole('searchbox', { name: 'Highlight tiles' }).fill('proc × 160');
  await app.idle();
  await expect(main.getByRole('status').filter({ hasText: /^1 tile match/ })).toBeVisible();
  await main.getByRole('application', { name: /^Treemap/ }).hover();
  await page.mouse.wheel(0, -300);
  await main.getByRole('button', { name: /Show all$/ }).click();
  await expect(main.getByRole('button', { name: /Show all$/ })).toBeHidden();

  // A grouping can be saved under a name.
  await main.getByRole('combobox', { name: 'Group by' }).selectOption('gem \u203a class');
  await main.getByRole('combobox', { name: 'Area' }).selectOption('retained size');
  await main.getByRole('combobox', { name: 'Colour by' }).selectOption('outermost group');
  await main.getByRole('button', { name: 'Keep this grouping' }).click();
  await main.getByRole('searchbox', { name: 'Name of the grouping' }).fill('who made what');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(main.getByRole('list', { name: 'Colours' })).toContainText('application');
  await expect(main.getByRole('combobox', { name: 'Group by' })).toContainText(
    'who made what (gem \u203a class)',
  );
  await main.getByRole('button', { name: /^Rename the grouping/ }).click();
  await main.getByRole('searchbox', { name: 'Name of the grouping' }).fill('by gem');
  await page.keyboard.press('Enter');
  await expect(main.getByRole('combobox', { name: 'Group by' })).toContainText('by gem (gem \u203a class)');
  await expect(main.getByRole('combobox', { name: 'Group by' })).not.toContainText('who made what');
  await main.getByRole('button', { name: /^Forget the grouping/ }).click();
  await expect(main.getByRole('combobox', { name: 'Group by' })).not.toContainText('by gem (');
});

test('the flame graph goes from holder to held, and from class to holder', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await app.goTo('Flame');
  const graph = page.getByRole('application', { name: 'Flame graph, retained size' });
  await graph.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(graph).toContainText(/ActivityFeed \(Class\), Retained size 4\.29/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(graph).toContainText(/Proc × 160/);
  await page.keyboard.press('Enter');
  await app.idle();
  const way = page.getByRole('navigation', { name: 'Where the flame graph is' });
  await expect(way.getByRole('listitem')).toHaveText(['heap', 'ActivityFeed', 'Array', 'Proc']);
  await page
    .getByRole('main')
    .getByRole('combobox', { name: 'Group by' })
    .selectOption('class › what holds it');
  await app.idle();
  await page.getByRole('main').getByRole('button', { name: 'Table' }).click();
  await app.idle();
  const rows = page.getByRole('grid', { name: 'Rows of the flame graph' });
  await rows
    .getByRole('row', { name: /IMEMO:iseq/ })
    .first()
    .click();
  await app.idle();
  await expect(way.getByRole('listitem')).toHaveText(['heap', 'IMEMO:iseq']);
  await expect(rows.getByRole('row', { name: /IMEMO:ment/ }).first()).toBeVisible();
});

test('a selection of generations narrows every view, and its chip can be removed', async ({ page }) => {
  const app = new App(page);
  const dropped = fixture('ruby-3.4-wasm');
  const oracle = readOracleDump(dropped.bytes);
  await app.openWith(dropped);
  await app.goTo('Generations');
  const timeline = page.getByRole('main').getByRole('group', { name: /^Timeline of generations/ });
  await timeline.getByRole('slider', { name: 'First generation selected' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await app.idle();
  await expect(app.chips.getByText('gen:2..13')).toBeVisible();
  const members = oracle.objects.filter(object => object.generation !== null && object.generation >= 2);
  await app.goTo('Overview');
  await expect(app.figure('Objects')).toHaveText(members.length.toLocaleString('en-US'));
  await app.goTo('Classes');
  const visits = page
    .getByRole('grid', { name: 'Objects by class' })
    .getByRole('row', { name: /Visits::Visit/ });
  const visitsSince = members.filter(object => object.label === 'Visits::Visit').length;
  await expect(visits.getByRole('gridcell').nth(1)).toHaveText(String(visitsSince));
  await app.chips.getByRole('button', { name: /^Remove/ }).click();
  await app.idle();
  await expect(visits.getByRole('gridcell').nth(1)).toHaveText('80');
});

test('dragging over the strip selects generations too', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  const box = (await page.getByRole('region', { name: 'Generations of the whole heap' }).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await app.idle();
  await expect(app.chips.getByText(/^gen:\d+\.\.\d+/)).toBeVisible();
});

test('a typed filter becomes a chip, and can be inverted', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Page');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('80');
  await app.chips.getByRole('button', { name: 'Invert class:Page' }).click();
  await app.idle();
  await expect(app.figure('Objects')).toHaveText('9,487');
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:NoSuchClass');
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(page.getByText(/nothing/i).first()).toBeVisible();
});

test('from a leaked request to the class that retains it', async ({ page }) => {
  const app = new App(page);
  await app.openWith(railsSample());
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:BooksController');
  await page.keyboard.press('Enter');
  await app.idle();
  await app.goTo('Objects');
  await page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row').nth(1).click();
  await page.keyboard.press('Enter');
  await app.idle();
  const why = app.inspector.getByRole('region', { name: 'Why is it alive?' });
  await expect(why).toContainText('ActivityFeed');
  await why.getByRole('button', { name: /^ActivityFeed|CLASS ActivityFeed/ }).click();
  await app.idle();
  await expect(app.inspector.getByRole('heading', { level: 2 })).toContainText('ActivityFeed');
  await expect(app.inspector.getByRole('grid', { name: 'References' })).toContainText('Array');
});

test('the inspector shows the record as it is in the file, also from a compressed dump', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-4.0-wasm');
  const text = Buffer.from(bytes).toString('utf8');
  const record = /^\{"address":"(0x[0-9a-f]+)", "type":"STRING"[^\n]*"value":"plain text"[^\n]*$/m.exec(
    text,
  )!;
  await app.openWith(fixture('ruby-4.0-wasm', { packed: true }));
  await page.getByRole('combobox', { name: 'Filter' }).fill(record[1]!);
  await page.keyboard.press('Enter');
  await app.idle();
  await app.goTo('Objects');
  await page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row').nth(1).click();
  await page.keyboard.press('Enter');
  await app.idle();
  await expect(app.inspector.getByText('plain text').first()).toBeVisible();
  await app.inspector.getByText(/^Raw record/).click();
  await expect(app.inspector.getByText(record[0], { exact: true })).toBeVisible();
});

test('text from a dump is only ever shown as text', async ({ page }) => {
  const app = new App(page);
  const markup = Buffer.from(fixture('ruby-3.4-wasm').bytes).toString('utf8');
  const address = /"address":"(0x[0-9a-f]+)", "type":"STRING"[^\n]*onerror/.exec(markup)![1]!;
  await app.open(`#/objects?object=${address}`);
  await app.drop(fixture('ruby-3.4-wasm'));
  await expect(
    app.inspector.getByText('<img src=x onerror=alert(1)>', { exact: false }).first(),
  ).toBeVisible();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test('a link opens the same view, sets and object once the dump is open', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm'));
  await page.getByRole('combobox', { name: 'Filter' }).fill('class:Page');
  await page.keyboard.press('Enter');
  await app.idle();
  await app.goTo('Objects');
  await page.getByRole('grid', { name: 'Objects of the current set' }).getByRole('row').nth(1).click();
  await page.keyboard.press('Enter');
  await app.idle();
  const title = await app.inspector.getByRole('heading', { level: 2 }).textContent();
  const hash = new URL(page.url()).hash;
  await page.goto('about:blank');
  await app.open(hash);
  await app.drop(fixture('ruby-3.4-wasm'));
  await expect(page.getByRole('main').getByRole('heading', { name: 'Objects' })).toBeVisible();
  await expect(app.chips.getByText('class:Page')).toBeVisible();
  await expect(app.inspector.getByRole('heading', { level: 2 })).toHaveText(title!);
});

test('the console answers scripts with the numbers of the oracle', async ({ page }) => {
  const app = new App(page);
  const dropped = fixture('ruby-3.1-full');
  await app.openWith(dropped);
  const { report, first, path, help } = await page.evaluate(async () => {
    const { heapscape } = window as unknown as {
      heapscape: import('../src/session/console.ts').HeapscapeConsole;
    };
    await heapscape.ready();
    const found = await heapscape.report({ top: 1000 });
    const { address } = found.topRetained[0]!;
    return {
      report: found,
      first: (await heapscape.object(address)).object.address,
      path: await heapscape.retainerPath(address),
      help: heapscape.help(),
    };
  });
  const oracle = oracleReport(readOracleDump(dropped.bytes), 1000);
  expect(report).toMatchObject({
    ...oracle,
    types: expect.anything(),
    classes: expect.anything(),
    generations: expect.anything(),
  });
  const byName = <Row>(rows: Row[], name: keyof Row) => new Map(rows.map(row => [row[name], row]));
  expect(byName(report.types, 'type')).toEqual(byName(oracle.types, 'type'));
  expect(byName(report.classes, 'label')).toEqual(byName(oracle.classes, 'label'));
  expect(byName(report.generations, 'generation')).toEqual(byName(oracle.generations, 'generation'));
  expect(first).toBe(oracle.topRetained[0]!.address);
  expect(path[0]!.address).toBe(first);
  expect(path.at(-1)).toMatchObject({ address: null, edge: null });
  expect(oracle.roots.map(root => root.name)).toContain(path.at(-1)!.label);
  expect(help).toContain('heapscape.report');
});
