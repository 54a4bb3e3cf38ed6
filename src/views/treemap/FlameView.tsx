import { FlameChart } from '../../charts/flame/FlameChart.tsx';
import { defaultView } from '../../state/navigation.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { TextField } from '../../widgets/Field.tsx';
import { ColourLegend } from './ColourLegend.tsx';
import { TreeView } from './TreeView.tsx';
import { useTypeColouring } from './use-colouring.ts';

/** The same trees as the treemap shows, as a flame graph: what holds what, level by level. */
export default function FlameView() {
  const view = useApp(state => (state.view.kind === 'flame' ? state.view : null)) ?? defaultView('flame');
  const { adjustView } = useAppStore().getState();
  const colouring = useTypeColouring();
  return (
    <TreeView
      view={view}
      title="Flame graph"
      mark="frame"
      controls={
        <TextField
          aria-label="Highlight frames"
          placeholder="Highlight"
          value={view.search}
          onChange={event => adjustView({ ...view, search: event.target.value })}
        />
      }
      chart={props => <FlameChart {...props} colouring={colouring} search={view.search} />}
      legend={() => <ColourLegend colouring={colouring} hasUnreachable={false} />}
    />
  );
}
