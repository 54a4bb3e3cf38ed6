import type { ObjectRow } from '../rows.ts';

/** One object in words, for labels, chips, copies and reports. */
export function objectText(object: ObjectRow): string {
  if (object.title === '' || object.label.endsWith(object.title)) return `${object.label} ${object.address}`;
  if (object.isNamed) return `${object.title} (${object.label})`;
  // `Array[240]`, but `(internal) ARRAY [7]` and `Proc lambda`.
  const gap = /^\w.*\w$/.test(object.label) && /^[[{]/.test(object.title) ? '' : ' ';
  return `${object.label}${gap}${object.title} ${object.address}`;
}
