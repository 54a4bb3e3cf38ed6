import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { shortSite } from '../../../workers/protocol/origin.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { describeSet } from '../../state/chips.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { Name } from '../../widgets/figures.tsx';

/** A file, or `file:line`, by its path within the application, the gem or Ruby; the whole path when hovered. */
export function FilePath({ text, maxLength = 64 }: { text: string; maxLength?: number }) {
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  return <span title={oneLine(text)}>{cutMiddle(oneLine(shortSite(text, root)), maxLength)}</span>;
}

const PATH_KEYS: readonly GroupingKey[] = ['directory', 'file', 'site'];

/** Whether the groups of a key are called by paths. */
export function isPathKey(key: GroupingKey): boolean {
  return PATH_KEYS.includes(key);
}

/** The whole name of a group, as it is copied. */
export function groupText(groupKey: GroupingKey, label: string | null): string {
  return label ?? describeSet({ kind: 'group', key: groupKey, label: null });
}

/** The name of a group as views show it in plain text: paths within the application, the gem or Ruby. */
export function shortGroupText(groupKey: GroupingKey, label: string | null, root: string): string {
  return oneLine(label !== null && isPathKey(groupKey) ? shortSite(label, root) : groupText(groupKey, label));
}

/** The name of a group; the whole one when hovered. */
export function GroupName(props: { groupKey: GroupingKey; label: string | null; maxLength?: number }) {
  const { groupKey, label, maxLength = 64 } = props;
  return label !== null && isPathKey(groupKey) ? (
    <FilePath text={label} maxLength={maxLength} />
  ) : (
    <Name text={groupText(groupKey, label)} maxLength={maxLength} />
  );
}
