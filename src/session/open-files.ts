import type { Outcome, Problem } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { unknownFile } from '../../workers/protocol/profile-formats.ts';
import type { ProfileInfo } from '../../workers/protocol/profile-questions.ts';
import type { LoadProgress } from '../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AddressText, SnapshotId } from '../../workers/protocol/units.ts';
import type { AppStore } from '../state/app-state.ts';
import { chipFor } from '../state/chips.ts';
import { totalsOf } from '../state/place-hash.ts';
import type { Dropped, DroppedFolder } from './dropped-files.ts';
import { HeapLostError } from './heap-client.ts';
import { heapProfilerFiles } from './heap-profiler-files.ts';
import type { IdleSignal } from './idle.ts';
import { showWantedComparison, tellOtherDump } from './link.ts';
import { showComparison, tellReduced } from './series.ts';
import {
  addressOf,
  FetchError,
  fileNameOf,
  findServed,
  linkToServed,
  type OpenableFile,
} from './served-file.ts';
import { joinParts } from './split-files.ts';

/** What came of a file. */
export type OpenedFile = { kind: 'heap'; info: SnapshotInfo } | { kind: 'profile'; info: ProfileInfo };

/** Opens and closes heap dumps, profiles and series, and keeps the store told. */
export interface DumpDesk {
  /** Opens a file. The outcome is in the store as well; null when it failed or was cancelled. */
  open(file: OpenableFile, options?: { ignoreMemoryLimit?: boolean }): Promise<OpenedFile | null>;
  /**
   * Opens several, one after the other, in the order of their names' numbers; the parts of a split dump as one. Several
   * dumps are compared, and so is one that joins others. Of a folder, what cannot be opened is said together at the end.
   */
  openAll(files: readonly File[], folder?: DroppedFolder | null): Promise<void>;
  /**
   * Compares open dumps, in place of those that are compared: in the order in which they were taken, or as given. Fewer
   * than two end the comparison.
   */
  compare(dumps: readonly SnapshotId[], order?: 'taken' | 'given'): Promise<void>;
  /** Keeps of a dump that is compared nothing but what comparison needs. */
  reduce(id: SnapshotId): Promise<void>;
  /** Reads a dump that was reduced again, in its place among those that are compared. */
  readAgain(id: SnapshotId): Promise<void>;
  /** Opens what was dropped, as soon as it is known what that is. */
  openDropped(dropped: Promise<Dropped>): Promise<void>;
  /** Opens a file that is served where the page itself comes from. */
  openUrl(url: string): Promise<OpenedFile | null>;
  /** Opens the files that a link names, one after the other; the first stays in front. */
  openLinked(urls: readonly string[]): Promise<void>;
  /** Cancels a load that is under way, or that waits for its turn. */
  cancel(loadId: number): void;
  /** Cancels all loads. */
  cancelAll(): void;
  close(id: SnapshotId): Promise<void>;
  setReferencesOnly(referencesOnly: boolean): Promise<void>;
  /** Says where the application of the active dump is; '' = nowhere. */
  setApplicationRoot(directory: string): Promise<void>;
  /** Selects the object at an address of the dump in front; none if there is no such object. */
  selectAddress(address: AddressText): Promise<void>;
  /** The file of a problem that can be tried again. */
  fileOf(problem: Problem): OpenableFile | null;
  /** The thread with all open dumps was lost: closes them, and says of each that it can be opened again. */
  heapsLost(error: HeapLostError): void;
}

