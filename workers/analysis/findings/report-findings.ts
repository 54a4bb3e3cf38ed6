import type { Findings } from '../../protocol/findings.ts';
import type { ReportFinding } from '../../protocol/report.ts';

/** Findings without the fields that only the page shows. */
export function reportFindings({ findings }: Findings): ReportFinding[] {
  return findings.map(({ kind, sentence, bytes, objects, certainty, objectsShown, figures }) => ({
    kind,
    sentence,
    bytes,
    objects,
    certainty,
    objectsShown,
    figures,
  }));
}
