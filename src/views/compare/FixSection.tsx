import { useState } from 'react';
import type { ComparedDump, Comparison } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { SelectField } from '../../widgets/Field.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './CompareView.module.css';
import { FixResult } from './FixResult.tsx';
import {
  type FixSideIds,
  MIN_DUMPS_PER_SIDE,
  sidesOfSplit,
  splitOf,
  suggestedSides,
  withSide,
} from './fix-sides.ts';
import { fixMarkdown } from './fix-text.ts';

const SHOWN = 20;
/** With more dumps than this, the sides are collapsed initially. */
const MOST_OPEN = 8;

/** Whether a fix worked: how the heap grew in dumps from before it and from after it, and a verdict. */
export function FixSection({ comparison, groupBy }: { comparison: Comparison; groupBy: GroupingKey }) {
  const { dumps } = comparison;
  const [chosen, setChosen] = useState<FixSideIds | null>(null);
  const sides = knownSides(dumps, chosen ?? suggestedSides(dumps) ?? { before: [], after: [] });
  const isComplete = Math.min(sides.before.length, sides.after.length) >= MIN_DUMPS_PER_SIDE;
  const query = useAnswer('fixCheck', isComplete ? { key: groupBy, ...sides, top: SHOWN } : null, {
    lane: 'fix check',
  });
  if (dumps.length < 2 * MIN_DUMPS_PER_SIDE) return null;
  const places = dumps
    .slice(MIN_DUMPS_PER_SIDE - 1, -MIN_DUMPS_PER_SIDE)
    .map((dump, at) => ({ value: String(at + MIN_DUMPS_PER_SIDE), name: oneLine(dump.name) }));
  const split = splitOf(dumps, sides);
  const isPlace = places.some(({ value }) => value === String(split));
  const check = isComplete ? query.data : null;
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>Did the fix work?</h3>
        <p className={styles.quiet}>
          Compares how groups grew before a fix with how they grow after it, by{' '}
          {GROUPING_KEY_NAMES[groupBy].name}: even if the process was restarted. Each side needs two dumps;
          three distinguish a leak from a cache that fills up.
        </p>
        <SelectField
          label="The fix was deployed after"
          value={isPlace ? String(split) : '0'}
          options={[{ value: '0', name: isComplete ? 'as chosen below' : 'choose a dump' }, ...places]}
          onChange={value => {
            if (value !== '0') setChosen(sidesOfSplit(dumps, Number(value)));
          }}
        />
        <Button
          disabled={!isComplete}
          onClick={() => setChosen({ before: sides.after, after: sides.before })}
        >
          Swap sides
        </Button>
        {check !== null && <CopyButton text={() => fixMarkdown(check, groupBy)} label="Copy as Markdown" />}
      </div>
      <details open={dumps.length <= MOST_OPEN || (!isPlace && isComplete)}>
        <summary>Which dumps are from before and after the fix</summary>
        <ul className={styles.sides} aria-label="Which dumps are from before and after the fix">
          {dumps.map(dump => (
            <li key={dump.id}>
              <SelectField
                label={cutMiddle(oneLine(dump.name), 28)}
                value={sideOf(sides, dump)}
                options={SIDES}
                onChange={side => setChosen(withSide(dumps, sides, dump.id, side === 'none' ? null : side))}
              />
            </li>
          ))}
        </ul>
      </details>
      {isComplete && <QueryState query={query} />}
      {check !== null && <FixResult check={check} groupBy={groupBy} />}
    </section>
  );
}

const SIDES = [
  { value: 'none', name: 'left out' },
  { value: 'before', name: 'before the fix' },
  { value: 'after', name: 'after the fix' },
] as const;

function sideOf({ before, after }: FixSideIds, { id }: ComparedDump): (typeof SIDES)[number]['value'] {
  return before.includes(id) ? 'before' : after.includes(id) ? 'after' : 'none';
}

/** The sides without dumps that are no longer part of the series. */
function knownSides(dumps: readonly ComparedDump[], { before, after }: FixSideIds): FixSideIds {
  const isKnown = (id: number) => dumps.some(dump => dump.id === id);
  return { before: before.filter(isKnown), after: after.filter(isKnown) };
}
