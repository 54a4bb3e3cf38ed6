/** Which objects a section is about: `live` in heap-profiler's reports of a single dump. */
export type Side = 'allocated' | 'retained' | 'live';
export type Measure = 'memory' | 'objects';
export type Grouping = 'gem' | 'file' | 'location' | 'class';

/** One table of a report: labels and values, in order. A label may occur twice if paths were shortened. */
export interface Section {
  side: Side;
  measure: Measure;
  grouping: Grouping;
  rows: { label: string; value: number }[];
}

/** A string that was created several times, and where. */
export interface StringRow {
  side: Side;
  text: string;
  objects: number;
  /** null if the report does not say. */
  bytes: number | null;
  locations: { label: string; objects: number }[];
}

/** A report of memory_profiler or heap-profiler, from any of its formats. */
export interface MemoryReport {
  /** NaN if the report does not state it. */
  totals: Record<Side, { bytes: number; objects: number }>;
  sections: Section[];
  strings: StringRow[];
  /** Whether sizes were rounded to two decimals of a kB or MB. */
  scaled: boolean;
}

/** A report without contents. */
export function emptyReport(): MemoryReport {
  const none = () => ({ bytes: Number.NaN, objects: Number.NaN });
  return {
    totals: { allocated: none(), retained: none(), live: none() },
    sections: [],
    strings: [],
    scaled: false,
  };
}

/** The weights of a report, and the tables that they come from. */
export const MEMORY_WEIGHTS = [
  { key: 'allocatedBytes', label: 'allocated bytes', unit: 'bytes', side: 'allocated', measure: 'memory' },
  {
    key: 'allocatedObjects',
    label: 'allocated objects',
    unit: 'count',
    side: 'allocated',
    measure: 'objects',
  },
  { key: 'retainedBytes', label: 'retained bytes', unit: 'bytes', side: 'retained', measure: 'memory' },
  { key: 'retainedObjects', label: 'retained objects', unit: 'count', side: 'retained', measure: 'objects' },
  { key: 'liveBytes', label: 'live bytes', unit: 'bytes', side: 'live', measure: 'memory' },
  { key: 'liveObjects', label: 'live objects', unit: 'count', side: 'live', measure: 'objects' },
] as const;

export type MemoryWeight = (typeof MEMORY_WEIGHTS)[number];

/** The total of a weight; NaN if the report does not state it. */
export function totalOf(report: MemoryReport, weight: MemoryWeight): number {
  return report.totals[weight.side][weight.measure === 'memory' ? 'bytes' : 'objects'];
}

/** The rows of one section; null if the report has no such section. */
export function sectionOf(report: MemoryReport, weight: MemoryWeight, grouping: Grouping): Section | null {
  return (
    report.sections.find(
      each => each.side === weight.side && each.measure === weight.measure && each.grouping === grouping,
    ) ?? null
  );
}
