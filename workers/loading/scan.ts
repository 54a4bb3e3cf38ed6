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
  /** Bytes of the file as stored that this text was made from, and perhaps of some text more. */
  position: Bytes;
  objects: Count;
  references: Count;
  /** Memory of what objects share, and of the index of addresses: it does not grow with the number of objects. */
  tableBytes: Bytes;
  /** Preview of what was read so far. Renewed only now and then, since it is expensive. */
  preview: LoadPreview;
}

/** A file that was scanned. Plain data. */
export interface Scanned {
  /** Of the importer that read it. */
  importerId: string;
  imported: ImportResult;
  findings: TextFindings;
  /** What was around the text and is undone when it is read; the outermost first. */
  layers: UndoneLayer[];
}

/** Receives the progress of a scan; throws to stop it. */
export type OnScanProgress = (progress: ScanProgress) => void | Promise<void>;

/**
 * How often progress is reported. Reporting after each slice would take longer than scanning it, but memory has to be
 * checked often enough on fast machines, too.
 */
const TOLD_MS = 40;
const TOLD_BYTES = 16 * 2 ** 20;
const PREVIEW_MS = 200;
/** A preview looks at every combination of type, class and kind: so many times longer than one takes others may work. */
const PREVIEW_PAUSE = 10;
/** With more of these, which no real heap has, a preview would take too long to be stopped: the last one stays. */
const MAX_PREVIEW_DESCRIPTORS = 100_000;

/** Scans a file in this thread. Throws a `ProblemError` if that cannot be done. */
export async function scanHere(
  stored: ByteSource,
  onProgress: OnScanProgress,
  availableBytes: Bytes = Number.POSITIVE_INFINITY,
  importers: readonly Importer[] = IMPORTERS,
): Promise<Scanned> {
  let preview: LoadPreview = { objects: 0, shallowBytes: 0, types: [], classes: [] };
  const onSearched: OnSearched = (textBytes, position) =>
    onProgress({ textBytes, position, objects: 0, references: 0, tableBytes: 0, preview });
  const chosen = await chooseImporter(stored, onSearched, importers);
  const { importer, source, text } = chosen;
  let tally: LoadTally | null = null;
  let nextPreviewMs = Number.NEGATIVE_INFINITY;
  let toldMs = Number.NEGATIVE_INFINITY;
  let toldBytes = 0;
  const tell = async (progress: ScanProgress) => {
    await onProgress(progress);
    // There may be no pause between slices: a request to stop must get through.
    await pause();
  };
  const imported = await importer.read(source, text, {
    availableBytes,
    onProgress(textBytes: Bytes, columns: HeapColumns) {
      const now = performance.now();
      if (now - toldMs < TOLD_MS && textBytes - toldBytes < TOLD_BYTES) return undefined;
      toldMs = now;
      toldBytes = textBytes;
      if (now >= nextPreviewMs && columns.descriptorType.length <= MAX_PREVIEW_DESCRIPTORS) {
        tally ??= new LoadTally(columns, importer);
        preview = tally.update();
        const doneMs = performance.now();
        nextPreviewMs = doneMs + Math.max(PREVIEW_MS, (doneMs - now) * PREVIEW_PAUSE);
      }
      const { objects, referenceCount: references } = columns;
      const tableBytes = bytesOfTables(columns);
      return tell({ textBytes, position: stored.position, objects, references, tableBytes, preview });
    },
  });
  const layers = chosen.layers();
  const { report } = imported;
  report.damage = stored.findings.damage ?? source.findings.damage;
  report.damage = partsMissing(stored.name, report) ?? report.damage;
  report.notes = [...new Set([...stored.findings.notes, ...source.findings.notes])];
  report.layers = layerLabels(layers);
  // A dump of shapes alone has no object.
  const hasOthers = imported.hasRoots || imported.columns.shapeIds.length > 0;
  if (imported.columns.objects === 0 && (!hasOthers || report.skippedRecords > 0))
    throw nothingRead(stored.name, imported);
  return { importerId: importer.id, imported, findings: stored.findings, layers };
}
