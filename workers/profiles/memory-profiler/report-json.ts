import { arrayOf, isObject, type Json, numberOr, textOf } from '../reading/json.ts';
import { emptyReport, type Grouping, type Measure, type MemoryReport, type Side } from './sections.ts';

const TABLE = /^(allocated|retained)_(memory|objects)_by_(gem|file|location|class)$/;

/**
 * The arrays of memory_profiler's results object in the usual JSON form: `total_allocated`, `allocated_memory_by_gem:
 * [{data, count}]`, `strings_allocated: [[string, [[location, count]]]]`.
 */
export function reportOfJson(json: { [key: string]: Json }): MemoryReport {
  const report = emptyReport();
  for (const side of ['allocated', 'retained'] as const) {
    report.totals[side] = {
      bytes: numberOr(json[`total_${side}_memsize`], Number.NaN),
      objects: numberOr(json[`total_${side}`], Number.NaN),
    };
    for (const entry of arrayOf(json[`strings_${side}`])) addString(report, side, entry);
  }
  for (const [key, rows] of Object.entries(json)) {
    const table = TABLE.exec(key);
    if (table === null) continue;
    report.sections.push({
      side: table[1] as Side,
      measure: table[2] as Measure,
      grouping: table[3] as Grouping,
      rows: arrayOf(rows)
        .filter(isObject)
        .map(row => ({ label: textOf(row.data), value: numberOr(row.count, 0) })),
    });
  }
  return report;
}

function addString(report: MemoryReport, side: Side, entry: Json): void {
  const [text, places] = arrayOf(entry);
  const locations = arrayOf(places).map(place => {
    const [label, objects] = arrayOf(place);
    return { label: textOf(label), objects: numberOr(objects, 0) };
  });
  const objects = locations.reduce((sum, location) => sum + location.objects, 0);
  report.strings.push({ side, text: JSON.stringify(textOf(text)), objects, bytes: null, locations });
}
