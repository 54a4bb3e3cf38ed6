import { Fragment } from 'react';
import type { ClassStep, ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatCountOf } from '../../format/counts.ts';
import { ObjectLink } from '../../widgets/ObjectName.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';

const KINDS = { singleton: 'singleton class', class: 'class', module: 'module' } as const;

/** The classes and modules in which methods of the object, or of the instances of a class, are looked up. */
export function ClassChain(props: { details: ObjectDetails; onSelect: (object: ObjectRow) => void }) {
  const { details, onSelect } = props;
  const { classChain, ancestors } = details;
  return (
    <>
      {ancestors.length > 1 && <Chain title="Ancestors" steps={ancestors} onSelect={onSelect} />}
      {classChain.length > 0 && <Chain title="Class chain" steps={classChain} onSelect={onSelect} />}
    </>
  );
}

function Chain(props: { title: string; steps: ClassStep[]; onSelect: (object: ObjectRow) => void }) {
  const { title, steps, onSelect } = props;
  return (
    <Section title={`${title} · ${formatCountOf(steps.length, 'step')}`} open={false}>
      <dl className={styles.chain}>
        {steps.map(({ object, kind }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a module may be in a chain twice; steps neither move nor change.
          <Fragment key={at}>
            <dt>{KINDS[kind]}</dt>
            <dd>
              <ObjectLink object={object} onSelect={onSelect} maxLength={40} withAddress={false} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </Section>
  );
}
