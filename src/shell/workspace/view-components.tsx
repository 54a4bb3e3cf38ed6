import { type LazyComponent, lazyComponent } from '../../session/lazy-component.tsx';
import type { ViewKind } from '../../state/navigation.ts';

/** The component of each view, whose code is loaded when the view is first opened. */
export const VIEW_COMPONENTS: Readonly<Record<ViewKind, LazyComponent<object>>> = {
  overview: lazyComponent(() => import('../../views/overview/OverviewView.tsx')),
  findings: lazyComponent(() => import('../../views/findings/FindingsView.tsx')),
  treemap: lazyComponent(() => import('../../views/treemap/TreemapView.tsx')),
  flame: lazyComponent(() => import('../../views/treemap/FlameView.tsx')),
  generations: lazyComponent(() => import('../../views/generations/GenerationsView.tsx')),
  retainers: lazyComponent(() => import('../../views/retainers/RetainersView.tsx')),
  classes: lazyComponent(() => import('../../views/classes/ClassesView.tsx')),
  owners: lazyComponent(() => import('../../views/owners/OwnersView.tsx')),
  sites: lazyComponent(() => import('../../views/sites/SitesView.tsx')),
  tree: lazyComponent(() => import('../../views/tree/DominatorTreeView.tsx')),
  strings: lazyComponent(() => import('../../views/strings/StringsView.tsx')),
  threads: lazyComponent(() => import('../../views/threads/ThreadsView.tsx')),
  shapes: lazyComponent(() => import('../../views/shapes/ShapesView.tsx')),
  pages: lazyComponent(() => import('../../views/pages/PagesView.tsx')),
  objects: lazyComponent(() => import('../../views/objects/ObjectsView.tsx')),
  compare: lazyComponent(() => import('../../views/compare/CompareView.tsx')),
  functions: lazyComponent(() => import('../../views/profiles/FunctionsView.tsx')),
  calls: lazyComponent(() => import('../../views/profiles/CallsView.tsx')),
  areas: lazyComponent(() => import('../../views/profiles/AreasView.tsx')),
  series: lazyComponent(() => import('../../views/profiles/SeriesView.tsx')),
};
