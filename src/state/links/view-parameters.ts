import { defaultView, type View, type ViewKind, type ViewOf } from '../navigation.ts';
import { HEAP_VIEW_LINKS } from './heap-view-links.ts';
import { LinkParameters } from './link-parameters.ts';
import { PROFILE_VIEW_LINKS } from './profile-view-links.ts';
import type { ViewLink } from './view-link.ts';

const VIEW_LINKS: { readonly [Kind in ViewKind]: ViewLink<Kind> } = {
  ...HEAP_VIEW_LINKS,
  ...PROFILE_VIEW_LINKS,
};

function linkOf<Kind extends ViewKind>(kind: Kind): ViewLink<Kind> {
  return VIEW_LINKS[kind];
}

/** The parameters of a view in a link: name → value. Defaults are omitted. */
export function viewParameters(view: View): Record<string, string> {
  const { write } = linkOf(view.kind);
  const usual = write(defaultView(view.kind));
  return Object.fromEntries(Object.entries(write(view)).filter(([name, value]) => value !== usual[name]));
}

/** The view of a link. Missing or invalid parameters have their default values. */
export function readView<Kind extends ViewKind>(kind: Kind, parameters: URLSearchParams): ViewOf<Kind> {
  return linkOf(kind).read(new LinkParameters(parameters), defaultView(kind));
}
