import { Treemap } from '../../charts/treemap/Treemap.tsx';
import { defaultView } from '../../state/navigation.ts';
import { useActiveProfile, useApp, useAppStore } from '../../state/use-app.ts';
import { GroupField } from './GroupField.tsx';
import { ProfileTreeView } from './ProfileTreeView.tsx';

/** A profile as a treemap. */
export default function AreasView() {
  const view = useApp(state => (state.view.kind === 'areas' ? state.view : null)) ?? defaultView('areas');
  const profile = useActiveProfile();
  const { adjustView } = useAppStore().getState();
  if (profile === null) return null;
  return (
    <ProfileTreeView
      profile={profile}
      title="Treemap"
      part={view.part}
      direction="callees"
      fold={false}
      table={view.table}
      reading="Each tile is inside its caller, or inside the group that it belongs to."
      onPart={part => adjustView({ ...view, part })}
      onTable={table => adjustView({ ...view, table })}
      controls={
        <GroupField {...{ profile, part: view.part }} onChange={part => adjustView({ ...view, part })} />
      }
      chart={props => <Treemap {...props} />}
    />
  );
}
