import { type ComponentType, lazy } from 'react';
import type { ViewKind } from '../../state/navigation.ts';

/** The component of each view, loaded when the view is first opened. */
export const VIEW_COMPONENTS: Readonly<Record<ViewKind, ComponentType>> = {
  overview: lazy(() => import('../overview/OverviewView.tsx')),
  treemap: lazy(() => import('../treemap/TreemapView.tsx')),
  generations: lazy(() => import('../generations/GenerationsView.tsx')),
  classes: lazy(() => import('../classes/ClassesView.tsx')),
  objects: lazy(() => import('../objects/ObjectsView.tsx')),
};
