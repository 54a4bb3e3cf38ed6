import type { Comparison } from '../../workers/protocol/comparison.ts';
import type { ObjectContents } from '../../workers/protocol/contents.ts';
import { type Exclusion, parseExclusion } from '../../workers/protocol/exclusions.ts';
import type { Finding } from '../../workers/protocol/findings.ts';
import type { LeakShare, ObjectDetails } from '../../workers/protocol/object-details.ts';
import type { Freed, MergedPaths, RetainerPath } from '../../workers/protocol/paths.ts';
import type { ProfileInfo } from '../../workers/protocol/profile-questions.ts';
import type { ProfileReport } from '../../workers/protocol/profile-report.ts';
import type { ParamsOf } from '../../workers/protocol/questions.ts';
import type { Report } from '../../workers/protocol/report.ts';
import type { Neighbour } from '../../workers/protocol/rows.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText } from '../../workers/protocol/units.ts';
import { absentObject } from '../format/absent-object.ts';
import type { AppStore } from '../state/app-state.ts';
import { consoleOptions, valueInWords } from './report-options.ts';
import { COMPARISON_TOP } from './series.ts';
import type { Session } from './session.ts';

/** A step of a retainer path in the console API. */
export interface ConsolePathStep {
  /** null for the last step, the root. */
  address: AddressText | null;
  /** Class label; the root's name for the last step. */
  label: string;
  title: string;
  /** How the next step refers to this one: `root` if it is listed as a root, null for the root itself. */
  edge: string | null;
  /** Instance variable that holds the reference, where that is certain. */
  name: string | null;
}

/** Everything about one object; at most 1,000 entries each of its contents, references and referrers. */
export interface ConsoleObject extends ObjectDetails {
  leakShare: LeakShare | null;
  contents: ObjectContents;
  referenceList: Neighbour[];
  referrerList: Neighbour[];
}

/** `window.heapscape`: the page for scripts. Answers are about the active file. */
export interface HeapscapeConsole {
  /** Opens a File or Blob, or a URL of the page's own origin. */
  open(source: Blob | string): Promise<SnapshotInfo | ProfileInfo>;
  /** The same numbers as `npm run report` prints. */
  report(options?: ParamsOf<'report'>): Promise<Report>;
  /** Problems and other observations, in order, as in the report but with the evidence. */
  findings(): Promise<Finding[]>;
  /** Compares the dumps of the series with the active one: the `comparison` of `npm run report -- A B C`. */
  compare(options?: { top?: number }): Promise<Comparison>;
  /** The report of the active profile or series. */
  profile(options?: { top?: number }): Promise<ProfileReport>;
  /**
   * Record, sizes, LeakShare, contents, dominator, references and referrers of the object that the text identifies: an
   * address, `inspect` output, or an object id.
   */
  object(text: string): Promise<ConsoleObject>;
  /**
   * A shortest path from the object up to a root, whose name is the last step. An unreachable object has a path of one
   * step. Of a path with more than 1,000 steps, only the two ends.
   */
  retainerPath(text: string): Promise<ConsolePathStep[]>;
  /**
   * Why the objects that match a filter are alive: their shortest paths merged by class, and where they come together.
   * `ignore`: what paths must not lead through, such as `'class:Array'`, `'0x7f…'`, `'root:vm'`, `'edges:class'` or
   * `'class:Array -> class:Event'`; `nodes`: maximum number, 200 by default.
   */
  mergedPaths(filter: string, options?: { ignore?: string[]; nodes?: number }): Promise<MergedPaths>;
  /**
   * The shortest paths to an object that visit no object twice, each from the root down. `count`: 5 by default, at most
   * 50.
   */
  paths(text: string, options?: { count?: number; ignore?: string[] }): Promise<RetainerPath[]>;
  /** What would be freed if an object, or everything that matches a filter, were removed: exactly, by class. */
  freedBy(filter: string): Promise<Freed>;
  /** Resolves when nothing is being loaded, requested or drawn. */
  ready(): Promise<void>;
  /** Returns this description. */
  help(): string;
}

