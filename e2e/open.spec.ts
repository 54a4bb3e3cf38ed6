import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { oracleReport } from '../workers/testing/oracle-report.ts';
import { readOracleDump } from '../workers/testing/oracle-ruby-dump.ts';
import { App, fixture, railsSample, textFile } from './app-driver.ts';

const count = (value: number) => value.toLocaleString('en-US');

test('the empty page says what can be opened, how to make a dump, and that nothing is uploaded', async ({
  page,
}) => {
  const app = new App(page);
  await app.open();
  await expect(page.getByText('Drop a heap dump anywhere on this window')).toBeVisible();
  await expect(page.getByText('ObjectSpace.dump_all(output: io)')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing leaves this computer' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose files…' })).toBeVisible();
});

for (const [name, version] of [
  // The last Ruby version whose dumps cannot be distinguished from those of its predecessor.
  ['ruby-2.7', '2.6 – 2.7'],
  ['ruby-3.1', '3.1'],
  ['ruby-3.3-wasm', '3.3'],
  ['ruby-4.0', '4.0'],
  ['ruby-4.1-wasm', '4.1-dev'],
] as const) {
  test(`a dump of Ruby ${version}: the overview has the figures of the oracle`, async ({ page }) => {
    const app = new App(page);
    const dropped = fixture(name);
    const oracle = oracleReport(readOracleDump(dropped.bytes));
    await app.openWith(dropped);
    const main = page.getByRole('main');
    await expect(main.getByText(`${name}.json · Ruby ${version}`)).toBeVisible();
    await expect(app.figure('Objects')).toHaveText(count(oracle.objects));
    // A figure that is 0 is not shown.
    expect(oracle.freeSlots).toBe(0);
    await expect(app.figure('Free slots')).toHaveCount(0);
    await expect(main.getByText(`${count(oracle.reachable.objects)} objects`).first()).toBeVisible();
    await app.goTo('Classes');
    const strings = oracle.classes.find(row => row.label === 'String');
    const row = main.getByRole('row', { name: /^STRING String / });
    await expect(row.getByRole('gridcell').nth(1)).toHaveText(count(strings!.objects));
  });
}

test('the code of the workspace is fetched before a file is dropped, not while it is read', async ({
  page,
}) => {
  const app = new App(page);
  const isCode = (url: string) => /\/assets\/.*\.(js|css)$/.test(url);
  // The inspector is the last part to be fetched.
  const last = page.waitForResponse(response => /\/Inspector-[^/]*\.js$/.test(response.url()));
  await app.open();
  await last;
  await page.waitForLoadState('networkidle');
  const fetched: string[] = [];
  page.on('request', request => {
    if (isCode(request.url())) fetched.push(request.url());
  });
  await app.drop(fixture('ruby-3.1'));
  await expect(app.figure('Objects')).toBeVisible();
  expect(fetched).toEqual([]);
});

test('a full dump shows its free slots, a partial one says that it is partial', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.4-wasm-full'));
  const oracle = readOracleDump(fixture('ruby-3.4-wasm-full').bytes);
  await expect(app.figure('Free slots')).toHaveText(count(oracle.freeSlots));
  await app.drop(fixture('ruby-3.4-wasm-since'));
  await expect(
    page
      .getByRole('main')
      .getByText(/outside this dump|no roots|partial/i)
      .first(),
  ).toBeVisible();
});

test('an untraced dump works, and says how to trace', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.1-untraced'));
  await expect(page.getByText(/trace_object_allocations/).first()).toBeVisible();
  await app.goTo('Classes');
  await expect(page.getByRole('main').getByRole('row', { name: /Visits::Visit 80 / })).toBeVisible();
});

test('a compressed dump opens directly', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.2-wasm', { packed: true }));
  await expect(page.getByRole('main').getByText('ruby-3.2-wasm.json.gz · Ruby 3.2')).toBeVisible();
});

test('the sample is a Rails heap, and its overview names what leaks', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await page.getByRole('button', { name: /Try a sample: A Rails application that leaks/ }).click();
  await app.idle();
  const findings = page.getByRole('list', { name: 'What stands out' });
  const leak = findings.getByRole('listitem').filter({ hasText: /ActivityFeed.*keeps .*MiB alive/ });
  await expect(leak).toBeVisible();
  await leak.getByRole('button', { name: /alive\?$/ }).click();
  await app.idle();
  await expect(app.inspector.getByRole('button', { name: /^CLASS ActivityFeed/ }).first()).toBeVisible();
});

test('a damaged dump is read as far as it goes, and says what was lost', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const noisy = Buffer.concat([Buffer.from('Started GET "/"\n'), bytes.slice(0, bytes.length - 100)]);
  await app.openWith({ name: 'damaged.json', bytes: noisy });
  const main = page.getByRole('main');
  const oracle = readOracleDump(noisy);
  await expect(app.figure('Objects')).toHaveText(count(oracle.objects.length));
  await expect(main.getByText('The file ends within a record', { exact: false }).first()).toBeVisible();
  const lost = main.getByRole('table', { name: /skipped/i });
  await expect(lost.getByRole('row')).toHaveCount(2);
  await expect(lost.getByText('the record is cut off')).toBeVisible();
});

