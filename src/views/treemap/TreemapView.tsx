import { Treemap } from '../../charts/treemap/Treemap.tsx';
import {
  defaultView,
  TREEMAP_COLOURS,
  type TreemapColour,
  type TreemapSource,
  type ViewOf,
} from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { SelectField } from '../../widgets/Field.tsx';
import { TreeView } from './TreeView.tsx';
import { areasOf } from './use-tree.ts';

const COLOUR_NAMES: Readonly<Record<TreemapColour, string>> = {
  type: 'type',
  origin: 'origin',
  gem: 'gem',
  generation: 'age',
  group: 'outermost group',
};

/** What the tiles of a source can be coloured by: holders of a class have several origins, gems and ages. */
function coloursOf(source: TreemapSource, isTraced: boolean): readonly TreemapColour[] {
  return TREEMAP_COLOURS.filter(colour => {
    const needsTrace = colour === 'origin' || colour === 'gem' || colour === 'generation';
    return !needsTrace || (isTraced && source.by !== 'holders');
  });
}

/** The heap as areas: along the dominator tree, or by a grouping. */
export default function TreemapView() {
  const view = useApp(state => (state.view.kind === 'treemap' ? state.view : null)) ?? defaultView('treemap');
  const { adjustView } = useAppStore().getState();
  const isTraced = (useActiveSnapshot()?.tracedObjects ?? 0) > 0;
  const areas = areasOf(view.source, useCurrentSet().kind !== 'all');
  const colours = coloursOf(view.source, isTraced);
  const shown: ViewOf<'treemap'> = {
    ...view,
    area: areas.find(({ value }) => value === view.area)?.value ?? 'bytes',
    colour: colours.includes(view.colour) ? view.colour : 'type',
  };
  return (
    <TreeView
      view={shown}
      title="Treemap"
      mark="tile"
      controls={
        <>
          {areas.length > 1 && (
            <SelectField
              label="Area"
              value={shown.area}
              options={areas}
              onChange={area => adjustView({ ...shown, area })}
            />
          )}
          <SelectField
            label="Colour by"
            value={shown.colour}
            options={colours.map(value => ({ value, name: COLOUR_NAMES[value] }))}
            onChange={colour => adjustView({ ...shown, colour })}
          />
        </>
      }
      chart={props => <Treemap {...props} />}
    />
  );
}
