import type { Draft } from './draft.ts';
import type { Random } from './random.ts';

/**
 * Mutations are applied in the order of their stages, not in the order in which they were drawn: fields before the
 * layout of records, records before lines, and damage at the end, because damaged text cannot be rewritten.
 */
export enum Stage {
  fields,
  layout,
  lines,
  damage,
  dumps,
  wrapping,
}

/** One way to change a dump. */
export interface Mutation {
  name: string;
  stage: Stage;
  /** The changed draft. Drafts and pieces are never changed in place. */
  apply(draft: Draft, random: Random): Draft;
}
