import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { ByteSource, TextFindings } from '../byte-source.ts';
import { isGzip, mayBeHeader } from '../gzip/gzip-header.ts';
import { GzipSource } from '../gzip/gzip-source.ts';
import { partFrom } from '../gzip/stored-part.ts';
import { closeText, HEAD_BYTES, type OpenedText, openText } from '../opened-text.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import {
  type Found,
  findBase64Within,
  findBinaryLayer,
  findLayer,
  lastQuoteBefore,
  RECORDS,
} from './find-layer.ts';
import { type Layer, layerLabel } from './layer.ts';
import { LayeredSource, type LayerPoint } from './layered-source.ts';
import { asText, findRecordMark } from './record-marks.ts';

/** A layer that was undone, with what is needed to read through it again. Plain data. */
export type UndoneLayer =
  | { layer: Layer; points: readonly LayerPoint[] }
  /** A gzip file within another layer: where it starts in the text of that layer, and the size of that text. */
  | { layer: { kind: 'gzip' }; start: ByteOffset; storedBytes: Bytes; findings: TextFindings };

/** The result of searching a text for records. */
export interface Unwrapped {
  /** The text without its layers; the text of the innermost layer if nothing was found. */
  source: ByteSource;
  /** That text from its start; null if it contains no record. */
  text: OpenedText | null;
  /** The first 1 MiB of it. */
  head: Uint8Array;
  /** A piece of it that contains a record, with one character per byte. */
  piece: string;
  /** Number of bytes that were searched. */
  searchedBytes: Bytes;
  /** The layers that were undone, outermost first. Complete only after the whole text was read. */
  layers(): UndoneLayer[];
}

/** Called with the number of bytes searched so far without success; may throw to stop. */
export type OnSearched = (searchedBytes: Bytes, position: Bytes) => void | Promise<void>;

/** Maximum number of nested layers. */
const MAX_LAYERS = 5;
/** Text that is searched at a time, and how much of it is searched again together with what follows. */
const STEP_BYTES = 1 << 20;
const CARRIED_BYTES = 1 << 16;
/** The first byte of a gzip file. */
const GZIP_BYTE = 0x1f;

/**
 * Finds the first record of a text, however late, and removes its wrapping. A text in which Ruby's records begin
 * within the first 1 MiB is read once and passed on unchanged; any other text is read up to the first record and then
 * again from its start. `refuse` is given the beginning of each text, and whether that is the content of a tar
 * archive; it throws if that identifies a format to refuse. `isKnown` identifies, by the first 1 MiB, texts whose
 * records have no mark to search for.
 */
export async function unwrap(
  stored: ByteSource,
  refuse: (head: Uint8Array, isInTar: boolean) => void,
  onSearched: OnSearched,
  isKnown: (head: string) => boolean = () => false,
): Promise<Unwrapped> {
  const sources: ByteSource[] = [stored];
  for (;;) {
    const source = sources.at(-1)!;
    let text = await openText(source);
    const { head } = text;
    const piece = asText(head);
    let search: SearchResult = { found: null, piece, searchedBytes: head.length };
    try {
      const gzipStart = isTarText(source) ? findGzipIn(head) : isGzip(head) ? 0 : -1;
      if (gzipStart >= 0 && sources.length <= MAX_LAYERS) {
        const storedBytes = await lengthOf(text, source, onSearched);
        sources.push(new GzipWithin(source, gzipStart, storedBytes));
        continue;
      }
      const binary = findBinaryLayer(head);
      if (binary?.kind !== 'tar') refuse(head, sources.some(isTarText));
      search.found = binary === null ? findLayer(piece, 0, null) : { kind: 'layer', layer: binary };
      if (search.found === null && isKnown(piece)) search.found = RECORDS;
      if (search.found === null && head.length === HEAD_BYTES) {
        search = await searchOn(text, source, onSearched);
        if (search.found !== null) text = await openText(source);
      }
      if (search.found === null) {
        const base64 = findBase64Within(piece);
        if (base64 !== null) search = { ...search, found: { kind: 'layer', layer: base64 } };
      }
    } catch (error) {
      await closeText(text);
      throw error;
    }
    if (search.found?.kind === 'layer' && sources.length <= MAX_LAYERS) {
      await closeText(text);
      sources.push(new LayeredSource(source, search.found.layer));
      continue;
    }
    const isFound = search.found !== null;
    if (!isFound) await closeText(text);
    return {
      source,
      text: isFound ? text : null,
      head,
      piece: search.piece,
      searchedBytes: search.searchedBytes,
      layers: () => sources.slice(1).map(each => undoneLayer(each as LayeredSource | GzipWithin)),
    };
  }
}

