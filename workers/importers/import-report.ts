import type { ImportReport } from '../protocol/import-report.ts';

/** The report of a text without records or irregularities, to be added to. */
export function emptyReport(): ImportReport {
  return {
    records: 0,
    skippedRecords: 0,
    rescuedRecords: 0,
    foreignLines: 0,
    duplicateAddresses: 0,
    damagedFields: 0,
    rewrittenRecords: 0,
    skipped: [],
    rescued: [],
    foreign: [],
    damaged: [],
    truncated: false,
    truncation: null,
    beginsWithinRecord: false,
    secondDump: null,
    damage: null,
    notes: [],
    layers: [],
  };
}
