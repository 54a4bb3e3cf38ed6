import { chromium } from '@playwright/test';
import { findChromium } from '../../workers/build/find-chromium.ts';
import { type Driver, NotInstalled } from './driver.ts';

export async function startChromium(): Promise<Driver> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new NotInstalled('no Chromium found: install one, or name it in CHROME_PATH');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  return {
    name: `Chromium ${browser.version()}`,
    open: async url => void (await page.goto(url)),
    evaluate: expression => page.evaluate(expression),
    close: () => browser.close(),
  };
}
