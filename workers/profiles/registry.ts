import type { ProfileFormat } from './format.ts';
import type { Head } from './reading/head.ts';
import { massif } from './valgrind/massif.ts';

/** All formats, in the order in which they are tried: the more special first. */
export const PROFILE_FORMATS: readonly ProfileFormat[] = [massif];

/** The format of a file, or null. */
export function formatOf(head: Head): ProfileFormat | null {
  return PROFILE_FORMATS.find(format => format.sniff(head)) ?? null;
}

/** All formats, for an error message. */
export function formatsInWords(): string {
  return PROFILE_FORMATS.map(format => format.label).join(', ');
}
