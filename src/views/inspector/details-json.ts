import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';

/** All details of an object except the text of its record, as JSON for other tools. Sizes are in bytes. */
export function detailsJson(details: ObjectDetails): string {
  const { object, dominator, fields, ancestors, classChain, raw, rawTruncated, findAgain, ...facts } =
    details;
  const { index, family, isNamed, hasText, ...row } = object;
  const names = (steps: ObjectDetails['classChain']) =>
    steps.map(step => step.object.title || step.object.label);
  return JSON.stringify(
    {
      ...row,
      ...facts,
      dominator: dominator.kind === 'object' ? { ...dominator, object: dominator.object.address } : dominator,
      sharedFrom: details.sharedFrom?.address ?? null,
      classChain: names(classChain),
      ancestors: names(ancestors),
      record: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    },
    null,
    2,
  );
}
