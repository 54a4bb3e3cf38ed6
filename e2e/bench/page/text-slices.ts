import { PlainSource } from '../../../workers/files/plain-source.ts';
import { blobBytes } from '../../../workers/files/stored-bytes.ts';

export async function isGzip(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The text of a file in the engine's slices, read in the fastest possible way. */
export async function* textSlices(file: Blob): AsyncGenerator<Uint8Array> {
  if (await isGzip(file)) yield* inflated(file);
  else yield* new PlainSource(blobBytes(file, '')).slices();
}

async function* inflated(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