test('a truncated compressed dump is read up to the cut, and the page says so', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const half = bytes.slice(0, bytes.lastIndexOf(10, bytes.length / 2) + 1);
  // The second member consists only of its header.
  const cut = Buffer.concat([gzipSync(half), gzipSync(bytes.slice(half.length)).subarray(0, 10)]);
  await app.openWith({ name: 'cut.json.gz', bytes: cut });
  const main = page.getByRole('main');
  await expect(app.figure('Objects')).toHaveText(count(readOracleDump(half).objects.length));
  const notice = `The gzip file is cut short: it ends at byte ${count(cut.length)}, in the middle of the stream.`;
  await expect(main.getByText(notice, { exact: false })).toHaveCount(2);
});

test('a compressed dump that was copied through a terminal opens completely, and the page says what was left out', async ({
  page,
}) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const shown = Buffer.concat([Buffer.from('Defaulted container "web" out of: web, log\n'), gzipSync(bytes)]);
  const copied = Buffer.from(shown.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  await app.openWith({ name: 'copied.json.gz', bytes: copied });
  const main = page.getByRole('main');
  await expect(app.figure('Objects')).toHaveText(count(readOracleDump(bytes).objects.length));
  await expect(main.getByText('44 bytes of text before the gzip stream were left out')).toBeVisible();
  await expect(main.getByText('the file was copied through a terminal', { exact: false })).toBeVisible();
});

test('in a compressed dump of many streams, only the damaged stream is lost', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const third = Math.floor(bytes.length / 3);
  const cuts = [0, bytes.lastIndexOf(10, third) + 1, bytes.lastIndexOf(10, 2 * third) + 1, bytes.length];
  const parts = [0, 1, 2].map(part => bytes.slice(cuts[part], cuts[part + 1]));
  const streams = parts.map(part => gzipSync(part));
  streams[1]![10] = 7; // An invalid block type.
  await app.openWith({ name: 'streams.json.gz', bytes: Buffer.concat(streams) });
  const read = Buffer.concat([parts[0]!, parts[2]!]);
  await expect(app.figure('Objects')).toHaveText(count(readOracleDump(read).objects.length));
  const next = count(streams[0]!.length + streams[1]!.length);
  const notice = page.getByRole('main').getByText(`The text goes on with the gzip stream at byte ${next}.`);
  await expect(notice.first()).toBeVisible();
});

for (const [name, text, looksLike] of [
  ['page.html', '<!doctype html><html><body>Sign in</body></html>', 'a web page'],
  ['heap.heapsnapshot', '{"snapshot":{"meta":{"node_fields":["type"]}},"nodes":[]}', 'V8'],
  ['dump.hprof', `JAVA PROFILE 1.0.2\0${'\0'.repeat(64)}`, 'hprof'],
  ['empty.json', '', 'empty'],
] as const) {
  test(`${name} is refused with a description, and open files stay`, async ({ page }) => {
    const app = new App(page);
    await app.openWith(fixture('ruby-3.4-wasm-since'));
    await app.drop(textFile(name, text));
    const alert = page.getByRole('alert').filter({ hasText: name });
    await expect(alert).toContainText(new RegExp(looksLike, 'i'));
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert).toHaveCount(0);
    await expect(app.figure('Objects')).toHaveText('739');
  });
}

for (const way of ['pick', 'paste'] as const) {
  test(`a dump can be opened by ${way} too`, async ({ page }) => {
    const app = new App(page);
    await app.open();
    await app[way](fixture('ruby-3.1-since'));
    await expect(app.figure('Objects')).toHaveText('581');
  });
}

test('the page can follow only the references lists, as other tools do, and all edges again', async ({
  page,
}) => {
  const app = new App(page);
  const dropped = fixture('ruby-3.1');
  await app.openWith(dropped);
  const unreachable = (referencesOnly: boolean) => {
    const { objects } = oracleReport(readOracleDump(dropped.bytes, { referencesOnly })).unreachable;
    return new RegExp(`${count(objects)} objects`);
  };
  const rule = page.getByRole('checkbox', { name: /^Follow references only/ });
  const figure = app.figure('Unreachable').locator('xpath=..');
  await expect(figure).toContainText(unreachable(false));
  await rule.check();
  await app.idle();
  await expect(figure).toContainText(unreachable(true));
  await rule.uncheck();
  await app.idle();
  await expect(figure).toContainText(unreachable(false));
});

test('two dumps can be open at once, and either can be closed', async ({ page }) => {
  const app = new App(page);
  await app.openWith(fixture('ruby-3.2-wasm'), fixture('ruby-3.3-wasm'));
  const dumps = page.getByRole('group', { name: 'Open files' });
  const first = dumps.getByRole('button', { name: 'ruby-3.2-wasm.json', exact: true });
  const second = dumps.getByRole('button', { name: 'ruby-3.3-wasm.json', exact: true });
  await expect(second).toBeVisible();
  await first.click();
  await app.goTo('Overview');
  await expect(page.getByRole('main').getByText('ruby-3.2-wasm.json · Ruby 3.2')).toBeVisible();
  await dumps.getByRole('button', { name: 'Close ruby-3.2-wasm.json' }).click();
  await app.idle();
  await expect(first).toHaveCount(0);
  await expect(page.getByRole('main').getByText('ruby-3.3-wasm.json · Ruby 3.3')).toBeVisible();
});

test('a load shows its progress, and can be cancelled', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await app.startDrop(railsSample());
  await expect(page.getByRole('progressbar', { name: /^Opening rails-library/ })).toBeVisible();
  await page.getByRole('button', { name: /^Cancel opening/ }).click();
  await app.idle();
  await expect(page.getByText('Drop a heap dump anywhere on this window')).toBeVisible();
  await app.drop(fixture('ruby-3.1-since'));
  await expect(app.figure('Objects')).toHaveText('581');
});
