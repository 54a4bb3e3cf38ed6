/** `npm run check`: all that needs no browser. */
import { check } from './checks.ts';

const { passed, failed } = check();
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
