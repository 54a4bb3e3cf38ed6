import { READS_IN_FLIGHT, sliceBytesAt } from '../../../workers/importers/slice-sizes.ts';

export async function isGzip(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The text of a file in the engine's slices, as many reads in flight, by whatever is the fastest way to it. */
export async function* textSlices(file: Blob): AsyncGenerator<Uint8Array> {
  if (await isGzip(file)) yield* inflated(file);
  else yield* plain(file);
}

async function* plain(file: Blob): AsyncGenerator<Uint8Array> {
  let asked = 0;
  const inFlight: Promise<ArrayBuffer>[] = [];
  const ask = () => {
    if (asked >= file.size) return;
    const end = asked + sliceBytesAt(asked);
    inFlight.push(file.slice(asked, end).arrayBuffer());
    asked = end;
  };
  for (let reads = 1; reads < READS_IN_FLIGHT; reads++) ask();
  for (;;) {
    ask();
    const slice = inFlight.shift();
    if (slice === undefined) return;
    yield new Uint8Array(await slice);
  }
}

async function* inflated(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
