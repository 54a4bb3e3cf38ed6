/** `npm test`: all that CI runs. Checks, then the end-to-end tests in a Chromium, fetched if there is none. */
import { check, endToEndTests } from './checks.ts';
import { findOrInstallChromium } from './find-chromium.ts';

const checked = check();
const driven = endToEndTests(findOrInstallChromium());
const failed = checked.failed + driven.failed;
process.stdout.write(`\n${checked.passed + driven.passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
