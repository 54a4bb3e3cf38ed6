import { Treemap } from '../../charts/treemap/Treemap.tsx';
import { defaultView } from '../../state/navigation.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { SelectField } from '../../widgets/Field.tsx';
import { ColourLegend } from './ColourLegend.tsx';
import { TreeView } from './TreeView.tsx';
import { useColouring } from './use-colouring.ts';

const COLOURS = [
  { value: 'type', name: 'type' },
  { value: 'generation', name: 'age' },
] as const;

/** The heap as areas: along the dominator tree, or by a grouping. */
export default function TreemapView() {
  const view = useApp(state => (state.view.kind === 'treemap' ? state.view : null)) ?? defaultView('treemap');
  const { adjustView } = useAppStore().getState();
  const { source } = view;
  const hasAges =
    source.by === 'dominators' || (source.by === 'groups' && source.keys.includes('generation'));
  const colouring = useColouring(hasAges ? view.colour : 'type');
  return (
    <TreeView
      view={view}
      title="Treemap"
      mark="tile"
      controls={
        hasAges && (
          <SelectField
            label="Colour by"
            value={view.colour}
            options={COLOURS}
            onChange={colour => adjustView({ ...view, colour })}
          />
        )
      }
      chart={props => <Treemap {...props} colouring={colouring} />}
      legend={tree => (
        <ColourLegend
          colouring={colouring}
          hasUnreachable={tree?.nodes.some(node => node.kind === 'unreachable') ?? false}
        />
      )}
    />
  );
}
