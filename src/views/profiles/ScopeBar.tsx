import { useState } from 'react';
import { problemText } from '../../../workers/protocol/filter/filter.ts';
import { parseStackFilter } from '../../../workers/protocol/filter/profile-filter.ts';
import { PROFILE_TERMS, type ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import { oneLine } from '../../format/names.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField, SelectField, TextField } from '../../widgets/Field.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import styles from './Profiles.module.css';
import { ProfileTimeline } from './ProfileTimeline.tsx';
import type { ShownScope } from './use-profile-scope.ts';

/** The scope of all views of a profile: the point in time, the comparison, and the stacks. */
export function ScopeBar({ profile, shown }: { profile: ProfileInfo; shown: ShownScope }) {
  const { scope, others } = shown;
  const { setScope } = useAppStore().getState();
  const wantedFilter = useApp(state => state.scope.filter);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? wantedFilter;
  const parsed = parseStackFilter(text);
  return (
    <>
      <div className={styles.scope}>
        {scope.rows !== null && (
          <Button onClick={() => setScope({ ...scope, rows: null })}>Show the whole file</Button>
        )}
        {others.length > 0 && (
          <SelectField
            label="Compare with"
            value={String(scope.against ?? '')}
            options={[
              { value: '', name: 'nothing' },
              ...others.map(({ id, name }) => ({ value: String(id), name: oneLine(name) })),
            ]}
            onChange={value => {
              const rows = scope.rows !== null && scope.rows.from === scope.rows.to ? scope.rows : null;
              setScope({ ...scope, rows, against: value === '' ? null : Number(value) });
            }}
          />
        )}
        {profile.trees.some(tree => tree.hasAllocators) && (
          <CheckField
            label="Allocator functions"
            checked={scope.allocators}
            onChange={allocators => setScope({ ...scope, allocators })}
          />
        )}
        <div className={styles.filter}>
          <TextField
            aria-label="Filter stacks"
            placeholder={`Stacks with: text, /expression/, ${PROFILE_TERMS.slice(0, 2).join(':, ')}:, -text …`}
            value={text}
            onChange={event => {
              const typed = event.target.value;
              setDraft(typed);
              if (parseStackFilter(typed).ok) setScope({ ...scope, filter: typed });
            }}
            onBlur={() => parsed.ok && setDraft(null)}
          />
        </div>
      </div>
      {!parsed.ok && <Notice tone="warn">{problemText(parsed.problem)}</Notice>}
      <ProfileTimeline profile={profile} />
    </>
  );
}
