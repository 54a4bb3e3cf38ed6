import type { OracleFields } from './oracle-ruby-records.ts';

/** The class label of an object (numbers.md#class-label). `find` returns the record at an address. */
export function oracleClassLabel(
  fields: OracleFields,
  find: (address: string) => OracleFields | undefined,
): string {
  if (fields.type === 'IMEMO') return `IMEMO:${fields.imemo_type ?? 'unknown'}`;
  if (fields.type === 'CLASS') return 'Class';
  if (fields.type === 'MODULE') return 'Module';
  if (fields.type === 'ICLASS') return 'ICLASS';
  const internal = `(internal) ${fields.struct !== undefined && fields.type === 'DATA' ? fields.struct : fields.type}`;
  if (fields.class === undefined) return internal;
  const label = nameOfClass(fields.class, find);
  return label === 'Object' && fields.type === 'DATA' && fields.struct !== undefined ? internal : label;
}

function nameOfClass(address: string, find: (address: string) => OracleFields | undefined): string {
  const seen = new Set<OracleFields>();
  for (let at: string | undefined = address; at !== undefined; ) {
    const link = find(at);
    if (link === undefined || seen.has(link)) return '(unknown class)';
    seen.add(link);
    if (link.type !== 'ICLASS' && link.singleton !== true) {
      const isClass = link.type === 'CLASS' || link.type === 'MODULE';
      return isClass ? (link.name ?? '(anonymous)') : '(unknown class)';
    }
    at = link.superclass;
  }
  return '(anonymous)';
}
