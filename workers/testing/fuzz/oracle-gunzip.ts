import { constants, gzipSync, inflateRawSync } from 'node:zlib';
import { headerBytes, TRAILER_BYTES } from '../../files/gzip/gzip-header.ts';

/** A file as zlib reads it, member by member. */
export interface OracleText {
  text: Uint8Array;
  /** Whether the whole file was read, every stream was complete, and each matched its checksum. */
  isWhole: boolean;
}

/** The trailer of a member: CRC-32 and length of its text. */
export function trailerOf(text: Uint8Array): Buffer {
  return gzipSync(text, { level: 0 }).subarray(-TRAILER_BYTES);
}

/**
 * The text of a gzip file according to zlib's `inflate`, with what it returns of a cut or damaged member. It returns
 * nothing of the byte in which it finds damage, so a few more symbols may be right.
 */
export function oracleGunzip(file: Uint8Array): OracleText {
  const texts: Uint8Array[] = [];
  let isWhole = true;
  for (let at = 0; ; ) {
    while (at > 0 && file[at] === 0) at++;
    if (at > 0 && at >= file.length) return { text: Buffer.concat(texts), isWhole };
    const header = headerBytes(file.subarray(at));
    if (header === null || Number.isNaN(header)) break;
    const stream = file.subarray(at + header);
    const whole = inflated(stream, constants.Z_FINISH);
    if (whole === null) {
      texts.push(longestText(stream));
      break;
    }
    texts.push(whole.text);
    at += header + whole.used + TRAILER_BYTES;
    isWhole &&= trailerOf(whole.text).equals(file.subarray(at - TRAILER_BYTES, at));
    if (at > file.length) break;
  }
  return { text: Buffer.concat(texts), isWhole: false };
}

function inflated(stream: Uint8Array, finishFlush: number): { text: Uint8Array; used: number } | null {
  try {
    // The types of Node do not include what `info` adds.
    const result = inflateRawSync(stream, { info: true, finishFlush }) as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    return { text: result.buffer, used: result.engine.bytesWritten };
  } catch {
    return null; // The message of zlib is not needed.
  }
}

/** The text of the longest prefix of a stream that zlib accepts. */
function longestText(stream: Uint8Array): Uint8Array {
  let least = 0;
  let most = stream.length;
  let text: Uint8Array = new Uint8Array(0);
  while (least < most) {
    const length = Math.ceil((least + most) / 2);
    const result = inflated(stream.subarray(0, length), constants.Z_SYNC_FLUSH);
    if (result === null) most = length - 1;
    else {
      least = length;
      text = result.text;
    }
  }
  return text;
}
