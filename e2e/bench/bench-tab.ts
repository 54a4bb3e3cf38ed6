import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { commandBuild } from '../../workers/build/command-build.ts';
import { findOrInstallChromium } from '../../workers/build/find-chromium.ts';
import { serveFolder } from '../../workers/serving/static-server.ts';
import { type ProcessMemory, processMemory } from './process-memory.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BENCH_CONFIG = fileURLToPath(new URL('./page/vite.config.ts', import.meta.url));
const BENCH_BUILD = fileURLToPath(new URL('./data/page', import.meta.url));
const APP_BUILD = fileURLToPath(new URL('./data/app', import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A spare renderer would count towards the tab's memory.
  '--disable-features=SpareRendererForSitePerProcess',
  // Lets the benchmark collect garbage before it measures memory.
  '--js-flags=--expose-gc',
];
/**
 * How often garbage is collected, and the pause after each time. Freed memory is returned to the system later: some of
 * it, including memory from the tab's own start, after ten to twenty-five seconds.
 */
const SETTLING = { soon: { times: 1, pauseMs: 1000 }, wholly: { times: 6, pauseMs: 5000 } } as const;

/** The built command. */
export const COMMAND = fileURLToPath(new URL('./data/command/heapscape.js', import.meta.url));

/** URLs of the builds. */
export interface BenchServers {
  benchUrl: string;
  appUrl: string;
  close(): void;
}

/** Builds the benchmark page, the app and the command, and serves the first two. */
export async function startServers(): Promise<BenchServers> {
  await build({ configFile: BENCH_CONFIG, logLevel: 'warn' });
  await build({ root: ROOT, logLevel: 'warn', build: { outDir: APP_BUILD, emptyOutDir: true } });
  await build(commandBuild(dirname(COMMAND), 'warn'));
  const servers = await Promise.all([BENCH_BUILD, APP_BUILD].map(folder => serveFolder({ folder, port: 0 })));
  const [benchUrl, appUrl] = servers.map(urlOf) as [string, string];
  return {
    benchUrl,
    appUrl,
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

function urlOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

export async function browserVersion(): Promise<string> {
  const browser = await launch();
  try {
    return `Chromium ${browser.version()}`;
  } finally {
    await browser.close();
  }
}

function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findOrInstallChromium(), args: FLAGS });
}

/** A tab in its own browser. */
export interface BenchTab {
  page: Page;
  /** Memory of the tab's process, including workers. */
  memory: ProcessMemory | null;
  /** Resident bytes after garbage collection: `soon` after a single one, which keeps compiled code, or `wholly`. */
  settledBytes(how: keyof typeof SETTLING): Promise<number | null>;
}

/** Opens a page in a new browser, runs the measurement, and closes the browser in any case. */
export async function inFreshTab<Figures>(
  url: string,
  measure: (tab: BenchTab) => Promise<Figures>,
): Promise<Figures> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(0); // No time limit: the duration is what is measured.
    const crashed = new Promise<never>((_, reject) => {
      page.once('crash', () => reject(new Error('the tab crashed')));
    });
    crashed.catch(() => undefined); // Raced below; later crashes do not matter.
    await page.goto(url);
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const memory = processMemory(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id));
    const settledBytes = async (how: keyof typeof SETTLING) => {
      const { times, pauseMs } = SETTLING[how];
      for (let done = 0; done < times; done++) {
        await collectGarbage(page);
        await page.waitForTimeout(pauseMs);
      }
      return memory?.now() ?? null;
    };
    return await Promise.race([measure({ page, memory, settledBytes }), crashed]);
  } finally {
    await browser.close();
  }
}

async function collectGarbage(page: Page): Promise<void> {
  await page.evaluate('gc()');
  for (const worker of page.workers()) await worker.evaluate('gc()');
}
