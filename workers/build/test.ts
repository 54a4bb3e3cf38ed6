/** `npm test`: all that CI runs. Checks, then the end-to-end tests in a Chromium, fetched if there is none. */
import { check, endToEndTests, reportOutcomes } from './checks.ts';
import { findOrInstallChromium } from './find-chromium.ts';

reportOutcomes([check(), endToEndTests(findOrInstallChromium())]);
