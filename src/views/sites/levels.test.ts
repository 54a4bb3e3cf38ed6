import { expect, test } from 'vitest';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import { nextKey, type SiteRow, setAt, siteRows } from './levels.ts';

const figures = { objects: 1, shallowBytes: 2, retainedBytes: 3, meanAge: null, type: null, family: null };
const group = (label: string | null): GroupRow => ({ ...figures, label, origin: null });
const row = (key: GroupingKey, label: string | null): SiteRow => ({
  kind: 'group',
  key,
  group: group(label),
});

test('origins have a fixed order, all others the requested one', () => {
  const rows = ['ruby', 'application', 'gem'].map(group);
  const labels = (key: GroupingKey) =>
    siteRows(key, { total: 3, offset: 0, rows }).map(each => each.kind === 'group' && each.group.label);
  expect(labels('origin')).toEqual(['application', 'gem', 'ruby']);
  expect(labels('file')).toEqual(['ruby', 'application', 'gem']);
});

test('unlisted groups are one row that opens into more siblings', () => {
  const rest = siteRows('file', { total: 7, offset: 3, rows: ['a.rb', 'b.rb'].map(group) }).at(-1)!;
  expect(rest).toEqual({ kind: 'rest', groups: 2, skip: 5 });
  const above = [row('origin', 'gem'), row('gem', 'rack-3.0.8'), row('directory', '/gems/rack')];
  expect(nextKey([...above, rest])).toBe('file');
  expect(setAt({ kind: 'all' }, [...above, rest])).toEqual(setAt({ kind: 'all' }, above));
  expect(siteRows('file', { total: 7, offset: 5, rows: ['c.rb', 'd.rb'].map(group) })).toHaveLength(2);
});

test('only gems and Ruby are divided by gem, and untraced objects are not divided', () => {
  expect(nextKey([row('origin', 'gem')])).toBe('gem');
  expect(nextKey([row('origin', 'application')])).toBe('directory');
  expect(nextKey([row('origin', null)])).toBeNull();
  expect(nextKey([row('method', 'call')])).toBeNull();
});
