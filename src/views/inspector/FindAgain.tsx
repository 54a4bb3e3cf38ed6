import { useState } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import { manyLines } from '../../format/names.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';
import { TextBlock } from './TextBlock.tsx';

/** Code that finds the object again in a console of the process. */
export function FindAgain({ details: { findAgain } }: { details: ObjectDetails }) {
  const [open, setOpen] = useState(false);
  const snapshot = useActiveSnapshot();
  if (findAgain === null || snapshot === null) return null;
  const title = `${snapshot.vocabulary.runtime} to find it again`;
  return (
    <Section title={title} open={open} onToggle={setOpen}>
      {open && (
        <>
          <TextBlock label={title}>{manyLines(findAgain)}</TextBlock>
          <p className={styles.quiet}>
            Run it in the process that wrote the dump. An address stays valid while the process runs, unless
            the object is collected or moved by compaction.
          </p>
          <CopyButton text={findAgain} />
        </>
      )}
    </Section>
  );
}
