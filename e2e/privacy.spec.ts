import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test, type Worker } from '@playwright/test';
import { App, fixture } from './app-driver.ts';
import {
  codeOf,
  outcomeCode,
  PAGE_ATTEMPTS,
  SHARED_ATTEMPTS,
  UNLOGGED_ATTEMPTS,
} from './privacy/exfiltration-attempts.ts';
import { listen, servePage } from './privacy/sites.ts';

// Blocked service workers would not be tested as a way to send data.
test.use({ serviceWorkers: 'allow' });

/** The threads of the engine, all of which the page starts. */
const THREADS = ['heap', 'scan', 'slice-reader'];

/** The page with a dump open, on a server of its own, and another server that its code may try to reach. */
async function openPage(page: Page, { policy }: { policy: boolean }) {
  const site = await servePage({ policy });
  const other = await listen();
  const app = new App(page);
  await page.goto(site.url);
  await app.drop(fixture('ruby-3.1', { packed: true }));
  const threads = new Map<string, Worker>();
  for (const worker of page.workers()) threads.set(await worker.evaluate(() => self.name), worker);
  expect([...threads.keys()].sort()).toEqual(THREADS);
  // A worker that the page's code could start itself.
  const started = page.waitForEvent('worker');
  await page.evaluate(() => void new Worker(URL.createObjectURL(new Blob(['self.name;']))));
  const senders: [string, Page | Worker][] = [['page', page], ['worker', await started], ...threads];
  const close = () => {
    site.close();
    other.close();
  };
  return { site, other, senders, close };
}

/** Runs code in a page or a worker, which have no common type for this. */
function run<Result>(context: Page | Worker, code: string): Promise<Result> {
  return (context as Page).evaluate<Result>(code);
}

/**
 * Makes an attempt; returns the browser's reaction: the directive of the policy that refused it, the error, or that it
 * succeeded.
 */
function outcomeOf(context: Page | Worker, code: string): Promise<string> {
  return run(context, outcomeCode(code));
}

const waysOf = (sender: string) =>
  sender === 'page' ? [...SHARED_ATTEMPTS, ...PAGE_ATTEMPTS] : SHARED_ATTEMPTS;

test('no request gets out, whether the page, a worker or a thread sends it', async ({ page }) => {
  const { site, other, senders, close } = await openPage(page, { policy: true });
  for (const [sender, context] of senders) {
    for (const way of [...waysOf(sender), ...UNLOGGED_ATTEMPTS]) {
      const url = `${other.url}${sender}/${way.name}`;
      const outcome = await outcomeOf(context, codeOf(way, url, site.script));
      expect.soft(outcome, `${sender} ${way.name}`).toMatch(/^refused by|Error/);
    }
  }
  expect([...other.arrived]).toEqual([]);
  close();
});

/**
 * APIs that policies do not cover: navigating to another page, opening one, WebRTC, and fonts in workers of Firefox.
 */
const UNBOUND = [
  /RTCPeerConnection/,
  /\bwindow\.open\b/,
  /\bnew FontFace\b/,
  /\blocation\.(assign|replace)\b/,
  /\blocation(\.href)?\s*=[^=]/,
];

test('the scripts of the build use no API that the policy does not cover', () => {
  const folder = fileURLToPath(new URL('../dist/assets', import.meta.url));
  const scripts = readdirSync(folder).filter(name => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(THREADS.length);
  for (const name of scripts) {
    const code = readFileSync(join(folder, name), 'utf8');
    for (const pattern of UNBOUND) expect.soft(code.match(pattern)?.[0], name).toBeUndefined();
  }
});

test('a thread has no API that the policy does not cover', async ({ page }) => {
  const { senders, close } = await openPage(page, { policy: true });
  for (const [sender, context] of senders) {
    if (!THREADS.includes(sender)) continue;
    const names = [
      'RTCPeerConnection',
      'open',
      'document',
      'navigation',
      'FontFace',
      'Worker',
      'SharedWorker',
    ];
    const has = await run(context, `${JSON.stringify(names)}.filter(name => name in self)`);
    expect(has, sender).toEqual([]);
  }
  close();
});

/** Proves that the first test would notice a request that arrives. */
test('without its policy the page and each thread can send', async ({ page }) => {
  const { site, other, senders, close } = await openPage(page, { policy: false });
  for (const [sender, context] of senders) {
    for (const way of waysOf(sender)) {
      if (way.uses !== undefined && THREADS.includes(sender)) {
        expect(await run(context, `typeof ${way.uses}`), `${way.uses} in ${sender}`).toBe('undefined');
        continue;
      }
      const path = `${sender}/${way.name}`;
      // Whether the sender gets an error does not matter; some ways report none.
      await run(context, `void ${codeOf(way, `${other.url}${path}`, site.script)}`);
      await test.step(path, () => other.arrival(path), { timeout: 10_000 });
    }
  }
  close();
});