const HELP = `heapscape: this page, for scripts. Every function returns a promise.

  await heapscape.open(fileOrUrl)       a File or Blob, or a URL of this site; becomes the active file
  await heapscape.report({top: 200})    the numbers of the active dump, as "npm run report" prints them;
                                        {filter: 'class:User'} narrows them to what a filter finds,
                                        {group: ['class', 'gem']} adds groups with their retained sizes
  await heapscape.findings()            leaks, waste and anything unusual, with figures and evidence
  await heapscape.compare({top: 200})   the comparison of the series of the active dump, as "npm run report" prints it
  await heapscape.profile({top: 200})   the same for the active profile or series
  await heapscape.object('0x7f…')       record, sizes, LeakShare, contents, dominator, references, referrers of one object
  await heapscape.retainerPath('0x7f…') steps from the object up to a root, whose name is the last
  await heapscape.paths('0x7f…', {count: 3})
                                        the shortest paths to one object, each from its root down
  await heapscape.mergedPaths('class:Order', {ignore: ['class:Array']})
                                        why a set is alive: paths merged by class, where they come together
  await heapscape.freedBy('class:Order')
                                        what would be freed if these were gone, by class
  await heapscape.ready()               resolves when the page is idle

An object can also be named as Ruby prints it: '#<Order:0x00007f… @id=1>', or by its object_id.
Sizes are whole bytes, addresses text as in the dump.`;

/** Functions in the report of a profile, by default. */
const PROFILE_TOP = 200;
/** Nodes of merged paths, and paths of one object, by default. */
const MERGED_NODES = 200;
const PATHS = 5;
/** Neighbours in one answer of {@link HeapscapeConsole.object}. */
const NEIGHBOURS = 1000;

