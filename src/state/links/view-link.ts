import type { ViewKind, ViewOf } from '../navigation.ts';
import type { LinkParameters } from './link-parameters.ts';

/** Writes the parameters of one kind of view to a link, and reads them. */
export interface ViewLink<Kind extends ViewKind> {
  /** All parameters, name → value. Defaults are removed afterwards. */
  write(view: ViewOf<Kind>): Record<string, string>;
  /** `usual`: the view with its defaults, used for missing parameters. */
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
