import { manyLines } from '../../format/names.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';
import { TextBlock } from './TextBlock.tsx';

/** A string's value. */
export function StringValue({ text, truncated }: { text: string; truncated: boolean }) {
  return (
    <Section title="Value">
      <TextBlock label="Value">
        {text === '' ? <span className={styles.quiet}>empty</span> : manyLines(text)}
      </TextBlock>
      {truncated && <p className={styles.quiet}>Only the first 64 KiB are shown.</p>}
      {text !== '' && <CopyButton text={text} />}
    </Section>
  );
}
