import { inFreshTab } from './bench-tab.ts';
import { type MeasuredFile, TAB_AGE_MS } from './measured-file.ts';
import type { AppFigures } from './results.ts';

/** Opens the file in the app like a drop, and measures what a user would see. */
export function measureApp(file: MeasuredFile, appUrl: string): Promise<AppFigures> {
  return inFreshTab(appUrl, async ({ page }) => {
    await page.waitForFunction(() => 'heapscape' in window);
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.hidden = true;
      input.id = 'bench-file';
      document.body.append(input);
    });
    await page.setInputFiles('#bench-file', file.path);
    await page.waitForTimeout(TAB_AGE_MS);
    return page.evaluate(openAndWatch);
  });
}

/** Runs in the page. */
async function openAndWatch(): Promise<AppFigures> {
  const file = document.querySelector<HTMLInputElement>('#bench-file')?.files?.[0];
  if (file === undefined) throw new Error('no file is chosen');
  let longestTaskMs = 0;
  const tasks = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  tasks.observe({ type: 'longtask' });
  const start = performance.now();
  let firstOverviewMs: number | null = null;
  const changes = new MutationObserver(() => {
    if (firstOverviewMs !== null || document.querySelector('main dl dd') === null) return;
    firstOverviewMs = performance.now() - start;
  });
  changes.observe(document.body, { childList: true, subtree: true });
  await window.heapscape.open(file);
  while (
    document.querySelector('main dl dd') === null ||
    document.querySelector('main table tbody tr') === null
  )
    await new Promise(requestAnimationFrame);
  const overviewMs = performance.now() - start;
  await window.heapscape.ready();
  const completeMs = performance.now() - start;
  await new Promise(resolve => setTimeout(resolve, 500)); // The last long tasks are reported with a delay.
  changes.disconnect();
  tasks.disconnect();
  return { firstOverviewMs: firstOverviewMs ?? overviewMs, overviewMs, completeMs, longestTaskMs };
}

declare global {
  interface Window {
    heapscape: { open(file: File): Promise<unknown>; ready(): Promise<void> };
  }
}
