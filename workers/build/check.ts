/** `npm run check`: all that needs no browser. */
import { check, reportOutcomes } from './checks.ts';

reportOutcomes([check()]);
