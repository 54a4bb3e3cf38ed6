import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { isObject, readJson } from '../reading/json.ts';
import { forEachLine } from '../reading/lines.ts';
import { reportOfJson } from './report-json.ts';
import { isTitle, isTotal, ReportText } from './report-text.ts';
import { classTree, locationTrees, missingOf, stringTree, totalsOf } from './report-trees.ts';
import { emptyReport, type MemoryReport } from './sections.ts';

/** Reports of memory_profiler (including derailed's perf:objects and bundle:objects) and of heap-profiler. */
export const memoryProfiler: ProfileFormat = {
  id: 'memory-profiler',
  label: 'memory_profiler or heap-profiler report',
  sniff: ({ lines }) => lines.some(line => isTotal(line) || isTitle(line)),
  read: readReportText,
};

/** The results of memory_profiler, saved as JSON. */
export const memoryProfilerJson: ProfileFormat = {
  id: 'memory-profiler-json',
  label: 'memory_profiler results as JSON',
  sniff: ({ text }) => /^\s*\{/.test(text) && /"total_allocated_memsize"\s*:/.test(text.slice(0, 1 << 16)),
  async read(input) {
    const json = await readJson(input);
    const report = reportOfJson(isObject(json) ? json : {});
    return opened(memoryProfilerJson, report, [], new DamageLog());
  },
};

async function readReportText(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const text = new ReportText(damage);
  await forEachLine(input, (line, number) => text.line(line, number));
  const { reports } = text;
  // A file may quote several reports: the one with most sections is shown.
  const report = reports.reduce(
    (most, each) => (each.sections.length > most.sections.length ? each : most),
    reports[0] ?? emptyReport(),
  );
  const notes: string[] = [];
  if (reports.length > 1) {
    notes.push(`The file has ${reports.length} reports: shown is number ${reports.indexOf(report) + 1}.`);
  }
  if (report.scaled)
    notes.push('Sizes are rounded to two decimals of a kB or MB: sums are off in the last digits.');
  if (text.oldCounts) notes.push('An old version of memory_profiler: its tables count objects, not bytes.');
  if (text.ellipses > 0) notes.push(`Whoever quoted the report left rows out in ${text.ellipses} places.`);
  return opened(memoryProfiler, report, notes, damage);
}

function opened(
  format: ProfileFormat,
  report: MemoryReport,
  notes: readonly string[],
  damage: DamageLog,
): Opened {
  const trees = [...locationTrees(report), classTree(report), stringTree(report)].filter(
    tree => tree !== null,
  );
  return profileOf(format, trees, { notes, damage, missing: missingOf(report), totals: totalsOf(report) });
}
