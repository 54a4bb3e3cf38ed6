/**
 * `npm test`: runs what CI runs: the checks, then the end-to-end tests in a Chromium, which is fetched if there is
 * none.
 */
import { check, endToEndTests, reportOutcomes } from './checks.ts';
import { findOrInstallChromium } from './find-chromium.ts';

reportOutcomes([check(), endToEndTests(findOrInstallChromium())]);