export function createConsole(
  { service, idle, fileManager }: Pick<Session, 'service' | 'idle' | 'fileManager'>,
  store: AppStore,
): HeapscapeConsole {
  const activeSnapshot = () => {
    const { active, snapshots } = store.getState();
    if (active === null) throw new Error('No dump is open: await heapscape.open(fileOrUrl) first.');
    if (snapshots.some(({ id }) => id === active)) return active;
    throw new Error('The active file is not a heap dump: use heapscape.profile() for profiles and series.');
  };
  const find = async (method: string, text: unknown) => {
    if (typeof text !== 'string') {
      throw new TypeError(
        `heapscape.${method} needs an address as text, such as '0x7f5697b9b208', and got ${valueInWords(text)}.`,
      );
    }
    const snapshot = activeSnapshot();
    const found = await service.ask('find', { snapshot, text });
    if (found === null) throw new Error(absentObject(text));
    return { snapshot, object: found.object };
  };

  return {
    async open(source: unknown) {
      if (
        !(source instanceof Blob) &&
        !(typeof source === 'string' && URL.canParse(source, document.baseURI))
      ) {
        throw new TypeError(
          `heapscape.open needs a File, a Blob or a URL of this site, and got ${valueInWords(source)}.`,
        );
      }
      const before = store.getState().problems.length;
      const opened = await (typeof source === 'string'
        ? fileManager.openUrl(source)
        : fileManager.open(asFile(source)));
      if (opened !== null) return opened.info;
      const problem = store.getState().problems.slice(before).at(-1);
      throw new Error(
        problem === undefined ? 'The load was cancelled.' : `${problem.message} ${problem.advice}`,
      );
    },
    async report(options: unknown = {}) {
      return service.ask('report', {
        ...consoleOptions('report', options, ['top', 'filter', 'group']),
        snapshot: activeSnapshot(),
      });
    },
    async findings() {
      return (await service.ask('findings', { snapshot: activeSnapshot() })).findings;
    },
    async compare(options: unknown = {}) {
      const { top = COMPARISON_TOP } = consoleOptions('compare', options, ['top']);
      const comparison = await service.ask('comparison', { snapshot: activeSnapshot(), top });
      if (comparison !== null) return comparison;
      throw new Error(
        'The active dump is not part of a comparison: await heapscape.open(fileOrUrl) for each dump of the process.',
      );
    },
    async profile(options: unknown = {}) {
      const { top = PROFILE_TOP } = consoleOptions('profile', options, ['top']);
      const { active, profiles } = store.getState();
      if (active === null || profiles.every(({ id }) => id !== active)) {
        throw new Error('No profile or series is active: await heapscape.open(fileOrUrl) first.');
      }
      return service.askProfile(active, 'profileReport', { top });
    },
    async object(text) {
      const at = await find('object', text);
      const window = { ...at, offset: 0, limit: NEIGHBOURS };
      const [details, leakShare, contents, references, referrers] = await Promise.all([
        service.ask('object', at),
        service.ask('leakShare', at),
        service.ask('contents', window),
        service.ask('neighbours', { ...window, direction: 'references' }),
        service.ask('neighbours', { ...window, direction: 'referrers' }),
      ]);
      return {
        ...details,
        leakShare,
        contents,
        referenceList: references.rows,
        referrerList: referrers.rows,
      };
    },
    async retainerPath(text) {
      const path = await service.ask('retainerPath', await find('retainerPath', text));
      const steps: ConsolePathStep[] = path.steps.toReversed().map(({ object, edge, name }) => ({
        address: object.address,
        label: object.label,
        title: object.title,
        edge: path.root === null ? null : edge,
        name,
      }));
      if (path.root !== null)
        steps.push({ address: null, label: path.root, title: '', edge: null, name: null });
      return steps;
    },
    async mergedPaths(filter: unknown, options: unknown = {}) {
      const set = { kind: 'filter', text: textOf('mergedPaths', 'a filter', filter) } as const;
      const nodes = numberOption('mergedPaths', 'nodes', options) ?? MERGED_NODES;
      return service.ask('mergedPaths', {
        snapshot: activeSnapshot(),
        set,
        ignore: ignoreOption('mergedPaths', options),
        direction: 'fromRoots',
        path: [],
        maxNodes: nodes,
        minShare: 0,
      });
    },
    async paths(text, options: unknown = {}) {
      const count = numberOption('paths', 'count', options) ?? PATHS;
      return service.ask('paths', {
        ...(await find('paths', text)),
        count,
        ignore: ignoreOption('paths', options),
      });
    },
    async freedBy(filter: unknown) {
      const text = textOf('freedBy', 'a filter or an address', filter);
      return service.ask('freedBy', { snapshot: activeSnapshot(), cut: [], filter: text });
    },
    ready: () => idle.whenIdle(),
    help: () => HELP,
  };
}

function textOf(method: string, what: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`heapscape.${method} needs ${what} as text, and got ${valueInWords(value)}.`);
}

/** A whole number from a method's options, or undefined if it is not given. */
function numberOption(method: string, name: string, options: unknown): number | undefined {
  const value = optionOf(options, name);
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value > 0))
    return value;
  throw new TypeError(
    `heapscape.${method} needs a whole number for ${name}, and got ${valueInWords(value)}.`,
  );
}

/** The exclusions from a method's options. */
function ignoreOption(method: string, options: unknown): Exclusion[] {
  const value = optionOf(options, 'ignore') ?? [];
  const list = Array.isArray(value) ? value : [value];
  return list.map(each => {
    const exclusion = typeof each === 'string' ? parseExclusion(each) : null;
    if (exclusion !== null) return exclusion;
    throw new TypeError(
      `heapscape.${method} cannot ignore ${valueInWords(each)}: it takes 'root:vm', 'class:Array', an address, 'edges:class', or two of these with an arrow, as in 'class:Array -> class:Event'.`,
    );
  });
}

function optionOf(options: unknown, name: string): unknown {
  if (typeof options !== 'object' || options === null) return undefined;
  return new Map<string, unknown>(Object.entries(options)).get(name);
}

function asFile(blob: Blob): File {
  return blob instanceof File ? blob : new File([blob], 'heap.json');
}
