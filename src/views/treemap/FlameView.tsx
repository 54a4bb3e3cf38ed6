import { FlameChart } from '../../charts/flame/FlameChart.tsx';
import { defaultView } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { TreeView } from './TreeView.tsx';
import { useTypeColouring } from './use-colouring.ts';

/** The same trees as in the treemap, as a flame graph. */
export default function FlameView() {
  const view = useApp(state => (state.view.kind === 'flame' ? state.view : null)) ?? defaultView('flame');
  const colouring = useTypeColouring();
  return (
    <TreeView
      view={view}
      title="Flame graph"
      mark="frame"
      controls={null}
      chart={props => <FlameChart {...props} colouring={colouring} />}
    />
  );
}
