import { type Exclusion, parseExclusion } from './protocol/exclusions.ts';
import { problemText } from './protocol/filter/filter.ts';
import { parseFilter } from './protocol/filter/parse-filter.ts';
import type { Freed, MergedPaths } from './protocol/paths.ts';
import { REPORT_VERSION } from './protocol/report.ts';
import type { SnapshotId } from './protocol/units.ts';
import type { HeapSession } from './service/heap-session.ts';

/** Default limit of the nodes of merged paths. */
const DEFAULT_NODES = 200;

export interface RetainerOptions {
  /** The filter whose objects' paths are requested; null = none. */
  pathsTo: string | null;
  ignore: Exclusion[];
  cut: Exclusion[];
}

/** What `--paths` and `--cut` print. */
export interface RetainerReport {
  version: typeof REPORT_VERSION;
  kind: 'retainers';
  /** Null without `--paths`. */
  paths: MergedPaths | null;
  /** Null without `--cut`. */
  freed: Freed | null;
}

/** Parses the options. Null if there are none; one line of text if they are wrong. */
export function readRetainerOptions(given: {
  pathsTo: string | undefined;
  ignore: readonly string[];
  cut: readonly string[];
}): RetainerOptions | string | null {
  const { pathsTo = null } = given;
  if (pathsTo === null && given.cut.length === 0) {
    return given.ignore.length === 0
      ? null
      : '--ignore needs --paths: it says what paths must not lead through.';
  }
  const parsed = parseFilter(pathsTo ?? '');
  if (!parsed.ok) return problemText(parsed.problem);
  const options: RetainerOptions = { pathsTo, ignore: [], cut: [] };
  for (const list of ['ignore', 'cut'] as const) {
    for (const text of given[list]) {
      const exclusion = parseExclusion(text);
      if (exclusion === null) {
        return `--${list} ${text}: expects root:NAME, class:NAME, an address, edges:class, edges:internal, edges:cache, or two ends with an arrow, as in 'class:Array -> class:Event'.`;
      }
      options[list].push(exclusion);
    }
  }
  return options;
}

/** Merged paths, and what cuts would free. `top`: maximum number of nodes of the paths. */
export async function reportRetainers(
  session: HeapSession,
  snapshot: SnapshotId,
  { pathsTo, ignore, cut }: RetainerOptions,
  top = DEFAULT_NODES,
): Promise<RetainerReport> {
  const set = { kind: 'filter', text: pathsTo ?? '' } as const;
  const limits = { maxNodes: top, minShare: 0, direction: 'fromRoots', path: [] } as const;
  const paths =
    pathsTo === null
      ? null
      : await session.ask('mergedPaths', { ...limits, path: [], snapshot, set, ignore });
  const freed = cut.length === 0 ? null : await session.ask('freedBy', { snapshot, cut });
  return { version: REPORT_VERSION, kind: 'retainers', paths, freed };
}
