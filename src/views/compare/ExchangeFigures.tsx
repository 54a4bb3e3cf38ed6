import type { ComparedTally, Comparison, Relation } from '../../../workers/protocol/comparison.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import type { Term } from '../../glossary.ts';
import { Button } from '../../widgets/Button.tsx';
import { Figure, Figures } from '../shared/Figures.tsx';
import { relationChip, useOpenSet } from './use-open-set.ts';

interface Exchange {
  relation: Relation;
  term: Term;
  name: string;
  tally: ComparedTally;
  /** Index of the dump that contains the objects. */
  dump: number;
  /** The dumps that it is compared with. */
  against: string;
}

/**
 * New, freed, surviving and retained objects, each with a link to them. Renders nothing if only groups are compared.
 */
export function ExchangeFigures({ comparison }: { comparison: Comparison }) {
  const openSet = useOpenSet();
  const { dumps } = comparison;
  const figures = figuresOf(comparison);
  if (figures.length === 0) return null;
  return (
    <Figures>
      {figures.map(({ relation, term, name, tally, dump, against }) => (
        <Figure
          key={relation}
          term={term}
          name={name}
          below={[
            `${formatBytes(tally.shallowBytes)} \u00b7 ${against}`,
            <Button
              key="open"
              look="link"
              disabled={tally.objects === 0}
              aria-label={`Open the ${name.toLowerCase()} objects as a set`}
              onClick={() => openSet(dumps[dump]!.id, [relationChip(relation)], 'classes')}
            >
              Open as a set
            </Button>,
          ]}
        >
          {formatCountOf(tally.objects, 'object')}
        </Figure>
      ))}
    </Figures>
  );
}

/** The figures of the last step, and the retained objects of the whole series. */
function figuresOf({ steps, dumps, retained }: Comparison): Exchange[] {
  const step = steps.at(-1);
  if (step === undefined) return [];
  const last = dumps.length - 1;
  const name = (at: number) => oneLine(dumps[at]!.name);
  const figures: Exchange[] = [
    {
      relation: 'new',
      term: 'newObjects',
      name: 'New',
      tally: step.new,
      dump: last,
      against: `in ${name(last)}, not in ${name(last - 1)}`,
    },
    {
      relation: 'survived',
      term: 'survivedObjects',
      name: 'Survived',
      tally: step.survived,
      dump: last,
      against: `in ${name(last - 1)} and ${name(last)}`,
    },
    {
      relation: 'freed',
      term: 'freedObjects',
      name: 'Freed',
      tally: step.freed,
      dump: last - 1,
      against: `in ${name(last - 1)}, not in ${name(last)}`,
    },
  ];
  if (retained === null) return figures;
  const against = `created between ${name(0)} and ${name(last - 1)}, and still in ${name(last)}`;
  return [
    { relation: 'retained', term: 'retainedObjects', name: 'Retained', tally: retained, dump: last, against },
    ...figures,
  ];
}