/** Whether a source is the content of a tar archive. */
export function isTarText(source: ByteSource): boolean {
  return source instanceof LayeredSource && source.layer.kind === 'tar';
}

/** The text of a source without the layers that were undone when it was read before. */
export function withoutLayers(stored: ByteSource, layers: readonly UndoneLayer[]): ByteSource {
  let source = stored;
  for (const undone of layers) {
    if ('points' in undone) source = new LayeredSource(source, undone.layer, undone.points);
    else {
      source = new GzipWithin(source, undone.start, undone.storedBytes);
      source.learn(undone.findings);
    }
  }
  return source;
}

/** The names of layers as they are shown. */
export function layerLabels(layers: readonly UndoneLayer[]): string[] {
  return layers.map(({ layer }) => (layer.kind === 'gzip' ? 'gzip' : layerLabel(layer)));
}

/** A gzip file whose bytes are the text of another source. */
class GzipWithin extends GzipSource {
  readonly start: ByteOffset;
  readonly storedBytes: Bytes;

  constructor(source: ByteSource, start: ByteOffset, storedBytes: Bytes) {
    const stored: StoredBytes = {
      name: source.name,
      length: storedBytes,
      read: async (offset, length) => (await source.read([{ offset, length }]))[0]!,
      inOrder: () => null,
    };
    super(partFrom(stored, start));
    this.start = start;
    this.storedBytes = storedBytes;
  }
}

/** Where a gzip file starts among the files of a tar archive; -1 if there is none, or if records come before it. */
function findGzipIn(head: Uint8Array): ByteOffset {
  let at = head.indexOf(GZIP_BYTE);
  while (at >= 0 && !mayBeHeader(head.subarray(at))) at = head.indexOf(GZIP_BYTE, at + 1);
  return at > 0 && findRecordMark(asText(head.subarray(0, at))) !== null ? -1 : at;
}

function undoneLayer(source: LayeredSource | GzipWithin): UndoneLayer {
  if (source instanceof LayeredSource) return { layer: source.layer, points: source.points };
  const { start, storedBytes, findings } = source;
  return { layer: { kind: 'gzip' }, start, storedBytes, findings };
}

/** Reads a text to its end to determine its length. */
async function lengthOf(text: OpenedText, source: ByteSource, onSearched: OnSearched): Promise<Bytes> {
  let bytes = 0;
  for await (const slice of text.slices) {
    bytes += slice.length;
    await onSearched(bytes, source.position);
  }
  return bytes;
}

interface SearchResult {
  found: Found | null;
  piece: string;
  searchedBytes: Bytes;
}

/** Reads a text until a record appears. */
async function searchOn(text: OpenedText, source: ByteSource, onSearched: OnSearched): Promise<SearchResult> {
  let before = '';
  let openedAt: ByteOffset | null = null;
  let searchedBytes = 0;
  for await (const slice of text.slices) {
    for (let at = 0; at < slice.length; at += STEP_BYTES) {
      const step = slice.subarray(at, at + STEP_BYTES);
      const piece = before + asText(step);
      const offset = searchedBytes - before.length;
      const found = findLayer(piece, offset, openedAt);
      searchedBytes += step.length;
      if (found !== null) return { found, piece, searchedBytes };
      before = piece.slice(-CARRIED_BYTES);
      openedAt = lastQuoteBefore(piece.slice(0, -CARRIED_BYTES), offset, openedAt);
    }
    await onSearched(searchedBytes, source.position);
  }
  return { found: null, piece: before, searchedBytes };
}
