import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp, useCurrentSet } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';

const AGES = ['young', 'old'] as const;

/** Young and old objects by their flags: all that an untraced dump says about age. */
export function YoungAndOld() {
  const set = useCurrentSet();
  const narrow = useApp(state => state.narrow);
  const specs = AGES.map((age): ObjectSetSpec => ({ kind: 'filter', text: `is:${age}` }));
  const { data } = useAnswer('setSizes', { sets: specs.map(spec => ({ kind: 'and', sets: [set, spec] })) });
  if (data === null) return null;
  const whole = data.reduce((sum, size) => sum + size.shallowBytes, 0);
  return (
    <dl aria-label="Young and old objects">
      {AGES.map((age, at) => (
        <div key={age}>
          <dt>{age === 'old' ? 'Old: survived several collections' : 'Young: not old yet'}</dt>
          <dd>
            {formatCountOf(data[at]!.objects, 'object')}, {formatBytes(data[at]!.shallowBytes)} (
            {formatShare(shareOf(data[at]!.shallowBytes, whole))}){' '}
            <Button look="link" onClick={() => narrow(chipFor(specs[at]!))}>
              Show only these
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
