import type { ByteSource, TextFindings } from '../files/byte-source.ts';
import { layerLabels, type OnSearched, type UndoneLayer } from '../files/layers/unwrap.ts';
import type { Importer, ImportResult } from '../importers/importer.ts';
import { chooseImporter, IMPORTERS, nothingRead, partsMissing } from '../importers/registry.ts';
import { pause } from '../model/cooperation.ts';
import { bytesOfTables, type HeapColumns } from '../model/heap-columns.ts';
import type { LoadPreview } from '../protocol/progress.ts';
import type { Bytes, Count } from '../protocol/units.ts';
import { LoadTally } from './load-preview.ts';

/** How far a scan is. */
export interface ScanProgress {
  textBytes: Bytes;
  /** Bytes of the file as stored that were read for this text; some of them may belong to the text that follows. */
  position: Bytes;
  objects: Count;
  references: Count;
  /** Memory of the tables that objects share, and of the address index. Neither grows with the number of objects. */
  tableBytes: Bytes;
  /** Preview of what was read so far; null before the first record. It is expensive, so it is renewed only now and then. */
  preview: LoadPreview | null;
}

/** The result of a scan. Plain data. */
export interface Scanned {
  /** The importer that read the file. */
  importerId: string;
  imported: ImportResult;
  findings: TextFindings;
  /** The layers around the text that are undone when it is read, outermost first. */
  layers: UndoneLayer[];
}

/** Receives the progress of a scan; may throw to stop it. */
export type OnScanProgress = (progress: ScanProgress) => void | Promise<void>;

/**
 * How often progress is reported. Reporting after each slice would take longer than scanning it, but memory has to be
 * checked often enough on fast machines, too.
 */
const REPORT_MS = 40;
const REPORT_BYTES = 16 * 2 ** 20;
const PREVIEW_MS = 200;
/**
 * A preview visits every combination of type, class and kind. The pause after it is this many times as long as it took.
 */
const PREVIEW_PAUSE = 10;
/** With more descriptors, which no real heap has, a preview would block for too long. The last preview stays. */
const MAX_PREVIEW_DESCRIPTORS = 100_000;

/** Scans a file in this thread. Throws a `ProblemError` if that fails. */
export async function scanHere(
  stored: ByteSource,
  onProgress: OnScanProgress,
  availableBytes: Bytes = Number.POSITIVE_INFINITY,
  importers: readonly Importer[] = IMPORTERS,
): Promise<Scanned> {
  let preview: LoadPreview | null = null;
  const onSearched: OnSearched = (textBytes, position) =>
    onProgress({ textBytes, position, objects: 0, references: 0, tableBytes: 0, preview });
  const chosen = await chooseImporter(stored, onSearched, importers);
  const { importer, source, text } = chosen;
  let tally: LoadTally | null = null;
  let nextPreviewMs = Number.NEGATIVE_INFINITY;
  let reportedMs = Number.NEGATIVE_INFINITY;
  let reportedBytes = 0;
  const reportProgress = async (progress: ScanProgress) => {
    await onProgress(progress);
    // Slices may follow each other without a pause: let a request to stop arrive.
    await pause();
  };
  const imported = await importer.read(source, text, {
    availableBytes,
    onProgress(textBytes: Bytes, columns: HeapColumns) {
      const now = performance.now();
      const isReadable = columns.objects > 0 && columns.descriptorType.length <= MAX_PREVIEW_DESCRIPTORS;
      // The first objects are shown at once.
      const isFirst = preview === null && isReadable;
      const isSoon = now - reportedMs < REPORT_MS && textBytes - reportedBytes < REPORT_BYTES;
      if (isSoon && !isFirst) return undefined;
      reportedMs = now;
      reportedBytes = textBytes;
      if (isReadable && now >= nextPreviewMs) {
        tally ??= new LoadTally(columns, importer);
        preview = tally.update();
        const doneMs = performance.now();
        nextPreviewMs = doneMs + Math.max(PREVIEW_MS, (doneMs - now) * PREVIEW_PAUSE);
      }
      const { objects, referenceCount: references } = columns;
      const tableBytes = bytesOfTables(columns);
      return reportProgress({
        textBytes,
        position: stored.position,
        objects,
        references,
        tableBytes,
        preview,
      });
    },
  });
  const layers = chosen.layers();
  const { report } = imported;
  report.damage = stored.findings.damage ?? source.findings.damage;
  report.damage = partsMissing(stored.name, report) ?? report.damage;
  report.notes = [...new Set([...stored.findings.notes, ...source.findings.notes])];
  report.layers = layerLabels(layers);
  // A dump may consist of shapes only, without any object.
  const hasOthers = imported.hasRoots || imported.columns.shapeIds.length > 0;
  if (imported.columns.objects === 0 && (!hasOthers || report.skippedRecords > 0))
    throw nothingRead(stored.name, imported);
  return { importerId: importer.id, imported, findings: stored.findings, layers };
}
