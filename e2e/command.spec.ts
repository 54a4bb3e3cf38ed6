import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { serveFolder } from '../workers/serving/static-server.ts';
import { App, fixture } from './app-driver.ts';
import { ended, firstLine, PackedCommand } from './packed-command.ts';

test.describe.configure({ mode: 'serial' });

let command: PackedCommand;
test.beforeAll(() => {
  command = new PackedCommand();
  command.write('web-1.json.gz', fixture('ruby-3.1', { packed: true }).bytes);
  command.write('web 2#.json', fixture('ruby-3.1-full').bytes);
});
test.afterAll(() => command.remove());

test('the package contains the page and the command, and no sources', () => {
  expect(command.files).toEqual(
    expect.arrayContaining(['bin/heapscape.js', 'dist/index.html', 'LICENSE', 'README.md']),
  );
  const others = command.files.filter(
    path => !/^(bin|dist)\/|^(package\.json|README\.md|LICENSE)$/.test(path),
  );
  expect(others).toEqual([]);
  expect(command.files.filter(path => path.endsWith('.map'))).toEqual([]);
});

test('the command opens the page with the dumps loaded, for this machine only, until Ctrl+C', async ({
  page,
}) => {
  const process = command.start('web-1.json.gz', 'web 2#.json');
  const end = ended(process);
  const line = await firstLine(process);
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/open/.exec(line) ?? [];
  await expect.poll(() => command.opened).toBe(address);

  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto(address);
  const app = new App(page);
  await app.idle();
  await expect(page.getByRole('main').getByText('web-1.json.gz · Ruby 3.1')).toBeVisible();
  // A reload keeps the dumps: the link contains their addresses.
  await page.reload();
  await app.idle();
  await expect(page.getByRole('main').getByText('web-1.json.gz · Ruby 3.1')).toBeVisible();
  const dumps = page.getByRole('group', { name: 'Open files' });
  await dumps.getByRole('button', { name: 'web 2#.json', exact: true }).click();
  await app.idle();
  await expect(page.getByRole('main').getByText('web 2#.json · Ruby 3.1')).toBeVisible();
  expect(
    asked.filter(url => !url.startsWith(new URL('.', address).href) && !url.startsWith('blob:')),
  ).toEqual([]);

  const withoutToken = await fetch(new URL('/dumps/1/web-1.json.gz', address));
  expect(withoutToken.status).toBe(404);

  process.kill('SIGINT');
  expect(await end).toMatchObject({ status: 0, error: '' });
  await expect(fetch(address)).rejects.toThrow();
});

test('the command prints reports, checks budgets, and has a help text', async () => {
  const report = await command.run('report', 'web-1.json.gz', '--top', '1');
  expect(report.status).toBe(0);
  expect(JSON.parse(report.out)).toMatchObject({ version: 1, kind: 'heap', rubyVersion: '3.1' });

  command.write('holds.json', JSON.stringify({ limits: ['class:Visits::Visit objects <= 1,000'] }));
  const holds = await command.run('check', 'web-1.json.gz', '--budget', 'holds.json');
  expect(holds).toMatchObject({ status: 0, error: '' });
  expect(holds.out).toContain('The limit holds.');

  const budget = { limits: ['class:Visits::Visit objects <= 10'], growth: ['each class objects <= 1%'] };
  command.write('fails.json', JSON.stringify(budget));
  const fails = await command.run('check', 'web-1.json.gz', 'web 2#.json', '--budget', 'fails.json');
  expect(fails.status).toBe(1);
  expect(fails.out).toMatch(/OVER {2}class:Visits::Visit objects <= 10 {2}\[web-1\.json\.gz\]/);
  expect(fails.out).toMatch(/vm → .*Visits/);
  expect(fails.out).toMatch(/Visits::Visit: 8 more \(10 %\): 80 → 88 objects/);

  // The parts of a split dump are one dump for the command as well as in the page.
  const whole = fixture('ruby-3.1', { packed: true }).bytes;
  command.write('split.json.gz.001', whole.subarray(0, 40_000));
  command.write('split.json.gz.002', whole.subarray(40_000));
  const split = ['split.json.gz.001', 'split.json.gz.002'];
  const joined = await command.run('check', ...split, '--budget', 'holds.json');
  expect(joined).toMatchObject({ status: 0, error: '' });
  const lone = await command.run('check', split[1]!, 'web-1.json.gz', '--budget', 'holds.json');
  expect(lone).toMatchObject({ status: 2, out: '' });

  expect(await command.run('--help')).toMatchObject({ status: 0, error: '' });
  expect((await command.run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await command.run('--nonsense')).status).toBe(2);
  const missing = await command.run('nothing.json');
  expect(missing.status).toBe(2);
  expect(missing.error).toMatch(/^nothing\.json: cannot be opened/);
  const unknown = await command.run('reprot');
  expect(unknown.status).toBe(2);
  expect(unknown.error).toMatch(/^There is no command reprot, and no file of that name\./);
});

