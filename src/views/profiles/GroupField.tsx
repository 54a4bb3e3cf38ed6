import type { ProfileGroupKey, ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import { SelectField } from '../../widgets/Field.tsx';

/** Ways to group, outermost first. */
const GROUPINGS: readonly ProfileGroupKey[][] = [
  ['library', 'file', 'line'],
  ['library', 'function'],
  ['library', 'file'],
  ['file', 'line'],
  ['file', 'function'],
  ['library'],
  ['file'],
  ['line'],
  ['function'],
];

/** The choice of groups that replace the tree in the file; only those that the file supports. */
export function GroupField<Part extends { tree: number; by: ProfileGroupKey[] }>(props: {
  profile: ProfileInfo;
  part: Part;
  onChange: (part: Part) => void;
}) {
  const { profile, part, onChange } = props;
  const keys = profile.trees[part.tree]?.groupKeys ?? [];
  const known = GROUPINGS.filter(grouping => grouping.every(key => keys.includes(key)));
  if (known.length === 0) return null;
  return (
    <SelectField
      label="Group by"
      value={part.by.join(',')}
      options={[
        { value: '', name: 'as in the file' },
        ...known.map(grouping => ({ value: grouping.join(','), name: grouping.join(' › ') })),
      ]}
      onChange={value =>
        onChange({
          ...part,
          by: known.find(grouping => grouping.join(',') === value) ?? [],
          path: [],
          skip: 0,
        })
      }
    />
  );
}
