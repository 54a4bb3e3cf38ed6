import { FlameChart } from '../../charts/flame/FlameChart.tsx';
import { defaultView } from '../../state/navigation.ts';
import { useActiveProfile, useApp, useAppStore } from '../../state/use-app.ts';
import { CheckField, SelectField, TextField } from '../../widgets/Field.tsx';
import { ProfileTreeView } from './ProfileTreeView.tsx';
import { SandwichView } from './SandwichView.tsx';

const DIRECTIONS = [
  { value: 'callees', name: 'what they call' },
  { value: 'callers', name: 'who calls them' },
] as const;

/** A profile as a flame graph: from the outermost callers to their callees, or from each function to its callers. */
export default function CallsView() {
  const view = useApp(state => (state.view.kind === 'calls' ? state.view : null)) ?? defaultView('calls');
  const profile = useActiveProfile();
  const { adjustView, navigate } = useAppStore().getState();
  if (profile === null) return null;
  if (view.focus !== null) return <SandwichView profile={profile} view={view} focus={view.focus} />;
  const { direction } = view;
  return (
    <ProfileTreeView
      profile={profile}
      title="Flame graph"
      part={view.part}
      direction={direction}
      fold={view.fold}
      table={view.table}
      reading={
        direction === 'callees'
          ? 'Each frame is inside its caller, or inside the group that it belongs to.'
          : 'The first row shows functions by their self values; below each frame are its callers.'
      }
      onPart={part => adjustView({ ...view, part })}
      onTable={table => adjustView({ ...view, table })}
      onFocus={focus => navigate({ ...view, focus, table: false })}
      controls={
        <>
          <SelectField
            label="Below a frame"
            value={direction}
            options={DIRECTIONS}
            onChange={chosen =>
              adjustView({ ...view, direction: chosen, part: { ...view.part, path: [], skip: 0 } })
            }
          />
          <CheckField
            label="Fold recursion"
            checked={view.fold}
            onChange={fold => adjustView({ ...view, fold, part: { ...view.part, path: [], skip: 0 } })}
          />
          <TextField
            aria-label="Highlight frames"
            placeholder="Highlight"
            value={view.search}
            onChange={event => adjustView({ ...view, search: event.target.value })}
          />
        </>
      }
      chart={props => <FlameChart {...props} search={view.search} />}
    />
  );
}
