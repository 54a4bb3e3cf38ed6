/** What determines the position of a dump in a series. */
export interface Orderable {
  name: string;
  /** The highest generation of its objects; null = nothing was traced. */
  generation: number | null;
  /** Number of its process, as far as it is known. */
  process: number;
}

/**
 * Positions of dumps in the order in which they were taken: by the highest generation, if all were traced; otherwise,
 * or if that is equal, by the time in their names; then by name, with numbers compared by value. A criterion is used
 * only if all dumps have it. Generations of different processes are unrelated, so dumps of one process stay together,
 * and processes are ordered by the times in names, or by names.
 */
export function orderOfDumps(dumps: readonly Orderable[]): number[] {
  const order = orderOf(dumps);
  const processes = order.map(at => dumps[at]!.process);
  const runs = processes.filter((process, at) => process !== processes[at - 1]);
  if (runs.length === new Set(runs).size) return order;
  const untold = dumps.map(dump => ({ ...dump, generation: null }));
  const firstOf = new Map<number, number>();
  for (const [place, at] of orderOf(untold).entries()) {
    const { process } = dumps[at]!;
    if (!firstOf.has(process)) firstOf.set(process, place);
  }
  return order.toSorted((a, b) => firstOf.get(dumps[a]!.process)! - firstOf.get(dumps[b]!.process)!);
}

function orderOf(dumps: readonly Orderable[]): number[] {
  const generations = dumps.map(dump => dump.generation);
  const times = dumps.map(dump => timeInName(dump.name));
  const byGeneration = generations.every(generation => generation !== null);
  const byTime = times.every(time => time !== null);
  const byName = new Intl.Collator('en', { numeric: true });
  return dumps
    .map((_, at) => at)
    .sort(
      (a, b) =>
        (byGeneration ? generations[a]! - generations[b]! : 0) ||
        (byTime ? times[a]! - times[b]! : 0) ||
        byName.compare(dumps[a]!.name, dumps[b]!.name),
    );
}

const DAY =
  /(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:[-_.T ]?([0-2]\d)[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?)?(?!\d)/;
const EPOCH = /(?<!\d)(1\d{9})(\d{3})?(?!\d)/;

/**
 * The time in a file's name, in seconds: `heap-2026-11-27T1830.json`, `heap-1764268200.json`. Null if there is none.
 */
export function timeInName(name: string): number | null {
  const day = DAY.exec(name);
  if (day !== null) {
    const [, year, month, date, hour = 0, minute = 0, second = 0] = day.map(text =>
      text === undefined ? 0 : Number(text),
    );
    return Date.UTC(year!, month! - 1, date, hour, minute, second) / 1000;
  }
  const epoch = EPOCH.exec(name);
  return epoch === null ? null : Number(epoch[1]) + Number(epoch[2] ?? 0) / 1000;
}
