import { CircleQuestionMark, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { FilterProblem } from '../../../workers/protocol/filter/filter.ts';
import { filterNotes } from '../../../workers/protocol/filter/filter-notes.ts';
import { parseFilter } from '../../../workers/protocol/filter/parse-filter.ts';
import { chipOfFilter } from '../../state/chips.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { FILTER_INPUT_ID } from '../keyboard/use-shortcuts.ts';
import { Completions, optionId } from './Completions.tsx';
import { type Completion, completableAt, withCompletion } from './complete.ts';
import styles from './FilterInput.module.css';
import { FilterMessage } from './FilterMessage.tsx';
import { useCompletions } from './use-completions.ts';

/** The filter input, with completion; Enter adds a chip, or changes the chip that is being edited. */
export function FilterInput() {
  const { text, replaces } = useApp(state => state.draft);
  const { setDraft, applyDraft, setOverlay } = useAppStore().getState();
  const [refused, setRefused] = useState<FilterProblem | null>(null);
  const [applied, setApplied] = useState<{ text: string; notes: FilterProblem[] } | null>(null);
  /** `asked`: opened by a key, so that names are offered even if nothing is typed. */
  const [offering, setOffering] = useState<'nothing' | 'typed' | 'asked'>('nothing');
  const [active, setActive] = useState(-1);
  const [caret, setCaret] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const messageId = useId();
  const listId = useId();
  useReturnFromHelp(input);

  const place = offering === 'nothing' ? null : completableAt(text, caret);
  const isBlank = place?.kind === 'word' && place.word === '';
  const completions = useCompletions(isBlank && offering !== 'asked' ? null : place);
  const isOpen = completions.length > 0;

  const change = (next: string, nextCaret: number) => {
    setDraft({ text: next, replaces });
    setCaret(nextCaret);
    setRefused(null);
    setApplied(null);
    setActive(-1);
  };
  const accept = (completion: Completion) => {
    if (place === null) return;
    const next = withCompletion(text, place, completion);
    change(next.text, next.caret);
    // The browser moves the caret to the end when the text changes; it is set after that.
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
    setOffering('typed');
  };
  const apply = () => {
    setOffering('nothing');
    const parsed = parseFilter(text);
    if (!parsed.ok) {
      setRefused(parsed.problem);
      return;
    }
    if (parsed.filter.kind === 'everything') return;
    setApplied({ text, notes: filterNotes(parsed.filter) });
    applyDraft(chipOfFilter(parsed.filter));
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const chosen = completions[active];
    switch (event.key) {
      case 'Enter':
        if (chosen === undefined) apply();
        else accept(chosen);
        break;
      case 'Tab':
        if (!isOpen || event.shiftKey) return;
        accept(chosen ?? completions[0]!);
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        if (!isOpen) {
          setCaret(event.currentTarget.selectionStart ?? text.length);
          setOffering('asked');
        } else {
          const step = event.key === 'ArrowDown' ? 1 : -1;
          const places = completions.length + 1;
          // One position in the cycle is the input itself.
          setActive(((active + 1 + step + places) % places) - 1);
        }
        break;
      case 'Escape':
        if (isOpen) {
          setOffering('nothing');
          setActive(-1);
        } else {
          setDraft({ text: '', replaces: null });
          setRefused(null);
          setApplied(null);
          event.currentTarget.blur();
        }
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <search className={styles.filter}>
      <div className={styles.line}>
        <Search size={14} aria-hidden className={styles.icon ?? ''} />
        <input
          ref={input}
          id={FILTER_INPUT_ID}
          type="text"
          role="combobox"
          className={styles.input}
          placeholder="Filter: text, class:User, retained>1MB, gen:40..52"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && active >= 0 ? optionId(listId, active) : undefined}
          aria-invalid={refused !== null}
          aria-describedby={messageId}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            change(target.value, target.selectionStart ?? target.value.length);
            setOffering('typed');
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOffering('nothing')}
        />
        {text === '' ? <kbd className={styles.key}>/</kbd> : null}
        {isOpen ? (
          <Completions id={listId} completions={completions} active={active} onAccept={accept} />
        ) : null}
        <IconButton
          icon={CircleQuestionMark}
          label="How to filter"
          onClick={() => setOverlay('filter-help')}
        />
      </div>
      <div id={messageId}>
        {refused === null ? null : <FilterMessage text={text} problem={refused} tone="danger" />}
        {applied?.notes.map(note => (
          <FilterMessage key={note.from} text={applied.text} problem={note} tone="info" />
        ))}
        {replaces === null ? null : (
          <p className={styles.hint}>Enter applies the change to the filter, Esc discards it.</p>
        )}
      </div>
    </search>
  );
}

/** Returns the focus to the input after an example was chosen in the help. */
function useReturnFromHelp(input: React.RefObject<HTMLInputElement | null>) {
  const overlay = useApp(state => state.overlay);
  const before = useRef(overlay);
  useEffect(() => {
    if (before.current === 'filter-help' && overlay === null) input.current?.focus();
    before.current = overlay;
  }, [overlay, input]);
}
