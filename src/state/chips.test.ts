import { describe, expect, it } from 'vitest';
import { addChip, chipFor, describeSet, invertChip, isOfOneSnapshot, OPEN_END, setOfChips } from './chips.ts';

const user = chipFor({ kind: 'group', key: 'class', label: 'User' });
const order = chipFor({ kind: 'group', key: 'class', label: 'Order' });
const text = chipFor({ kind: 'text', text: 'audit' });

describe('chips', () => {
  it('stand for their intersection', () => {
    expect(setOfChips([])).toEqual({ kind: 'all' });
    expect(setOfChips([user])).toEqual(user.spec);
    expect(setOfChips([user, text])).toEqual({ kind: 'and', sets: [user.spec, text.spec] });
  });

  it('take the place of those they exclude, and are there once', () => {
    expect(addChip([user, text], order)).toEqual([order, text]);
    expect(addChip([user, text], user)).toEqual([user, text]);
    const young = chipFor({ kind: 'generations', from: 40, to: 52 });
    expect(addChip([young], chipFor({ kind: 'untraced' }))).toEqual([chipFor({ kind: 'untraced' })]);
    expect(addChip([invertChip(user)], order)).toEqual([invertChip(user), order]);
  });

  it('are named in words', () => {
    expect(describeSet({ kind: 'generations', from: 40, to: 52 })).toBe('generations 40\u201352');
    expect(describeSet({ kind: 'generations', from: 40, to: OPEN_END })).toBe('generations 40 and later');
    expect(describeSet({ kind: 'group', key: 'gem', label: null })).toBe('no gem');
    expect(describeSet({ kind: 'dominatedBy', object: 3 }, 'AuditTrail (Class)')).toBe(
      'kept by AuditTrail (Class)',
    );
    expect(describeSet({ kind: 'not', set: user.spec })).toBe('not class User');
  });

  it('know whether they name objects by index', () => {
    const held = { kind: 'dominatedBy', object: 3 } as const;
    expect(isOfOneSnapshot({ kind: 'and', sets: [user.spec, { kind: 'not', set: held }] })).toBe(true);
    expect(isOfOneSnapshot({ kind: 'and', sets: [user.spec, text.spec] })).toBe(false);
  });
});
