import { gemOfPath, splitLocation } from './gem-of-path.ts';
import { MEMORY_WEIGHTS, type MemoryReport, sectionOf, totalOf } from './sections.ts';

/** Relative error of sums of many sizes that are rounded to two decimals. */
const ROUNDING = 0.02;

/**
 * Finds the gem of each file of a report, so that its tables by gem and by file become one tree. The report does not
 * say which gem a file belongs to, and tools and versions name gems differently, so candidates come from the table of
 * gems: the gem that the file's path implies, or whose name its path contains, or the only one with enough size left.
 * Null if that fails; then gems and files cannot be joined without counting twice. O(files × gems).
 */
export function gemsOfFiles(report: MemoryReport): Map<string, string> | null {
  const gems = amountsBy(report, 'gem');
  const files = fileAmounts(report);
  const gemOf = new Map<string, string>();
  if (gems.size === 0) {
    for (const file of files.keys()) gemOf.set(file, gemOfPath(file));
    return gemOf;
  }
  const cut = MEMORY_WEIGHTS.some(weight => {
    const section = sectionOf(report, weight, 'gem');
    const listed = section?.rows.reduce((sum, row) => sum + row.value, 0) ?? Number.NaN;
    return totalOf(report, weight) > listed * (1 + ROUNDING);
  });
  const homeless: string[] = [];
  for (const [file, amounts] of files) {
    const gem = gemByName(file, gems, cut);
    if (gem === null) homeless.push(file);
    else {
      gemOf.set(file, gem);
      take(gems.get(gem), amounts);
    }
  }
  for (const file of homeless) {
    const amounts = files.get(file)!;
    const fitting = [...gems].filter(([, room]) => fits(amounts, room));
    if (fitting.length !== 1) return null;
    const [gem, room] = fitting[0]!;
    gemOf.set(file, gem);
    take(room, amounts);
  }
  const overfull = [...gems.values()].some(room =>
    room.left.some((left, at) => left < -room.stated[at]! * ROUNDING),
  );
  return overfull ? null : gemOf;
}

/** For a row of a table: its values by weight, and the part of them not assigned yet. */
interface Room {
  stated: number[];
  left: number[];
}

function amountsBy(report: MemoryReport, grouping: 'gem' | 'file'): Map<string, Room> {
  const amounts = new Map<string, Room>();
  for (const [at, weight] of MEMORY_WEIGHTS.entries()) {
    for (const { label, value } of sectionOf(report, weight, grouping)?.rows ?? []) {
      const room = amounts.get(label) ?? { stated: zeros(), left: zeros() };
      room.stated[at]! += value;
      room.left[at]! += value;
      amounts.set(label, room);
    }
  }
  return amounts;
}

/** Values by file from its own table; for files beyond the end of that table, the sum of their lines. */
function fileAmounts(report: MemoryReport): Map<string, number[]> {
  const amounts = new Map(Array.from(amountsBy(report, 'file'), ([file, { stated }]) => [file, stated]));
  for (const [at, weight] of MEMORY_WEIGHTS.entries()) {
    const listed = new Set(sectionOf(report, weight, 'file')?.rows.map(row => row.label));
    for (const { label, value } of sectionOf(report, weight, 'location')?.rows ?? []) {
      const { file } = splitLocation(label);
      if (listed.has(file)) continue;
      const known = amounts.get(file) ?? zeros();
      known[at]! += value;
      amounts.set(file, known);
    }
  }
  return amounts;
}

function zeros(): number[] {
  return MEMORY_WEIGHTS.map(() => 0);
}

function gemByName(file: string, gems: ReadonlyMap<string, Room>, cut: boolean): string | null {
  const byPath = gemOfPath(file);
  if (gems.has(byPath)) return byPath;
  const held = [...gems.keys()].filter(gem => gem !== 'other' && file.includes(gem));
  if (held.length > 0) return held.reduce((longest, gem) => (gem.length > longest.length ? gem : longest));
  // If the table of gems was cut off, a small gem may be missing in it.
  return cut && byPath !== 'other' ? byPath : null;
}

function fits(amounts: readonly number[], room: Room): boolean {
  return amounts.every((amount, at) => amount <= room.left[at]! + room.stated[at]! * ROUNDING);
}

function take(room: Room | undefined, amounts: readonly number[]): void {
  if (room === undefined) return;
  for (const [at, amount] of amounts.entries()) room.left[at]! -= amount;
}
