import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { addChip } from '../../state/chips.ts';
import { parseFilter } from '../../state/filter-terms.ts';
import { useApp } from '../../state/use-app.ts';
import { FILTER_INPUT_ID } from '../keyboard/use-shortcuts.ts';
import styles from './FilterInput.module.css';

/** Where a filter is typed: Enter makes its terms chips. */
export function FilterInput() {
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const chips = useApp(state => state.chips);
  const setChips = useApp(state => state.setChips);
  const messageId = useId();

  const apply = () => {
    const parsed = parseFilter(text);
    if (!parsed.ok) {
      setRefused(parsed.message);
      return;
    }
    setText('');
    if (parsed.chips.length > 0) setChips(parsed.chips.reduce(addChip, chips));
  };

  return (
    <search className={styles.filter}>
      <Search size={14} aria-hidden className={styles.icon ?? ''} />
      <input
        id={FILTER_INPUT_ID}
        type="text"
        className={styles.input}
        placeholder="Filter: text, class:User, gen:40..52, is:unreachable"
        aria-label="Filter"
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : messageId}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => {
          setText(event.target.value);
          setRefused(null);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') apply();
          if (event.key !== 'Escape') return;
          setText('');
          setRefused(null);
          event.currentTarget.blur();
        }}
      />
      {text === '' ? <kbd className={styles.key}>/</kbd> : null}
      {refused === null ? null : (
        <p id={messageId} role="alert" className={styles.message}>
          {refused}
        </p>
      )}
    </search>
  );
}