test('the command writes redacted copies and reports', async () => {
  const redacted = await command.run('redact', 'web-1.json.gz', 'copy.json.gz', '--hash-names');
  expect(redacted).toMatchObject({ status: 0, out: '' });
  expect(redacted.error).toMatch(/^copy\.json\.gz: [\d,]+ values replaced in [\d,]+ records\.\n$/);
  const [before, after] = await Promise.all(
    ['web-1.json.gz', 'copy.json.gz'].map(name => command.run('report', name, '--top', '3')),
  );
  const totals = (json: string) => {
    const { objects, shallowBytes, types, generations, roots } = JSON.parse(json) as Record<string, unknown>;
    return { objects, shallowBytes, types, generations, roots };
  };
  expect(totals(after!.out)).toEqual(totals(before!.out));
  const same = await command.run('redact', 'web-1.json.gz', './web-1.json.gz');
  expect(same.status).toBe(2);
  await command.run('index', 'web-1.json.gz', 'web-1.heapscape');
  const index = await command.run('redact', 'web-1.heapscape', 'copy.json');
  expect(index).toMatchObject({ status: 2, out: '' });
  expect(index.error).toContain('An index file has no texts of strings. Give the dump');

  const html = await command.run('report', 'web-1.json.gz', '--html', '--filter', 'class:Visits::Visit');
  expect(html.out).toMatch(/^<!doctype html>/);
  expect(html.out).toContain('<dt>Objects</dt><dd>80</dd>');
  const wrong = await command.run('report', 'web-1.json.gz', '--markdown', '--filter', 'gen:abc');
  expect(wrong).toMatchObject({ status: 2, out: '' });
});

test('a link opens a dump on the same server as the page, and refuses one elsewhere', async ({ page }) => {
  const app = new App(page);
  await app.open('#dump=./samples/rails-library.json.gz');
  await expect(page.getByRole('main').getByText(/rails-library\.json\.gz · Ruby/)).toBeVisible();
  await expect(page).toHaveURL(/#\/overview\?dump=\.\/samples\/rails-library\.json\.gz&totals=\d+-\d+$/);
  await page.goto('about:blank');
  await app.open('#dump=https://dumps.example.com/a.json');
  await expect(page.getByText(/can only fetch from its own origin/)).toBeVisible();
});

test('a served dump is read in ranges, and reading continues after a broken connection', async ({ page }) => {
  const { bytes } = fixture('ruby-3.1', { packed: true });
  const asked: { start: number; end: number; sent: number }[] = [];
  let toBreak = 1;
  const server = await serveFolder({
    folder: fileURLToPath(new URL('../dist', import.meta.url)),
    port: 0,
    base: '/some/path/',
    besides: new Map([
      [
        'dumps/web-1.json.gz',
        {
          type: 'application/gzip',
          size: bytes.length,
          etag: '"1"',
          stream(start, end) {
            const breaks = end - start > 1000 && toBreak-- > 0;
            const sent = breaks ? Math.floor((end - start) / 2) : end - start;
            asked.push({ start, end, sent });
            return Readable.from(
              (async function* () {
                yield bytes.slice(start, start + sent);
                if (breaks) throw new Error('The server ends the connection within the range.');
              })(),
            );
          },
        },
      ],
    ]),
  });
  try {
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/some/path/#dump=./dumps/web-1.json.gz`);
    const app = new App(page);
    await app.idle();
    await expect(page.getByRole('main').getByText('web-1.json.gz · Ruby 3.1')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  const broken = asked.findIndex(({ start, end, sent }) => sent < end - start);
  const { start, end, sent } = asked[broken]!;
  // The next request is for the rest of that range, from the first byte that had not arrived.
  const next = asked[broken + 1]!;
  expect(next.end).toBe(end);
  expect(next.start).toBeGreaterThanOrEqual(start);
  expect(next.start).toBeLessThanOrEqual(start + sent);
});
