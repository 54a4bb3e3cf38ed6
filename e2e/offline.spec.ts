import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { filesToStore, writeServiceWorker } from '../workers/build/service-worker.ts';
import { serveFolder } from '../workers/serving/static-server.ts';
import { App, fixture } from './app-driver.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const BASE = '/some/path/';

test.use({ serviceWorkers: 'allow' });

/** The built page on a host of its own, which can be updated. */
class Host {
  readonly folder = mkdtempSync(join(tmpdir(), 'heapscape-host-'));
  readonly asked: string[] = [];
  #server: Awaited<ReturnType<typeof serveFolder>> | null = null;

  constructor() {
    cpSync(DIST, this.folder, { recursive: true, filter: path => !/\.(map|gz)$/.test(path) });
  }

  async start(): Promise<string> {
    // The build's own list includes the sample, which this host does not serve.
    await writeServiceWorker(this.folder);
    this.#server = await serveFolder({ folder: this.folder, port: 0, base: BASE });
    this.#server.on('request', ({ url }) => this.asked.push(url ?? ''));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it has no port');
    return `http://localhost:${address.port}${BASE}`;
  }

  /** Deploys another version with a different title. `complete`: whether the files match the service worker's list. */
  async update(title: string, { complete }: { complete: boolean }): Promise<void> {
    const index = join(this.folder, 'index.html');
    const html = readFileSync(index, 'utf8');
    const next = html.replace(
      /<meta\s+name="description"\s+content="[^"]*"/,
      `<meta name="description" content="${title}"`,
    );
    writeFileSync(index, next);
    await writeServiceWorker(this.folder);
    // The state during an update of the host: the list is new, but a file is not.
    if (!complete) writeFileSync(index, html);
  }

  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = null;
  }

  remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true });
  }
}

const storedNote = (page: Page) => page.getByText('The page is stored in this browser');
const versionOf = (page: Page) => page.locator('meta[name=description]').getAttribute('content');

/** Makes the browser check for a new version, and returns the result. */
async function lookForUpdate(): Promise<string> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration === undefined) return 'not registered';
  return new Promise(resolve => {
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => resolve(installing.state));
    });
    void registration.update();
  });
}

let host: Host;
test.beforeEach(() => {
  host = new Host();
});
test.afterEach(() => host.remove());

test('after the first visit the page opens and reads a dump without a network', async ({ page }) => {
  const app = new App(page);
  const url = await host.start();
  await page.goto(url);
  await expect(storedNote(page)).toBeVisible();
  // The worker requested the files of the page, and nothing else.
  const files = new Set(filesToStore(host.folder).map(({ path }) => new URL(path, url).pathname));
  const others = new Set(host.asked.filter(path => !files.has(path)));
  expect([...others]).toEqual([`${BASE}sw.js`]);

  host.stop();
  await page.reload();
  await app.drop(fixture('ruby-3.1', { packed: true }));
  await expect(app.figure('Objects')).toBeVisible();
  for (const view of ['Treemap', 'Findings', 'Classes']) await app.goTo(view);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a new version waits until the user chooses it, and an incomplete one is never used', async ({
  page,
}) => {
  const app = new App(page);
  await page.goto(await host.start());
  await expect(storedNote(page)).toBeVisible();
  const first = await versionOf(page);

  await host.update('half of a version', { complete: false });
  expect(await page.evaluate(lookForUpdate)).toBe('redundant');
  await page.reload();
  await app.idle();
  expect(await versionOf(page)).toBe(first);
  await expect(page.getByRole('region', { name: 'New version' })).toHaveCount(0);

  await host.update('the next version', { complete: true });
  await page.reload();
  const notice = page.getByRole('region', { name: 'New version' });
  await expect(notice.getByText('A new version of Heapscape is ready.')).toBeVisible();
  // The open page belongs to the old version in all its parts.
  expect(await versionOf(page)).toBe(first);
  await app.drop(fixture('ruby-3.1', { packed: true }));
  await expect(notice.getByText('Open your files again')).toBeVisible();
  page.on('dialog', dialog => void dialog.accept());
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => versionOf(page)).toBe('the next version');
  await app.idle();
  await expect(notice).toHaveCount(0);
});

test('a page that cannot start says so, and can delete its stored files', async ({ page }) => {
  await page.goto(await host.start());
  await expect(storedNote(page)).toBeVisible();
  const script = join(
    host.folder,
    /assets\/index-[^"]+\.js/.exec(readFileSync(join(host.folder, 'index.html'), 'utf8'))![0],
  );
  const whole = readFileSync(script);
  writeFileSync(script, 'throw new Error("this version is broken")');
  await writeServiceWorker(host.folder);
  await page.reload();
  await page.getByRole('region', { name: 'New version' }).getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: 'Heapscape could not start' })).toBeVisible();
  await expect(page.getByText('this version is broken')).toBeVisible();
  writeFileSync(script, whole);
  await page.getByRole('button', { name: 'Delete the stored version and try again' }).click();
  await expect(page.getByText('Drop a heap dump anywhere')).toBeVisible();
});