/** `onOpened`: told of each file that was opened. */
export function createDumpDesk(
  service: HeapService,
  idle: IdleSignal,
  store: AppStore,
  onOpened: (file: OpenableFile) => void = () => undefined,
): DumpDesk {
  let lastLoadId = 0;
  /** Resolves when the dumps of the drops before are compared; a failure is told by who waits for it. */
  let lastJoined: Promise<void> = Promise.resolve();
  /** Loads that were cancelled and have not ended yet. */
  const cancelled = new Set<number>();
  /** Loads whose turn has come. */
  const begun = new Set<number>();
  const refused = new WeakMap<Problem, OpenableFile>();
  /** Of what is open. */
  const files = new Map<SnapshotId, OpenableFile>();

  /** Lists a file among those to be read, and returns the number of its load. */
  function enqueue(name: string, fileBytes: number): number {
    lastLoadId += 1;
    store.getState().loadStarted({ loadId: lastLoadId, name, fileBytes, progress: null, isDone: false });
    return lastLoadId;
  }

  /** Reads a file that was listed; null if that failed, or was cancelled. */
  async function load(
    loadId: number,
    name: string,
    read: () => Promise<OpenableFile>,
    ignoreMemoryLimit: boolean,
    arose: (problem: Problem) => void = store.getState().problemArose,
    { link = null, inFront = true }: { link?: string | null; inFront?: boolean } = {},
  ): Promise<OpenedFile | null> {
    const { loadProgressed, loadEnded, loadDropped } = store.getState();
    if (cancelled.delete(loadId)) return null;
    begun.add(loadId);
    const end = idle.begin();
    let file: OpenableFile | null = null;
    try {
      file = await read();
      if (cancelled.has(loadId)) return null;
      const outcome = await openAsAny(file, { loadId, name, ignoreMemoryLimit }, progress =>
        loadProgressed(loadId, progress),
      );
      if (!cancelled.has(loadId)) loadEnded(loadId);
      if (outcome.ok) {
        const { value } = outcome;
        files.set(value.info.id, file);
        const { snapshotOpened, profileOpened } = store.getState();
        if (value.kind === 'heap') snapshotOpened(value.info, { link, inFront });
        else profileOpened(value.info, { link, inFront });
        tellOtherDump(store, name, value.kind === 'heap' ? totalsOf(value.info) : null);
        showWantedComparison(store);
        store.getState().fileRemembered({ name, fileBytes: file.size, openedAt: Date.now() });
        onOpened(file);
        if (value.kind === 'heap') {
          await tellReduced(service, store);
          await selectWanted();
        }
        return value;
      }
      if (outcome.problem.code !== 'cancelled') {
        refused.set(outcome.problem, file);
        arose(outcome.problem);
      }
      return null;
    } catch (error) {
      const problem = problemOf(name, error);
      if (file !== null) refused.set(problem, file);
      arose(problem);
      return null;
    } finally {
      if (cancelled.delete(loadId)) loadDropped(loadId);
      else loadEnded(loadId);
      begun.delete(loadId);
      end();
    }
  }

  /** Lists a dropped file, and returns what reads it. */
  function enqueueFile(file: OpenableFile, arose?: (problem: Problem) => void, ignoreMemoryLimit = false) {
    const loadId = enqueue(file.name, file.size);
    const open = (options: { inFront?: boolean } = {}) =>
      load(loadId, file.name, () => Promise.resolve(file), ignoreMemoryLimit, arose, options);
    return { loadId, open };
  }

  /** Lists a file that is served, and returns what reads it. */
  function enqueueServed(text: string, inFront: boolean) {
    const url = addressOf(text);
    const name = url === null ? text : fileNameOf(url);
    const loadId = enqueue(name, 0);
    const find = async () => {
      if (url === null) throw new FetchError(`${text} is no address.`, 'Check the link.');
      return findServed(url, name);
    };
    const link = url === null ? null : linkToServed(url);
    return () => load(loadId, name, find, false, undefined, { link, inFront });
  }

  /** Opens a file as a heap dump, and if it is none, as a profile or a series. */
  async function openAsAny(
    file: OpenableFile,
    options: { loadId: number; name: string; ignoreMemoryLimit: boolean },
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<OpenedFile>> {
    const { referencesOnly } = store.getState();
    const heap = await service.open(file, { ...options, referencesOnly }, onProgress);
    if (heap.ok) return { ok: true, value: { kind: 'heap', info: heap.value } };
    if (heap.problem.code !== 'not-a-dump' || cancelled.has(options.loadId)) return heap;
    const { loadId, name } = options;
    const profile = await service.openProfile(file, { loadId, name }, onProgress);
    if (profile.ok) return { ok: true, value: { kind: 'profile', info: profile.value } };
    // Where the file is no profile either, the heap's problem says what it is.
    const { code, looksLike } = profile.problem;
    if (code !== 'not-a-dump' || looksLike !== undefined) return profile;
    return { ok: false, problem: unknownFile(heap.problem) };
  }

  /** Selects the object that the link speaks of with which the page was opened. */
  async function selectWanted() {
    const { wantedAddress, wantedAddressFound } = store.getState();
    if (wantedAddress === null) return;
    await desk.selectAddress(wantedAddress);
    wantedAddressFound();
  }

  /**
   * Compares dumps that were opened together, or one with those that are compared or stand open alone. Of two drops the
   * second waits for the first, so that it joins what that one compares.
   */
  function join(loaded: readonly SnapshotId[]): Promise<void> {
    const joined = lastJoined.then(() => joinNow(loaded));
    lastJoined = joined.catch(() => undefined);
    return joined;
  }

  async function joinNow(loaded: readonly SnapshotId[]) {
    const { snapshots, series } = store.getState();
    // One may have been closed while the others were read.
    const opened = loaded.filter(id => snapshots.some(snapshot => snapshot.id === id));
    const alone = snapshots.length === opened.length + 1 ? snapshots.map(({ id }) => id) : [];
    const others = series.length > 0 ? series : alone;
    const all = [...new Set([...others, ...opened])];
    if (opened.length === 0 || all.length < 2) return;
    await desk.compare(all);
    if (opened.length > 1) await showComparison(service, store);
  }

  const desk: DumpDesk = {
    async open(file, options) {
      const ignoreMemoryLimit = options?.ignoreMemoryLimit === true;
      const opened = await enqueueFile(file, undefined, ignoreMemoryLimit).open();
      if (opened?.kind === 'heap') await join([opened.info.id]);
      return opened;
    },
    async compare(dumps, order = 'taken') {
      const { series, seriesChanged } = store.getState();
      const ordered = await service.setSeries([...dumps], order);
      for (const id of series) if (!dumps.includes(id)) await service.setSeries([id], 'given');
      seriesChanged(ordered);
    },
    async reduce(id) {
      const { active, series, reduced, activate } = store.getState();
      const whole = series.filter(other => other !== id && !reduced.includes(other)).at(-1);
      // The view goes on with a dump that is there as a whole.
      if (active === id && whole !== undefined) activate(whole);
      await service.reduce(id);
      await tellReduced(service, store);
    },
    async readAgain(id) {
      const file = files.get(id);
      if (file === undefined) return;
      const { active } = store.getState();
      const opened = await enqueueFile(file).open();
      if (opened?.kind !== 'heap') return;
      const { series, activate } = store.getState();
      const members = series.map(member => (member === id ? opened.info.id : member));
      await desk.close(id);
      await desk.compare(members, 'given');
      if (active !== null && active !== id) activate(active);
    },
    async openAll(files, folder = null) {
      const { problemArose } = store.getState();
      const others: Problem[] = [];
      const dumps: SnapshotId[] = [];
      const listed: { loadId: number }[] = [];
      const arose = (problem: Problem) => {
        const isOther = problem.code === 'not-a-dump' || problem.code === 'empty-file';
        if (folder !== null && isOther) others.push(problem);
        else problemArose(problem);
      };
      const end = idle.begin();
      const earlier = store.getState().problems;
      let anyOpened = false;
      try {
        const { others: plain, traced } = await heapProfilerFiles(files);
        const joined = await joinParts(plain);
        // All are listed before the first is read, so that each can be cancelled and one progress counts them all.
        const first = joined.flatMap(each => ('problem' in each ? [] : [enqueueFile(each.file, arose)]));
        const behind = traced.map(({ file, generation }) => ({ generation, ...enqueueFile(file, arose) }));
        listed.push(...first, ...behind);
        for (const each of joined) if ('problem' in each) arose(each.problem);
        for (const { open } of first) {
          // The first is shown; the others open behind it, wherever the user has gone meanwhile.
          const opened = await open({ inFront: !anyOpened });
          anyOpened ||= opened !== null;
          if (opened?.kind === 'heap') dumps.push(opened.info.id);
        }
        await join(dumps);
        for (const { open, generation } of behind) {
          const opened = await open();
          anyOpened ||= opened !== null;
          if (opened === null || generation === 0) continue;
          store.getState().narrow(chipFor({ kind: 'filter', text: `gen:${generation}..` }));
          store
            .getState()
            .setNotice(
              `Shown is what was allocated while heap-profiler ran: from generation ${generation} on.`,
            );
        }
        // What failed before is of no interest once something else has been opened.
        if (anyOpened) for (const problem of earlier) store.getState().problemDismissed(problem);
      } finally {
        // Of what could not be compared, nothing may wait for ever.
        for (const { loadId } of listed) desk.cancel(loadId);
        end();
      }
      if (folder === null) return;
      const isAll = others.length === 0 && !folder.isCut && files.length > 0;
      if (!isAll) problemArose(folderProblem(folder, files.length, others));
    },
    async openDropped(dropped) {
      const end = idle.begin();
      try {
        const { files, folder } = await dropped;
        await desk.openAll(files, folder);
      } catch (error) {
        store.getState().problemArose(problemOf('What was dropped', error));
      } finally {
        end();
      }
    },
    async openUrl(url) {
      const opened = await enqueueServed(url, true)();
      if (opened?.kind === 'heap') await join([opened.info.id]);
      return opened;
    },
    async openLinked(urls) {
      const end = idle.begin();
      const dumps: SnapshotId[] = [];
      try {
        for (const open of urls.map((url, at) => enqueueServed(url, at === 0))) {
          const opened = await open();
          if (opened?.kind === 'heap') dumps.push(opened.info.id);
        }
        // The link says what is shown.
        if (dumps.length > 1) await desk.compare(dumps);
      } finally {
        end();
      }
    },
    cancel(loadId) {
      const { loads, loadDropped } = store.getState();
      if (!loads.some(load => load.loadId === loadId && !load.isDone)) return;
      cancelled.add(loadId);
      if (!begun.has(loadId)) loadDropped(loadId);
      else void service.cancelOpen(loadId);
    },
    cancelAll() {
      // The last first: else each that waits would begin when the one before it ends.
      for (const { loadId } of store.getState().loads.toReversed()) desk.cancel(loadId);
    },
    async close(id) {
      files.delete(id);
      store.getState().fileClosed(id);
      await service.close(id);
    },
    async setReferencesOnly(referencesOnly) {
      store.getState().setReferencesOnly(referencesOnly);
      try {
        for (const { id } of store.getState().snapshots) {
          store.getState().snapshotChanged(await service.setReferencesOnly(id, referencesOnly));
        }
      } catch (error) {
        store.getState().setReferencesOnly(!referencesOnly);
        throw error;
      }
    },
    async setApplicationRoot(directory) {
      const { active } = store.getState();
      if (active === null) return;
      store.getState().snapshotChanged(await service.setApplicationRoot(active, directory));
    },
    async selectAddress(address) {
      const { active } = store.getState();
      if (active === null) return;
      const found = await service.ask('find', { snapshot: active, text: address });
      if (found !== null && store.getState().active === active) store.getState().select(found);
    },
    fileOf: problem => refused.get(problem) ?? null,
    heapsLost(error) {
      const { snapshots, profiles, fileClosed, problemArose } = store.getState();
      for (const { id, name } of [...snapshots, ...profiles]) {
        const problem = lostProblem(name, error);
        const file = files.get(id);
        if (file !== undefined) refused.set(problem, file);
        fileClosed(id);
        problemArose(problem);
      }
      files.clear();
    },
  };
  return desk;
}

/** Files of a folder that are said one by one. */
const LISTED_OTHERS = 20;

/** What of a folder was not opened. */
function folderProblem({ name, isCut }: DroppedFolder, found: number, others: readonly Problem[]): Problem {
  const listed = others
    .slice(0, LISTED_OTHERS)
    .map(({ file, looksLike, message }) => `${file} (${looksLike ?? message})`);
  const more = others.length > listed.length ? `, and ${others.length - listed.length} more` : '';
  const files = found === 1 ? '1 file was found' : `${found} files were found`;
  const dumps = others.length === 0 ? '' : ` No heap dumps: ${listed.join(', ')}${more}.`;
  return {
    code: 'folder',
    file: name,
    message:
      found === 0 ? 'There is no file in it.' : `${files}, ${found - others.length} of them to open.${dumps}`,
    advice: isCut
      ? 'The folder has more files than are searched: drop the other files directly.'
      : 'Drop a folder of heap dumps, or the dumps themselves.',
  };
}

function lostProblem(file: string, { message, loss }: HeapLostError): Problem {
  const advice =
    loss.cause === 'not-started'
      ? 'Reload the page and open the file again. The browser must support WebAssembly SIMD and module workers: Chrome or Edge 97, Firefox 114, Safari 16.4, or newer.'
      : 'A new one was started: open the file again. If that fails too, it may need more memory than the browser gives this tab.';
  return { code: 'thread-lost', file, message, advice };
}

function problemOf(file: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HeapLostError) return lostProblem(file, error);
  if (error instanceof FetchError) return { code: 'unreadable-file', file, message, advice: error.advice };
  return {
    code: 'internal',
    file,
    message: `Heapscape failed on this file: ${message}`,
    advice:
      'Your open dumps are unchanged. Please report this with the details below; they contain no strings of the dump.',
    ...(error instanceof Error && error.stack !== undefined ? { details: error.stack } : {}),
  };
}
