import { type ComponentType, lazy } from 'react';

const modules = import.meta.glob<{ default: ComponentType }>([
  '../treemap/TreemapView.tsx',
  '../generations/GenerationsView.tsx',
  '../generations/GenerationStrip.tsx',
  '../inspector/Inspector.tsx',
]);

/** A view that may not have landed yet: nothing is drawn until then. */
export function landedView(path: string): ComponentType {
  return lazy(() => modules[path]?.() ?? Promise.resolve({ default: () => null }));
}
