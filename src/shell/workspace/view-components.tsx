import { type ComponentType, lazy } from 'react';
import type { ViewKind } from '../../state/navigation.ts';

/** The component of each view, loaded when the view is first opened. */
export const VIEW_COMPONENTS: Readonly<Record<ViewKind, ComponentType>> = {
  overview: lazy(() => import('../../views/overview/OverviewView.tsx')),
  findings: lazy(() => import('../../views/findings/FindingsView.tsx')),
  treemap: lazy(() => import('../../views/treemap/TreemapView.tsx')),
  flame: lazy(() => import('../../views/treemap/FlameView.tsx')),
  generations: lazy(() => import('../../views/generations/GenerationsView.tsx')),
  retainers: lazy(() => import('../../views/retainers/RetainersView.tsx')),
  classes: lazy(() => import('../../views/classes/ClassesView.tsx')),
  owners: lazy(() => import('../../views/owners/OwnersView.tsx')),
  sites: lazy(() => import('../../views/sites/SitesView.tsx')),
  tree: lazy(() => import('../../views/tree/DominatorTreeView.tsx')),
  strings: lazy(() => import('../../views/strings/StringsView.tsx')),
  threads: lazy(() => import('../../views/threads/ThreadsView.tsx')),
  shapes: lazy(() => import('../../views/shapes/ShapesView.tsx')),
  pages: lazy(() => import('../../views/pages/PagesView.tsx')),
  objects: lazy(() => import('../../views/objects/ObjectsView.tsx')),
  compare: lazy(() => import('../../views/compare/CompareView.tsx')),
  functions: lazy(() => import('../../views/profiles/FunctionsView.tsx')),
  calls: lazy(() => import('../../views/profiles/CallsView.tsx')),
  areas: lazy(() => import('../../views/profiles/AreasView.tsx')),
  series: lazy(() => import('../../views/profiles/SeriesView.tsx')),
};
