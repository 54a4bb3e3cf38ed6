import type { SnapshotFacts } from '../model/heap-snapshot.ts';
import { withThousands } from '../protocol/digits.ts';
import type { ImportReport, Truncation } from '../protocol/import-report.ts';
import type { Count } from '../protocol/units.ts';

/**
 * The share of dangling references above which objects are considered missing. Most complete dumps of Ruby 2.7 to 4.1
 * have none; the most seen were 14 of 28,224 (0.05 %), then 5 of 27,564. A dump without its last few records had 125
 * of 33,584 (0.37 %). In a small file a single one is a large share, and means little.
 */
const DANGLING_SHARE = 0.001;
const DANGLING_LEAST = 20;

/** The part of the import report that shows damage. */
export type Damages = Pick<
  ImportReport,
  'skippedRecords' | 'truncated' | 'truncation' | 'beginsWithinRecord' | 'secondDump' | 'damage'
>;

/** The facts about a file that show whether it is complete. */
interface Facts
  extends Pick<
    SnapshotFacts,
    'hasRoots' | 'tracedObjects' | 'references' | 'danglingReferences' | 'duplicateAddresses'
  > {
  import: Damages;
}

/**
 * Why objects may be missing from a dump (numbers.md#incomplete-dump): a sentence for each reason, the strongest
 * first. Empty if nothing indicates it. Text from the file has no control characters here.
 */
export function incompleteness(facts: Facts, objects: Count): string[] {
  const reasons = damages(facts);
  if (objects === 0 || isSinceDump(facts, objects)) return reasons;
  const dangling = danglingText(facts);
  if (!facts.hasRoots) {
    reasons.push('It has no GC roots, with which every complete dump begins.');
  } else if (dangling !== null) {
    reasons.push(dangling);
  }
  return reasons;
}

/**
 * Whether a dump is one that `dump_all(since:)` writes (numbers.md#partial-dump): no roots, all objects traced, and the
 * file complete.
 */
export function isSinceDump(facts: Facts, objects: Count): boolean {
  return !facts.hasRoots && objects > 0 && facts.tracedObjects === objects && damages(facts).length === 0;
}

/** Reasons that the file itself shows. */
function damages({ import: report, duplicateAddresses }: Facts): string[] {
  const reasons: string[] = [];
  const { truncated, truncation, beginsWithinRecord, damage, skippedRecords, secondDump } = report;
  if (truncation !== null) reasons.push(truncationText(truncation));
  else if (truncated) reasons.push('The file ends within a record: whatever followed is missing.');
  if (beginsWithinRecord) {
    reasons.push(
      'The file begins within a record: it is a later part of a dump that was split. Drop all parts at once to open them as one.',
    );
  }
  if (damage !== null) reasons.push(damage);
  if (skippedRecords > 0) reasons.push(`${recordsOf(skippedRecords)} could not be read.`);
  // A second dump has the addresses of the first, so they indicate nothing.
  if (duplicateAddresses > 0 && secondDump === null) {
    const verb = duplicateAddresses === 1 ? 'has' : 'have';
    reasons.push(
      `${recordsOf(duplicateAddresses)} ${verb} the address of an earlier record: the file may be mixed from several dumps.`,
    );
  }
  return reasons;
}

function truncationText({ cause, line, offset, followedBy }: Truncation): string {
  const place = `at line ${withThousands(line)} (byte ${withThousands(offset)})`;
  switch (cause) {
    case 'end-of-file':
      return `The file ends within a record, ${place}: whatever followed is missing.`;
    case 'crash':
      return `The process crashed while it wrote the dump, which stops within a record, ${place}${followedBy === null ? '' : `: “${visible(followedBy)}”`}.`;
    case 'other-text':
      return `The dump stops within a record, ${place}, and other text follows.`;
  }
}

function danglingText({ references, danglingReferences }: Facts): string | null {
  if (danglingReferences < DANGLING_LEAST || danglingReferences <= DANGLING_SHARE * references) return null;
  return `${withThousands(danglingReferences)} references lead to objects that are not in the file.`;
}

function recordsOf(count: Count): string {
  return count === 1 ? '1 record' : `${withThousands(count)} records`;
}

function visible(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
