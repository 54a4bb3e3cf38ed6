import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { manyLines } from '../../format/names.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { ObjectLink } from '../../widgets/ObjectName.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';
import { TextBlock } from './TextBlock.tsx';

/** The text of a string or symbol. */
export function StringValue(props: { details: ObjectDetails; onSelect: (object: ObjectRow) => void }) {
  const { details, onSelect } = props;
  const { text, textTruncated, sharedFrom } = details;
  return (
    <Section title={sharedFrom === null ? 'Value' : 'Value, shared'}>
      {text === null ? (
        <p className={styles.quiet}>
          The text is not in the dump: Ruby only writes ASCII texts, and some programs omit all texts.
        </p>
      ) : (
        <TextBlock label="Value">
          {text === '' ? <span className={styles.quiet}>empty</span> : manyLines(text)}
        </TextBlock>
      )}
      {sharedFrom !== null && (
        <p className={styles.quiet}>
          The text of <ObjectLink object={sharedFrom} onSelect={onSelect} maxLength={24} />, which this string
          shares: it is that text, or a part of it.
        </p>
      )}
      {textTruncated && <p className={styles.quiet}>Only the first 64 KiB are shown.</p>}
      {text !== null && text !== '' && <CopyButton text={text} />}
    </Section>
  );
}
