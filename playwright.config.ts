import { defineConfig } from '@playwright/test';
import { findChromium } from './workers/build/find-chromium.ts';

const PORT = Number(process.env.E2E_PORT ?? 4319);
/** Not at the root, so that every test shows that the build works under any path. */
const BASE = '/some/path/';
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Generous, for small machines that do something else at the same time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${PORT}${BASE}`,
    viewport: { width: 1440, height: 900 },
    // Every test has a fresh profile, and would store all files in it; e2e/offline.spec.ts allows it.
    serviceWorkers: 'block',
    // A trace records the screen and every DOM change, a third of the time of the tests. `--trace on` turns it on.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx tsx workers/build/serve-build.ts ${PORT} ${BASE}`,
    url: `http://localhost:${PORT}${BASE}`,
    reuseExistingServer: true,
  },
});
