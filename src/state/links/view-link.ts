import type { ViewKind, ViewOf } from '../navigation.ts';
import type { LinkParameters } from './link-parameters.ts';

/** How the parameters of one kind of view are written into a link, and read from one. */
export interface ViewLink<Kind extends ViewKind> {
  /** All of them, name → value. Those that the view has by default are left out afterwards. */
  write(view: ViewOf<Kind>): Record<string, string>;
  /** `usual`: the view with its defaults, for what the link does not say. */
  read(given: LinkParameters, usual: ViewOf<Kind>): ViewOf<Kind>;
}

/** A kind of view without parameters. */
export function withoutParameters<Kind extends ViewKind>(): ViewLink<Kind> {
  return { write: () => ({}), read: (_, usual) => usual };
}

/** The order of a table: `order=up` is ascending. */
export function writeOrder({ descending }: { descending: boolean }): string {
  return descending ? 'down' : 'up';
}

export function readDescending(given: LinkParameters): boolean {
  return given.text('order') !== 'up';
}
