import type { Problem } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import type { AppStore } from '../state/app-state.ts';
import { chipFor } from '../state/chips.ts';
import { createFileLoads } from './file-loads.ts';
import type { FileManager } from './file-manager.ts';
import { heapProfilerFiles } from './heap-profiler-files.ts';
import type { IdleSignal } from './idle.ts';
import { folderProblem, problemOf } from './open-problems.ts';
import { selectAddress } from './select-address.ts';
import { createComparisons } from './series.ts';
import type { OpenableFile } from './served-file.ts';
import { joinParts } from './split-files.ts';

/** `onOpened` is called for each file that was opened. */
export function createFileManager(
  service: HeapService,
  idle: IdleSignal,
  store: AppStore,
  onOpened: (file: OpenableFile) => void = () => undefined,
): FileManager {
  const loads = createFileLoads(service, idle, store, onOpened);
  const comparisons = createComparisons(service, store);

  const fileManager: FileManager = {
    async open(file, options) {
      const ignoreMemoryLimit = options?.ignoreMemoryLimit === true;
      const opened = await loads.list(file, { ignoreMemoryLimit }).open();
      if (opened?.kind === 'heap') await comparisons.join([opened.info.id]);
      return opened;
    },
    compare: comparisons.compare,
    reduce: comparisons.reduce,
    async readAgain(id) {
      const file = loads.fileOf(id);
      if (file === undefined) return;
      const { active } = store.getState();
      const opened = await loads.list(file).open();
      if (opened?.kind !== 'heap') return;
      const { series, activate } = store.getState();
      const members = series.map(member => (member === id ? opened.info.id : member));
      await fileManager.close(id);
      await comparisons.compare(members, 'given');
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
        // All files are listed before the first is read, so that each can be cancelled and one progress bar covers them
        // all.
        const first = joined.flatMap(each => ('problem' in each ? [] : [loads.list(each.file, { arose })]));
        const behind = traced.map(({ file, generation }) => ({ generation, ...loads.list(file, { arose }) }));
        listed.push(...first, ...behind);
        for (const each of joined) if ('problem' in each) arose(each.problem);
        for (const { open } of first) {
          // The first file is shown; the others open in the background, wherever the user has navigated meanwhile.
          const opened = await open({ inFront: !anyOpened });
          anyOpened ||= opened !== null;
          if (opened?.kind === 'heap') dumps.push(opened.info.id);
        }
        await comparisons.join(dumps);
        for (const { open, generation } of behind) {
          const opened = await open();
          anyOpened ||= opened !== null;
          if (opened === null || generation === 0) continue;
          store.getState().narrow(chipFor({ kind: 'filter', text: `gen:${generation}..` }));
          store
            .getState()
            .setNotice(
              `Showing what was allocated while heap-profiler ran: generation ${generation} and later.`,
            );
        }
        // Earlier problems no longer matter once another file was opened.
        if (anyOpened) for (const problem of earlier) store.getState().problemDismissed(problem);
      } finally {
        // After an error, listed files must not stay in the list.
        for (const { loadId } of listed) loads.cancel(loadId);
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
        await fileManager.openAll(files, folder);
      } catch (error) {
        store.getState().problemArose(problemOf('What was dropped', error));
      } finally {
        end();
      }
    },
    async openUrl(url) {
      const opened = await loads.listServed(url, true)();
      if (opened?.kind === 'heap') await comparisons.join([opened.info.id]);
      return opened;
    },
    async openLinked(urls) {
      const end = idle.begin();
      const dumps: SnapshotId[] = [];
      try {
        for (const open of urls.map((url, at) => loads.listServed(url, at === 0))) {
          const opened = await open();
          if (opened?.kind === 'heap') dumps.push(opened.info.id);
        }
        // The link decides what is shown.
        if (dumps.length > 1) await comparisons.compare(dumps);
      } finally {
        end();
      }
    },
    async close(id) {
      loads.closed(id);
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
    selectAddress: address => selectAddress(service, store, address),
    cancel: loads.cancel,
    cancelAll: loads.cancelAll,
    heapsLost: loads.allLost,
    fileOf: loads.refusedFile,
  };
  return fileManager;
}
