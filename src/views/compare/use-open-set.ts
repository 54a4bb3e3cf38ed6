import type { Relation } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import type { SnapshotId } from '../../../workers/protocol/units.ts';
import { type Chip, chipFor } from '../../state/chips.ts';
import type { ViewKind } from '../../state/navigation.ts';
import { useAppStore } from '../../state/use-app.ts';

/** The chip of a relation to other dumps: `is:retained`. */
export function relationChip(relation: Relation): Chip {
  return chipFor({ kind: 'filter', text: `is:${relation}` });
}

/** The chip of a group. */
export function groupChip(key: GroupingKey, label: string | null): Chip {
  return chipFor({ kind: 'group', key, label });
}

/** Opens a view on a set of one of the dumps, replacing the current set. */
export function useOpenSet(): (dump: SnapshotId, chips: Chip[], view: ViewKind) => void {
  const store = useAppStore();
  return (dump, chips, view) => {
    const { activate, setChips, navigate } = store.getState();
    activate(dump);
    setChips(chips);
    navigate(view);
  };
}
