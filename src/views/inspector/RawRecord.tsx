import { useState } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { manyLines } from '../../format/names.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';
import { TextBlock } from './TextBlock.tsx';

/** The record as it is in the file. */
export function RawRecord({ details }: { details: ObjectDetails }) {
  const [open, setOpen] = useState(false);
  return (
    <Section title={`Raw record · ${formatBytes(details.rawBytes)}`} open={open} onToggle={setOpen}>
      {open && (
        <>
          <TextBlock label="Raw record">{manyLines(details.raw)}</TextBlock>
          <p className={styles.quiet}>
            At byte {formatCount(details.line.offset)} of the uncompressed dump.
            {details.rawTruncated && ' Only the first 64 KiB are shown.'}
          </p>
          <CopyButton text={details.raw} />
        </>
      )}
    </Section>
  );
}
