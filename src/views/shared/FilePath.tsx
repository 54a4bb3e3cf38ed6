import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { shortDirectory, shortSite } from '../../../workers/protocol/origin.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { describeSet } from '../../state/chips.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { Name } from '../../widgets/figures.tsx';

/** A file, or `file:line`, by its path within the application, the gem or Ruby; the full path is in the tooltip. */
export function FilePath({ text, maxLength = 64 }: { text: string; maxLength?: number }) {
  return <GroupName groupKey="site" label={text} maxLength={maxLength} />;
}

const PATH_KEYS: readonly GroupingKey[] = ['directory', 'file', 'site'];

/** Whether the groups of a key are paths. */
export function isPathKey(key: GroupingKey): boolean {
  return PATH_KEYS.includes(key);
}

/** The full name of a group, for copying. */
export function groupText(groupKey: GroupingKey, label: string | null): string {
  return label ?? describeSet({ kind: 'group', key: groupKey, label: null });
}

/** The name of a group as plain text in views: paths are shortened to those within the application, the gem or Ruby. */
export function shortGroupText(groupKey: GroupingKey, label: string | null, root: string): string {
  if (label === null || !isPathKey(groupKey)) return oneLine(groupText(groupKey, label));
  return oneLine(groupKey === 'directory' ? shortDirectory(label, root) : shortSite(label, root));
}

/** The name of a group; the full name is in the tooltip. */
export function GroupName(props: { groupKey: GroupingKey; label: string | null; maxLength?: number }) {
  const { groupKey, label, maxLength = 64 } = props;
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  if (label === null || !isPathKey(groupKey)) {
    return <Name text={groupText(groupKey, label)} maxLength={maxLength} />;
  }
  return <span title={oneLine(label)}>{cutMiddle(shortGroupText(groupKey, label, root), maxLength)}</span>;
}
