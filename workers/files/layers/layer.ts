import type { ByteOffset } from '../../protocol/units.ts';
import { AnsiDecoder } from './ansi.ts';
import { Base64Decoder } from './base64.ts';
import { CriLogDecoder } from './cri-log.ts';
import { CsvDecoder } from './csv.ts';
import { CutLinesDecoder } from './cut-lines.ts';
import type { LayerDecoder } from './decoder.ts';
import { JsonLogDecoder } from './json-log.ts';
import { type LinePrefix, LinePrefixDecoder, PREFIX_LABELS } from './line-prefix.ts';
import { StringLiteralDecoder } from './string-literal.ts';
import { TarDecoder } from './tar.ts';
import { Utf16Decoder } from './utf-16.ts';

/** A wrapping around a text, which is undone while the text is read. Plain data. */
export type Layer =
  | { kind: 'tar' }
  | { kind: 'utf-16'; bigEndian: boolean }
  /** `key`: the member of each line with the text; `depth`: the number of objects that it is in. */
  | { kind: 'json-log'; key: string; depth: number }
  | { kind: 'cri-log' }
  | { kind: 'csv' }
  | { kind: 'ansi' }
  /** `prefix`: what comes before the text on each line. */
  | { kind: 'line-prefix'; prefix: LinePrefix }
  | { kind: 'cut-lines'; lineBytes: number }
  /** `isMember`: the string is a member of a JSON object. `offset`: position of the first opening quote. */
  | { kind: 'string-literal'; isMember: boolean; offset: ByteOffset }
  /** `offset`: where it starts in the surrounding text. */
  | { kind: 'base64'; offset: ByteOffset };

/** A decoder for a layer, from its start or from a point at which another decoder can be resumed. */
export function decoderOf(
  layer: Layer,
  point: { innerOffset: ByteOffset; state: number } | null,
): LayerDecoder {
  const state = point?.state ?? null;
  const innerOffset = point?.innerOffset ?? 0;
  switch (layer.kind) {
    case 'tar':
      return new TarDecoder(state);
    case 'utf-16':
      return new Utf16Decoder(layer.bigEndian, state);
    case 'json-log':
      return new JsonLogDecoder(layer.key, layer.depth, state ?? 0);
    case 'cri-log':
      return new CriLogDecoder(state ?? 0);
    case 'csv':
      return new CsvDecoder(state);
    case 'ansi':
      return new AnsiDecoder();
    case 'line-prefix':
      return new LinePrefixDecoder(layer.prefix);
    case 'cut-lines':
      return new CutLinesDecoder(layer.lineBytes);
    case 'string-literal':
      return new StringLiteralDecoder(layer.isMember, layer.offset - innerOffset, state);
    case 'base64':
      return new Base64Decoder(Math.max(0, layer.offset - innerOffset));
  }
}

/** The name of a layer as it is shown, after "read through: ". */
export function layerLabel(layer: Layer): string {
  switch (layer.kind) {
    case 'tar':
      return 'tar archive';
    case 'utf-16':
      return layer.bigEndian ? 'UTF-16 (big endian)' : 'UTF-16';
    case 'json-log':
      return layer.key === 'log' ? 'docker json-file log' : `JSON log lines ("${layer.key}")`;
    case 'cri-log':
      return 'Kubernetes container log (CRI)';
    case 'csv':
      return 'CSV';
    case 'ansi':
      return 'colours of a terminal';
    case 'line-prefix':
      return PREFIX_LABELS[layer.prefix];
    case 'cut-lines':
      return `lines cut after ${layer.lineBytes} bytes`;
    case 'string-literal':
      return layer.isMember ? 'string in a JSON document' : 'string literal as a console prints it';
    case 'base64':
      return 'base64';
  }
}
