import { beforeEach, describe, expect, it } from 'vitest';
import { RUBY_VOCABULARY } from '../../workers/importers/ruby/vocabulary.ts';
import { type ProfileInfo, WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AppStore } from './app-state.ts';
import { chipFor, chipKey } from './chips.ts';
import { defaultView } from './navigation.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';
import { createAppStore } from './store.ts';

const snapshot = (id: number): SnapshotInfo => ({
  id,
  name: `${id}.json`,
  fileBytes: 1,
  textBytes: 1,
  compressed: false,
  vocabulary: RUBY_VOCABULARY,
  runtimeVersion: '3.3',
  platform: null,
  overheadBytes: 0,
  hasRoots: true,
  isSinceDump: false,
  incomplete: [],
  tracedObjects: 0,
  objects: 1,
  shallowBytes: 40,
  referencesOnly: false,
  applicationRoot: '',
  loadMs: 1,
  memoryBytes: 1,
});
const classUser = chipFor({ kind: 'group', key: 'class', label: 'User' });
const heldByFirst = chipFor({ kind: 'dominatedBy', object: 0 }, 'User');

describe('the store', () => {
  let store: AppStore;
  beforeEach(() => {
    store = createAppStore(DEFAULT_PREFERENCES);
    store.getState().snapshotOpened(snapshot(1));
  });

  it('undoes and redoes the chips, and clears redo at the next change', () => {
    const { narrow, removeChip, undoChips, redoChips } = store.getState();
    narrow(classUser);
    narrow(heldByFirst);
    removeChip(classUser);
    expect(store.getState().chips).toEqual([heldByFirst]);
    undoChips();
    expect(store.getState().chips).toEqual([classUser, heldByFirst]);
    undoChips();
    undoChips();
    undoChips();
    expect(store.getState().chips).toEqual([]);
    redoChips();
    expect(store.getState().chips).toEqual([classUser]);
    narrow(heldByFirst);
    redoChips();
    expect(store.getState().chips).toEqual([classUser, heldByFirst]);
  });

  it('inverts a chip and back', () => {
    const { narrow, invertChip } = store.getState();
    narrow(classUser);
    invertChip(classUser);
    const inverted = store.getState().chips[0]!;
    expect(inverted).toEqual({ spec: { kind: 'filter', text: '-class:User' }, label: '-class:User' });
    invertChip(inverted);
    expect(store.getState().chips).toEqual([classUser]);
  });

  it('changes the chip that is being edited, and adds a new one otherwise', () => {
    const { narrow, setDraft, applyDraft, undoChips } = store.getState();
    const order = chipFor({ kind: 'group', key: 'class', label: 'Order' });
    const gem = chipFor({ kind: 'group', key: 'gem', label: 'rack' });
    narrow(classUser);
    narrow(gem);
    setDraft({ text: 'class:User', replaces: chipKey(classUser) });
    applyDraft(order);
    expect(store.getState()).toMatchObject({ chips: [order, gem], draft: { text: '', replaces: null } });
    applyDraft(classUser);
    expect(store.getState().chips).toEqual([order, gem, classUser]);
    undoChips();
    undoChips();
    expect(store.getState().chips).toEqual([classUser, gem]);
  });

  it('keeps named sets until their name is removed', () => {
    const { narrow, nameChip, setChips } = store.getState();
    narrow(classUser);
    nameChip(classUser, ' ours ');
    setChips([]);
    const named = { ...classUser, label: 'ours' };
    expect(store.getState().keptSets).toEqual([named]);
    narrow(named);
    nameChip(named, '');
    expect(store.getState()).toMatchObject({ chips: [classUser], keptSets: [] });
  });

  it('forgets a named set, and leaves the chips as they are', () => {
    const { narrow, nameChip, forgetSet } = store.getState();
    narrow(classUser);
    nameChip(classUser, 'ours');
    const before = store.getState();
    forgetSet(before.keptSets[0]!);
    expect(store.getState()).toMatchObject({ chips: before.chips, keptSets: [] });
  });

  it('returns to a view as it was left', () => {
    const { navigate, adjustView } = store.getState();
    navigate('classes');
    adjustView({ ...defaultView('classes'), key: 'gem' });
    navigate('overview');
    navigate('classes');
    expect(store.getState().view).toEqual({ ...defaultView('classes'), key: 'gem' });
  });

  it('keeps only parameters that are meaningful for another dump', () => {
    const { narrow, select, snapshotOpened, activate } = store.getState();
    narrow(classUser);
    narrow(heldByFirst);
    select({ object: 7, address: '0x7' });
    snapshotOpened(snapshot(2));
    expect(store.getState()).toMatchObject({ active: 2, chips: [classUser], selection: null });
    activate(1);
    expect(store.getState()).toMatchObject({ active: 1, chips: [classUser] });
  });

  it('keeps the place in the link when the first dump opens', () => {
    const linked = createAppStore(DEFAULT_PREFERENCES, { view: defaultView('classes'), chips: [classUser] });
    linked.getState().snapshotOpened(snapshot(1));
    expect(linked.getState()).toMatchObject({ view: { kind: 'classes' }, chips: [classUser] });
  });

  it('keeps the scope that a link gives a profile, and shows all of the next one', () => {
    const profile = (id: number) =>
      ({ id, name: `${id}`, kind: 'profile', trees: [] }) as unknown as ProfileInfo;
    const view = { ...defaultView('calls'), focus: 'main' };
    const scope = { ...WHOLE_FILE, filter: 'gem:json' };
    const linked = createAppStore(DEFAULT_PREFERENCES, { view, scope });
    const { profileOpened, setScope, fileClosed, activate } = linked.getState();
    profileOpened(profile(1));
    expect(linked.getState()).toMatchObject({ active: 1, view, scope });
    profileOpened(profile(2));
    expect(linked.getState()).toMatchObject({
      active: 2,
      view: { kind: 'calls', focus: null },
      scope: WHOLE_FILE,
    });
    setScope({ ...scope, against: 1 });
    fileClosed(1);
    expect(linked.getState().scope).toEqual(scope);
    activate(2);
    expect(linked.getState().scope).toEqual(scope);
  });

  it('shows another dump when the active one is closed', () => {
    const { snapshotOpened, fileClosed, goTo } = store.getState();
    snapshotOpened(snapshot(2));
    fileClosed(2);
    expect(store.getState().active).toBe(1);
    goTo({
      active: 2,
      view: { ...defaultView('objects'), sort: 'label', descending: false },
      chips: [heldByFirst],
      scope: WHOLE_FILE,
      selection: null,
    });
    expect(store.getState()).toMatchObject({ active: 1, view: { kind: 'objects' }, chips: [] });
    fileClosed(1);
    expect(store.getState().active).toBe(null);
  });

  it('keeps the names of opened files, the latest first and without duplicates', () => {
    const { fileRemembered } = store.getState();
    for (const name of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g']) {
      fileRemembered({ name, fileBytes: 1, openedAt: 1 });
    }
    expect(store.getState().recentFiles.map(file => file.name)).toEqual(['g', 'f', 'e', 'd', 'c', 'a']);
  });
});
