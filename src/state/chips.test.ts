import { describe, expect, it } from 'vitest';
import type { ObjectSetSpec } from '../../workers/protocol/object-set.ts';
import { shortSite } from '../../workers/protocol/origin.ts';
import {
  addChip,
  chipFor,
  chipText,
  describeSet,
  intersectChips,
  invertChip,
  isOfOneSnapshot,
  nameOfChip,
  setOfChips,
  shortChipText,
  textOfChips,
} from './chips.ts';
import { OPEN_END, retainedBy } from './set-text.ts';

const user = chipFor({ kind: 'group', key: 'class', label: 'User' });
const order = chipFor({ kind: 'group', key: 'class', label: 'Order' });
const text = chipFor({ kind: 'text', text: 'audit' });

describe('chips', () => {
  it('mean their intersection', () => {
    expect(setOfChips([])).toEqual({ kind: 'all' });
    expect(setOfChips([user])).toEqual(user.spec);
    expect(setOfChips([user, text])).toEqual({ kind: 'and', sets: [user.spec, text.spec] });
  });

  it('replace chips that they exclude, and are unique', () => {
    expect(addChip([user, text], order)).toEqual([order, text]);
    expect(addChip([user, text], user)).toEqual([user, text]);
    const young = chipFor({ kind: 'generations', from: 40, to: 52 });
    expect(addChip([young], chipFor({ kind: 'untraced' }))).toEqual([chipFor({ kind: 'untraced' })]);
    expect(addChip([invertChip(user)], order)).toEqual([invertChip(user), order]);
  });

  it('are named in words', () => {
    expect(describeSet({ kind: 'generations', from: 40, to: 52 })).toBe('generations 40\u201352');
    expect(describeSet({ kind: 'generations', from: 40, to: OPEN_END })).toBe('generations 40 and later');
    expect(describeSet({ kind: 'group', key: 'gem', label: null })).toBe('untraced');
    expect(describeSet({ kind: 'group', key: 'method', label: null })).toBe('no method');
    expect(describeSet({ kind: 'dominatedBy', object: 3 }, 'AuditTrail (Class)')).toBe(
      'retained by AuditTrail (Class)',
    );
    expect(describeSet({ kind: 'not', set: { kind: 'untraced' } })).toBe('not untraced');
  });

  it('are filters where the language can express them', () => {
    expect(user).toEqual({ spec: { kind: 'filter', text: 'class:User' }, label: 'class:User' });
    expect(chipText(chipFor({ kind: 'group', key: 'gem', label: null }))).toBe('gem:untraced');
    expect(chipText(chipFor({ kind: 'group', key: 'gem', label: 'untraced' }))).toBe('gem:"untraced"');
    expect(chipText(chipFor({ kind: 'generations', from: 40, to: OPEN_END }))).toBe('gen:40..');
    expect(chipText(chipFor({ kind: 'group', key: 'age', label: '3' }))).toBe('age:3');
    expect(chipText(chipFor({ kind: 'text', text: 'two words' }))).toBe('"two words"');
    expect(chipText(chipFor(retainedBy('0x7f10')))).toBe('in:0x7f10');
    expect(chipText(chipFor({ kind: 'branch', path: ['class:A'] }))).toBe(null);
    expect(textOfChips([user, text, invertChip(order)])).toBe('class:User audit -class:Order');
    expect(textOfChips([user, chipFor({ kind: 'branch', path: [] })])).toBe(null);
  });

  it('keep their name when inverted', () => {
    const named = chipFor(user.spec, 'ours');
    expect(nameOfChip(user)).toBe(null);
    expect(nameOfChip(named)).toBe('ours');
    expect(invertChip(named)).toEqual({ spec: { kind: 'filter', text: '-class:User' }, label: 'not ours' });
    expect(invertChip(invertChip(named))).toEqual(named);
  });

  it('are all kept if they were typed', () => {
    expect(intersectChips([user], order)).toEqual([user, order]);
    expect(intersectChips([user], user)).toEqual([user]);
  });

  it('know whether they name objects by index', () => {
    const held = { kind: 'dominatedBy', object: 3 } as const;
    expect(isOfOneSnapshot({ kind: 'and', sets: [user.spec, { kind: 'not', set: held }] })).toBe(true);
    expect(isOfOneSnapshot({ kind: 'filter', text: 'class:User or -in:0x7f10' })).toBe(true);
    expect(isOfOneSnapshot({ kind: 'and', sets: [user.spec, text.spec] })).toBe(false);
  });

  it('show paths within their gem, and leave everything else unchanged', () => {
    const text = 'in:file:"/gems/rack-3.0.8/lib/rack/mock.rb" class:User (site:/app/a.rb:3 or -file:/a\\/b/)';
    const chip = chipFor({ kind: 'filter', text });
    expect(shortChipText(chip, path => shortSite(path, '/app/'))).toBe(
      'in:file:"rack 3.0.8 \u203a rack/mock.rb" class:User (site:a.rb:3 or -file:/a\\/b/)',
    );
    expect(chipText(chip)).toBe(
      'in:file:/gems/rack-3.0.8/lib/rack/mock.rb class:User (site:/app/a.rb:3 or -file:/a\\/b/)',
    );
    const retainedAt: ObjectSetSpec = { kind: 'dominatedBy', object: 3 };
    expect(shortChipText({ spec: retainedAt, label: 'retained' }, path => path)).toBe('retained');
  });
});
