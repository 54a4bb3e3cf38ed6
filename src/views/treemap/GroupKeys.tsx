import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { useGroupingKeys } from '../../state/use-app.ts';
import { SelectField } from '../../widgets/Field.tsx';

/** Maximum number of levels of a grouping. */
export const MAX_LEVELS = 5;

/** The choice that removes a level. */
const NONE = '';

/** The keys of a grouping, one choice per level, and one more to add a level. */
export function GroupKeys(props: { keys: readonly GroupingKey[]; onChange: (keys: GroupingKey[]) => void }) {
  const { keys, onChange } = props;
  const all = useGroupingKeys(keys);
  const options = (without: readonly GroupingKey[]) =>
    all
      .filter(key => !without.includes(key))
      .map(value => ({
        value,
        name: GROUPING_KEY_NAMES[value].name,
      }));
  return (
    <>
      {keys.map((key, level) => {
        const others = keys.filter(other => other !== key);
        const remove = keys.length > 1 ? [{ value: NONE, name: 'remove' } as const] : [];
        return (
          <SelectField<GroupingKey | typeof NONE>
            key={key}
            label={level === 0 ? 'by' : '›'}
            value={key}
            options={[...options(others), ...remove]}
            onChange={chosen =>
              onChange(keys.flatMap((each, at) => (at !== level ? [each] : chosen === NONE ? [] : [chosen])))
            }
          />
        );
      })}
      {keys.length < MAX_LEVELS && (
        <SelectField<GroupingKey | typeof NONE>
          label="›"
          value={NONE}
          options={[{ value: NONE, name: 'then by…' }, ...options(keys)]}
          onChange={chosen => chosen !== NONE && onChange([...keys, chosen])}
        />
      )}
    </>
  );
}
