/**
 * `npm run browsers [-- chromium firefox webkit]`: runs the core of the end-to-end tests on the built page in every
 * installed browser. Says which browsers were skipped, and why; exits with status 1 if a test fails or nothing could be
 * run.
 */
import { startChromium } from './chromium.ts';
import { CORE } from './core.ts';
import { type Driver, NotInstalled } from './driver.ts';
import { startFirefox } from './firefox.ts';
import { startWebKit } from './webkit.ts';

const BROWSERS: Record<string, () => Promise<Driver>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Runs the core in one browser, with a new instance for each test; returns the number of failures, or null if the
 * browser is not installed.
 */
async function runIn(name: string, start: () => Promise<Driver>): Promise<number | null> {
  let failed = 0;
  for (const [at, test] of CORE.entries()) {
    let driver: Driver | null = null;
    try {
      driver = await start();
      if (at === 0) say(`\n${driver.name}`);
      const note = await test.run(driver);
      say(`  ✓ ${test.name}${note ? `: ${note}` : ''}`);
    } catch (error) {
      if (error instanceof NotInstalled) {
        say(`\n${name}: left out: ${error.message}`);
        return null;
      }
      failed += 1;
      say(`  ✗ ${test.name}: ${(error as Error).message}`);
    } finally {
      await driver?.close();
    }
  }
  return failed;
}

const wanted = process.argv.slice(2);
const results: [string, number | null][] = [];
for (const [name, start] of Object.entries(BROWSERS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  results.push([name, await runIn(name, start)]);
}
say('');
for (const [name, failed] of results) {
  const outcome =
    failed === null
      ? 'left out'
      : failed === 0
        ? `all ${CORE.length} passed`
        : `${failed} of ${CORE.length} failed`;
  say(`${name.padEnd(9)} ${outcome}`);
}
const ran = results.filter(([, failed]) => failed !== null);
process.exitCode = ran.length === 0 || ran.some(([, failed]) => failed !== 0) ? 1 : 0;
