import type { RetainerPath } from '../../protocol/paths.ts';

/** Maximum number of steps that are written: the first and the last ones say the most. */
const STEPS = 6;

/** A retainer path in one line, from the root on: `vm → AuditTrail → @events Array → User`. */
export function pathText({ root, steps }: RetainerPath): string {
  if (root === null) return 'garbage: no root reaches it';
  const names = steps.map(({ object, name }) => {
    const title = object.title === '' || object.title === object.label ? '' : ` ${object.title}`;
    return `${name === null ? '' : `${name} `}${object.label}${title}`;
  });
  const shown =
    names.length <= STEPS ? names : [...names.slice(0, STEPS / 2), '…', ...names.slice(-STEPS / 2)];
  return [root, ...shown].join(' → ');
}
