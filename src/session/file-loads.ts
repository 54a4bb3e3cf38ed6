import type { Outcome, Problem } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { unknownFile } from '../../workers/protocol/profile-formats.ts';
import type { LoadProgress } from '../../workers/protocol/progress.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import type { AppStore } from '../state/app-state.ts';
import { totalsOf } from '../state/place-hash.ts';
import type { OpenedFile } from './file-manager.ts';
import type { HeapLostError } from './heap-client.ts';
import type { IdleSignal } from './idle.ts';
import { reportLinkMismatch, showLinkedComparison } from './link.ts';
import { lostProblem, problemOf } from './open-problems.ts';
import { selectLinkedObject } from './select-address.ts';
import { updateReducedDumps } from './series.ts';
import {
  addressOf,
  FetchError,
  fileNameOf,
  findServed,
  linkToServed,
  type OpenableFile,
} from './served-file.ts';

/** A file in the list of files to be read. */
export interface ListedFile {
  loadId: number;
  /**
   * Reads it; resolves with null if that failed or was cancelled. With `inFront: false` it opens without being shown.
   */
  open(options?: { inFront?: boolean }): Promise<OpenedFile | null>;
}

interface ListOptions {
  /** Called with a problem, which then is not put in the store. */
  arose?: ((problem: Problem) => void) | undefined;
  ignoreMemoryLimit?: boolean;
}

/** Files on their way from a drop, a dialog or an address to the worker. */
export interface FileLoads {
  list(file: OpenableFile, options?: ListOptions): ListedFile;
  /** Lists a served file by its address, and returns the function that reads it. */
  listServed(address: string, inFront: boolean): () => Promise<OpenedFile | null>;
  /** Cancels a load that is in progress or waiting. */
  cancel(loadId: number): void;
  cancelAll(): void;
  /** The file of an open snapshot or profile. */
  fileOf(id: SnapshotId): OpenableFile | undefined;
  /** The file of a problem, if it can be tried again. */
  refusedFile(problem: Problem): OpenableFile | null;
  /** Forgets the file of a snapshot or profile that was closed. */
  closed(id: SnapshotId): void;
  /**
   * Everything that was open is lost: closes it, and adds a problem for each file, from which it can be tried again.
   */
  allLost(error: HeapLostError): void;
}

/** `onOpened` is called for each file that was opened. */
export function createFileLoads(
  service: HeapService,
  idle: IdleSignal,
  store: AppStore,
  onOpened: (file: OpenableFile) => void,
): FileLoads {
  let lastLoadId = 0;
  /** Loads that were cancelled and have not ended yet. */
  const cancelled = new Set<number>();
  /** Loads that have started. */
  const begun = new Set<number>();
  /** The files of problems that can be tried again. */
  const refused = new WeakMap<Problem, OpenableFile>();
  /** The files of open snapshots and profiles. */
  const files = new Map<SnapshotId, OpenableFile>();

  /** Adds a file to the list of files to be read, and returns its load id. */
  function enqueue(name: string, fileBytes: number): number {
    lastLoadId += 1;
    store.getState().loadStarted({ loadId: lastLoadId, name, fileBytes, progress: null, isDone: false });
    return lastLoadId;
  }

  /** Reads a listed file; returns null if that failed or was cancelled. */
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
        reportLinkMismatch(store, name, value.kind === 'heap' ? totalsOf(value.info) : null);
        showLinkedComparison(store);
        store.getState().fileRemembered({ name, fileBytes: file.size, openedAt: Date.now() });
        onOpened(file);
        if (value.kind === 'heap') {
          await updateReducedDumps(service, store);
          await selectLinkedObject(service, store);
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

  function list(file: OpenableFile, { arose, ignoreMemoryLimit = false }: ListOptions = {}): ListedFile {
    const loadId = enqueue(file.name, file.size);
    const open = (options: { inFront?: boolean } = {}) =>
      load(loadId, file.name, () => Promise.resolve(file), ignoreMemoryLimit, arose, options);
    return { loadId, open };
  }

  function listServed(text: string, inFront: boolean): () => Promise<OpenedFile | null> {
    const url = addressOf(text);
    const name = url === null ? text : fileNameOf(url);
    const loadId = enqueue(name, 0);
    const find = async () => {
      if (url === null) throw new FetchError(`${text} is not a valid address.`, 'Check the link.');
      return findServed(url, name);
    };
    const link = url === null ? null : linkToServed(url);
    return () => load(loadId, name, find, false, undefined, { link, inFront });
  }

  /** Opens a file as a heap dump or, if it is not one, as a profile or a series. */
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
    // If the file is not a profile either, the heap's problem describes it.
    const { code, looksLike } = profile.problem;
    if (code !== 'not-a-dump' || looksLike !== undefined) return profile;
    return { ok: false, problem: unknownFile(heap.problem) };
  }

  function cancel(loadId: number) {
    const { loads, loadDropped } = store.getState();
    if (!loads.some(load => load.loadId === loadId && !load.isDone)) return;
    cancelled.add(loadId);
    if (!begun.has(loadId)) loadDropped(loadId);
    else void service.cancelOpen(loadId);
  }

  function cancelAll() {
    // In reverse order: otherwise each waiting load would start when the one before it ends.
    for (const { loadId } of store.getState().loads.toReversed()) cancel(loadId);
  }

  function allLost(error: HeapLostError) {
    const { snapshots, profiles, fileClosed, problemArose } = store.getState();
    for (const { id, name } of [...snapshots, ...profiles]) {
      const problem = lostProblem(name, error);
      const file = files.get(id);
      if (file !== undefined) refused.set(problem, file);
      fileClosed(id);
      problemArose(problem);
    }
    files.clear();
  }

  return {
    list,
    listServed,
    cancel,
    cancelAll,
    fileOf: id => files.get(id),
    refusedFile: problem => refused.get(problem) ?? null,
    closed: id => files.delete(id),
    allLost,
  };
}
