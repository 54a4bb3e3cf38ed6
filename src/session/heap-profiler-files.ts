/** A dump from heap-profiler: objects of this generation and later are the profiled ones. */
interface TracedDump {
  file: File;
  /** 0 = all of them. */
  generation: number;
}

/** Longer files are not a `generation.info`. */
const MAX_INFO_BYTES = 32;

/**
 * Finds dumps that heap-profiler wrote: `allocated.heap` with a `generation.info` in the same folder. The latter is not
 * a dump, and is left out of both lists; without its dump, it is treated like any other file.
 */
export async function heapProfilerFiles(
  files: readonly File[],
): Promise<{ others: File[]; traced: TracedDump[] }> {
  const traced: TracedDump[] = [];
  const found = new Set<File>();
  for (const info of files) {
    const match = /^(.*\/)?generation\.info$/.exec(info.name);
    if (match === null || info.size > MAX_INFO_BYTES) continue;
    const folder = match[1] ?? '';
    const name = `${folder}allocated.heap`;
    const file = files.find(other => other.name === name || other.name === `${name}.gz`);
    const text = (await info.text()).trim();
    if (file === undefined || !/^\d{1,9}$/.test(text)) continue;
    traced.push({ file, generation: Number(text) });
    found.add(info).add(file);
  }
  return { others: files.filter(file => !found.has(file)), traced };
}
