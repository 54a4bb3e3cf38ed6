import { type ComponentType, lazy } from 'react';
import type { ViewKind } from '../../state/navigation.ts';
import { landedView } from './landed-views.tsx';

/** The component of each view, loaded when the view is first opened. */
export const VIEW_COMPONENTS: Readonly<Record<ViewKind, ComponentType>> = {
  overview: lazy(() => import('../overview/OverviewView.tsx')),
  treemap: landedView('../treemap/TreemapView.tsx'),
  generations: landedView('../generations/GenerationsView.tsx'),
  classes: lazy(() => import('../classes/ClassesView.tsx')),
  objects: lazy(() => import('../objects/ObjectsView.tsx')),
};
