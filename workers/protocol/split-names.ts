/** A name such as `heap.json.partab`, `heap.json.002` or `xac`, parsed as that of a part of a split file. */
interface PartName {
  /** The name of the whole file. */
  base: string;
  /** The same for all parts of one file. */
  key: string;
  /** From 0 (`aa`, `000`). */
  index: number;
  /** As written in the name: "ab". */
  part: string;
  /** Whether such a name is rarely used for anything else. */
  isCertain: boolean;
}

/** How a part begins: with a dump's first record or a gzip header, with some other record, or in the middle of one. */
export type Beginning = 'dump' | 'record' | 'other';

/** Files that belong together, or a single one. */
export interface PartGroup {
  /** Positions of its files in the input, in the order of their parts. */
  files: number[];
  /** The name of the whole, with the number of parts; the file's own for a single one. */
  name: string;
  /** The first part that is missing although a later one is present; null if none is. */
  missing: string | null;
}

/** Number of bytes that {@link beginningOf} looks at. */
export const BEGINNING_BYTES = 16;
const PATTERN = /^(.*?)([._-]?part[._-]?|[._-]|)([a-z]{2}|\d{2,4}|(?<=part[._-]?)\d)$/i;
/** A part without a separator is recognized only after these: `heap.jsonaa`, `xaa`. */
const BARE_BASE = /^x$|\.(json|jsonl|ndjson|gz|log|txt|dump)$/i;

function partName(name: string): PartName | null {
  const match = PATTERN.exec(name);
  if (match === null) return null;
  const [, base, separator, part] = match as unknown as [string, string, string, string];
  if (base === '' || (separator === '' && !BARE_BASE.test(base))) return null;
  const isNumber = /\d/.test(part);
  const letter = (at: number) => part.toLowerCase().charCodeAt(at) - 0x61;
  return {
    base,
    key: `${base}\n${separator}\n${isNumber ? part.length : 'letters'}`,
    index: isNumber ? Number(part) : letter(0) * 26 + letter(1),
    part,
    isCertain: /part/i.test(separator) || /^(a[a-z]|0\d+)$/.test(part),
  };
}

/** The largest index of a first part: numbers begin with 0 or 1, letters with `aa`. */
function firstIndex(part: string): number {
  return /\d/.test(part) ? 1 : 0;
}

/** The part, such as "ab", if the name is that of a later part. Null for a first part, and for other names. */
export function laterPart(name: string): string | null {
  const part = partName(name);
  return part?.isCertain === true && part.index > firstIndex(part.part) ? part.part : null;
}

/** Whether, judging by its name, a file may continue where the previous one ended: it is a part, and not number 0. */
export function isLaterPartName(name: string): boolean {
  const part = partName(name);
  return part?.isCertain === true && part.index > 0;
}

/** The part, such as "aa", if the name is that of a first part. Null for other names. */
export function firstPart(name: string): string | null {
  const part = partName(name);
  return part?.isCertain === true && part.index <= firstIndex(part.part) ? part.part : null;
}

/** How a file begins, judging by its first {@link BEGINNING_BYTES} bytes. */
export function beginningOf(bytes: Uint8Array): Beginning {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8) return 'dump';
  const text = String.fromCharCode(...bytes.subarray(0, BEGINNING_BYTES));
  if (/^\{"type":\s?"ROOT/.test(text)) return 'dump';
  return text.startsWith('{"') ? 'record' : 'other';
}

/** Groups the parts of split files, in order. Every file is in one group; groups are in the order given. */
export function groupParts(files: readonly { name: string; beginning: Beginning }[]): PartGroup[] {
  const byKey = new Map<string, number[]>();
  for (const [at, { name }] of files.entries()) {
    const key = partName(name)?.key ?? `\n${at}`;
    byKey.set(key, [...(byKey.get(key) ?? []), at]);
  }
  return [...byKey.values()].flatMap(members => {
    const parts = members
      .map(at => ({ at, beginning: files[at]!.beginning, part: partName(files[at]!.name) }))
      .sort((a, b) => (a.part?.index ?? 0) - (b.part?.index ?? 0));
    const first = parts[0]!.part;
    const hasStart = first !== null && first.index <= firstIndex(first.part);
    const belongTogether =
      parts.length > 1 &&
      parts
        .slice(1)
        .every(({ beginning }) => beginning === 'other' || (hasStart && beginning === 'record')) &&
      (hasStart || parts[0]!.beginning === 'other');
    if (!belongTogether || first === null) {
      return members.map(at => ({ files: [at], name: files[at]!.name, missing: null }));
    }
    const start = hasStart ? first.index : firstIndex(first.part);
    const gap = parts.findIndex(({ part }, order) => part!.index !== start + order);
    return [
      {
        files: parts.map(({ at }) => at),
        name: `${first.base} (${parts.length} parts)`,
        missing: gap < 0 ? null : partText(start + gap, first.part),
      },
    ];
  });
}

/** The number of a part, in the format that the names of the others use. */
function partText(index: number, like: string): string {
  if (/\d/.test(like)) return String(index).padStart(like.length, '0');
  return String.fromCharCode(0x61 + Math.floor(index / 26), 0x61 + (index % 26));
}
