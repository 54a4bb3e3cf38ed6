/** Creates public/screenshot.png from the sample in the built page: `npm run screenshot`. */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findOrInstallChromium } from '../workers/build/find-chromium.ts';
import { serveFolder } from '../workers/serving/static-server.ts';
import { App, railsSample } from './app-driver.ts';

const PORT = 4320;
const LARGEST_FILE_BYTES = 300 * 1024;
const FILE = fileURLToPath(new URL('../public/screenshot.png', import.meta.url));

const server = await serveFolder({
  folder: fileURLToPath(new URL('../dist', import.meta.url)),
  port: PORT,
});
const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  const app = new App(page);
  await app.openWith(railsSample());
  // The leak, and why it is alive, beside the treemap of the whole heap.
  const findings = page.getByRole('list', { name: 'What stands out' });
  await findings
    .getByRole('listitem')
    .filter({ hasText: 'ActivityFeed' })
    .getByRole('button', { name: /alive\?$/ })
    .click();
  await app.idle();
  await app.goTo('Treemap');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: FILE });
  const { size } = statSync(FILE);
  if (size > LARGEST_FILE_BYTES) throw new Error(`the screenshot has ${size} bytes`);
  process.stdout.write(`${FILE}: ${size} bytes\n`);
} finally {
  await browser.close();
  server.close();
}
