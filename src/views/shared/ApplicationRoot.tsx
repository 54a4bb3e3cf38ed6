import { useState } from 'react';
import { useSession } from '../../session/session.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { TextField } from '../../widgets/Field.tsx';
import styles from './ApplicationRoot.module.css';

/** The directory of the application, which decides the origin of objects, and a way to change it. */
export function ApplicationRoot() {
  const { fileManager } = useSession();
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <p className={styles.root}>
        <span>
          <Defined term="origin">Application</Defined>:
        </span>
        {root === '' ? 'relative paths only' : <code>{root}</code>}
        <Button look="link" onClick={() => setDraft(root)}>
          Change
        </Button>
      </p>
    );
  }
  return (
    <form
      className={styles.root}
      onSubmit={event => {
        event.preventDefault();
        setDraft(null);
        void fileManager.setApplicationRoot(draft.trim());
      }}
    >
      <TextField
        aria-label="Directory of the application"
        placeholder="/srv/app/"
        value={draft}
        autoFocus
        onChange={event => setDraft(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') setDraft(null);
        }}
      />
      <Button type="submit">Set</Button>
    </form>
  );
}
