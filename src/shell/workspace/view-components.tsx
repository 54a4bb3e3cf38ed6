import { type LateComponent, late } from '../../session/late.tsx';
import type { ViewKind } from '../../state/navigation.ts';

/** The component of each view, whose code is loaded when the view is first opened. */
export const VIEW_COMPONENTS: Readonly<Record<ViewKind, LateComponent<object>>> = {
  overview: late(() => import('../../views/overview/OverviewView.tsx')),
  findings: late(() => import('../../views/findings/FindingsView.tsx')),
  treemap: late(() => import('../../views/treemap/TreemapView.tsx')),
  flame: late(() => import('../../views/treemap/FlameView.tsx')),
  generations: late(() => import('../../views/generations/GenerationsView.tsx')),
  retainers: late(() => import('../../views/retainers/RetainersView.tsx')),
  classes: late(() => import('../../views/classes/ClassesView.tsx')),
  owners: late(() => import('../../views/owners/OwnersView.tsx')),
  sites: late(() => import('../../views/sites/SitesView.tsx')),
  tree: late(() => import('../../views/tree/DominatorTreeView.tsx')),
  strings: late(() => import('../../views/strings/StringsView.tsx')),
  threads: late(() => import('../../views/threads/ThreadsView.tsx')),
  shapes: late(() => import('../../views/shapes/ShapesView.tsx')),
  pages: late(() => import('../../views/pages/PagesView.tsx')),
  objects: late(() => import('../../views/objects/ObjectsView.tsx')),
  compare: late(() => import('../../views/compare/CompareView.tsx')),
  functions: late(() => import('../../views/profiles/FunctionsView.tsx')),
  calls: late(() => import('../../views/profiles/CallsView.tsx')),
  areas: late(() => import('../../views/profiles/AreasView.tsx')),
  series: late(() => import('../../views/profiles/SeriesView.tsx')),
};
