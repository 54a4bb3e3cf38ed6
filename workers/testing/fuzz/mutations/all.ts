import type { Mutation } from '../mutation.ts';
import { DAMAGE_MUTATIONS } from './damage.ts';
import { FIELD_MUTATIONS } from './fields.ts';
import { LAYOUT_MUTATIONS } from './layout.ts';
import { LINE_MUTATIONS } from './lines.ts';
import { WRAPPING_MUTATIONS } from './wrappings.ts';

/** All mutations of dumps. */
export const MUTATIONS: readonly Mutation[] = [
  ...FIELD_MUTATIONS,
  ...LAYOUT_MUTATIONS,
  ...LINE_MUTATIONS,
  ...DAMAGE_MUTATIONS,
  ...WRAPPING_MUTATIONS,
];
