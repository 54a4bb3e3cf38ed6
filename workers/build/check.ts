/** `npm run check`: all checks that need no browser. */
import { check, reportOutcomes } from './checks.ts';

reportOutcomes([check()]);
